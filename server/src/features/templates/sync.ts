import type { Answer } from '../../channels/whatsapp/errors/ask.ts';
import { graphOf } from '../../channels/whatsapp/meta/graph.ts';
import { type Listed, readMetaTemplates } from '../../channels/whatsapp/meta/templates.ts';
import { twilioOf } from '../../channels/whatsapp/twilio/api.ts';
import type { Http } from '../../plugins/http.ts';
import type { ChannelWithSecrets } from '../../storage/channel.ts';
import type { TemplateStore } from './store.ts';

export interface SyncDeps {
  templates: TemplateStore;
  http: Http;
  metaGraphUrl: string;
  twilioApiUrl: string;
  now: () => Date;
  /** Milliseconds for each page. */
  timeout: number;
}

/**
 * Reads a channel's templates from its provider and keeps them. Null where the channel has none to read: a simulator, or
 * a channel whose secrets cannot be opened. A failed reading changes nothing.
 */
export async function syncTemplates(
  channel: ChannelWithSecrets,
  deps: SyncDeps,
): Promise<Answer<{ count: number }> | null> {
  const begun = deps.now();
  const told = await readTemplates(channel, deps);
  if (!told?.ok) return told;
  await deps.templates.replace(channel.organization, channel.id, told.value, begun);
  return { ok: true, value: { count: told.value.templates.length } };
}

async function readTemplates(channel: ChannelWithSecrets, deps: SyncDeps): Promise<Answer<Listed> | null> {
  const { http, metaGraphUrl: graphUrl, twilioApiUrl, timeout } = deps;
  if (channel.provider === 'meta') {
    const graph = graphOf({ http, graphUrl, timeout }, channel);
    return graph && channel.businessAccountId !== null ? readMetaTemplates(graph, channel.businessAccountId) : null;
  }
  if (channel.provider === 'twilio') return twilioOf({ http, twilioApiUrl, timeout }, channel)?.templates() ?? null;
  return null;
}
