import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { channelNotFound, templateNotFound } from '../../plugins/errors.ts';
import { answerPage, listQuery, pageOf } from '../../plugins/paging.ts';
import type { ChannelWithSecrets } from '../../storage/channel.ts';
import type { StoredTemplate } from './store.ts';
import { type SyncDeps, syncTemplates } from './sync.ts';

interface Options extends Omit<SyncDeps, 'timeout'> {
  channels: {
    withSecrets(organization: string, id: string): Promise<ChannelWithSecrets | null>;
    enabledIds(organization: string): Promise<string[]>;
  };
}

const TemplateShape = z.object({
  id: z.string(),
  channelId: z.string(),
  providerId: z.string(),
  name: z.string(),
  language: z.string(),
  category: z.string().nullable(),
  status: z.string(),
  quality: z.string().nullable(),
  reason: z.string().nullable(),
  components: z.array(z.record(z.string(), z.unknown())),
  syncedAt: z.string(),
  createdAt: z.string(),
});

const SyncShape = z.object({
  channels: z.array(
    z.object({
      channelId: z.string(),
      count: z.number().nullable(),
      problem: z.object({ code: z.string(), message: z.string(), remedy: z.string() }).nullable(),
    }),
  ),
});

const PAGE_TIMEOUT = 15_000; // ms; Meta takes some seconds for a hundred templates

const tags = ['templates'];
const query = listQuery(['createdAt', 'name']).extend({
  channel: z.string().optional(),
  status: z.string().toUpperCase().optional(),
  language: z.string().optional(),
});

/** The templates that WhatsApp has, or has not, approved for each number. */
export const templateRoutes: FastifyPluginAsyncZod<Options> = async (app, { channels, ...rest }) => {
  const deps = { ...rest, timeout: PAGE_TIMEOUT };

  const list = { querystring: query, response: { 200: pageOf(TemplateShape) }, tags, summary: 'The templates' };
  app.get('', { config: { access: 'whatsapp_template:view' }, schema: list }, async ({ caller, query }) => {
    const { channel, status, language, ...page } = query;
    return answerPage(deps.templates.list(caller.organization, { channel, status, language }, page), present);
  });

  const see = { params: z.object({ id: z.string() }), response: { 200: TemplateShape }, tags, summary: 'One template' };
  app.get('/:id', { config: { access: 'whatsapp_template:view' }, schema: see }, async ({ caller, params }) => {
    const template = await deps.templates.find(caller.organization, params.id);
    if (!template) throw templateNotFound();
    return present(template);
  });

  const sync = {
    body: z.strictObject({ channelId: z.string().optional() }).default({}),
    response: { 200: SyncShape },
    tags,
    summary: 'Read the templates of one number, or of all, from the provider',
  };
  app.post('/sync', { config: { access: 'whatsapp_template:load_template' }, schema: sync }, async (request) => {
    const { organization } = request.caller;
    const { channelId } = request.body;
    const ids = channelId === undefined ? await channels.enabledIds(organization) : [channelId];
    const results = [];
    // One after the other: numbers of one account share its limit of calls
    for (const id of ids) {
      const channel = await channels.withSecrets(organization, id);
      if (channel) results.push(await synced(channel));
      else if (channelId !== undefined) throw channelNotFound();
    }
    return { channels: results };
  });

  async function synced(channel: ChannelWithSecrets) {
    const read = await syncTemplates(channel, deps);
    if (read?.ok) return { channelId: channel.id, count: read.value.count, problem: null };
    return { channelId: channel.id, count: null, problem: read ? problemOf(read.failure) : nothingToRead(channel) };
  }
};

const problemOf = ({ code, explained }: { code: string; explained: { words: string; remedy: string } }) => ({
  code,
  message: explained.words,
  remedy: explained.remedy,
});

const nothingToRead = ({ provider }: ChannelWithSecrets) =>
  provider === 'simulator'
    ? null
    : {
        code: 'secrets_missing',
        message: 'The channel’s keys cannot be opened.',
        remedy: 'Save the channel’s access token or auth token again.',
      };

const present = ({ channel, organization: _, syncedAt, createdAt, components, ...template }: StoredTemplate) => ({
  ...template,
  channelId: channel,
  components: components.filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null),
  syncedAt: syncedAt.toISOString(),
  createdAt: createdAt.toISOString(),
});
