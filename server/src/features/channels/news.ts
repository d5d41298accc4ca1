import { isObject, type JsonObject } from '@parley/runtime';
import type { InboundElement } from '../../channels/whatsapp/inbound.ts';
import type { Log } from '../../plugins/log.ts';
import type { Channel } from '../../storage/channel.ts';
import { derivedId } from '../../storage/ids.ts';
import type { NotificationStore } from '../../storage/notifications.ts';
import type { TemplateStore } from '../templates/store.ts';
import { type SyncDeps, syncTemplates } from '../templates/sync.ts';
import { toE164 } from './ask-meta.ts';
import type { News } from './diagnostics/facts.ts';
import { type Told, tellAccount } from './news-account.ts';
import { type TemplateNews, tellTemplate } from './news-templates.ts';
import type { ChannelStore } from './store.ts';

interface Deps extends SyncDeps {
  channels: Pick<ChannelStore, 'keepNews' | 'addProblem' | 'withSecrets' | 'ofAccount'>;
  templates: TemplateStore;
  notifications: Pick<NotificationStore, 'add'>;
  accounts: { memberIds(organization: string, role: 'admin', limit: number): Promise<string[]> };
  now: () => Date;
  log: Pick<Log, 'warn'>;
}

const MAX_ADMINS = 50;
/** What no other number of the account has to do with. */
const OF_ONE_NUMBER: ReadonlySet<Told['about']> = new Set(['quality', 'security', 'name']);

/** Channels whose templates have to be read anew, by id. */
type Stale = Map<string, Channel>;

export type HearNews = (channel: Channel, elements: readonly InboundElement[]) => Promise<void>;

/**
 * What a provider tells beside messages: the states of templates, and the standing of the number and the account. It
 * keeps them, shows what is wrong in the channel's check, and tells the administrators. Never throws: what was heard is
 * stored already, and the next check asks again.
 */
export function createHearNews(deps: Deps): HearNews {
  const { channels, templates, notifications, accounts, now, log } = deps;

  return async function hearNews(channel, elements) {
    const stale: Stale = new Map();
    for (const element of elements) {
      if (element.kind !== 'other') continue;
      const { field, key, facts, raw } = element;
      await contained(channel, field, () => hear(channel, field, key, factsOf(facts, raw), stale));
    }
    // Once for all: one webhook may tell of a thousand templates, and each reading asks for up to seventy pages
    for (const one of stale.values()) await contained(one, 'templates', () => reread(one));
  };

  async function contained(channel: Channel, field: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      log.warn({ err: error, channel: channel.id, field }, 'news of a provider could not be handled');
    }
  }

  async function hear(channel: Channel, field: string, key: string, facts: JsonObject, stale: Stale): Promise<void> {
    const template = tellTemplate(field, facts);
    const told = tellAccount(field, facts, now());
    if (!template && !told) return;
    const meant = await channelsMeant(channel, facts, told !== null && OF_ONE_NUMBER.has(told.about));
    if (meant.length === 0) return;
    for (const one of meant) {
      if (template) await keepTemplate(one, template, stale);
      if (told) await keepTold(one, told);
    }
    const words = template?.words ?? told?.words;
    if (words) await notify(meant.length === 1 ? (meant[0] ?? channel) : channel, key, words);
  }

  /**
   * News of an account is told to one of its numbers; it is about all of them, or about the one that it names. That may
   * be one that is not connected here: the others are none the worse for it, but those whose number we do not know yet.
   */
  async function channelsMeant(channel: Channel, facts: JsonObject, isOfOneNumber: boolean): Promise<Channel[]> {
    const { organization, businessAccountId } = channel;
    const all = businessAccountId === null ? [channel] : await channels.ofAccount(organization, businessAccountId);
    const number = toE164(String(facts.display_phone_number ?? facts.phone_number ?? ''));
    const named = all.filter(({ address }) => number !== null && address === number);
    if (named.length > 0) return named;
    return isOfOneNumber && number !== null ? all.filter(({ address }) => address === null) : all;
  }

  async function keepTemplate(channel: Channel, news: TemplateNews, stale: Stale): Promise<void> {
    const known = await templates.change(channel.organization, channel.id, news.providerId, news.change);
    // A template that is new to us comes whole with the next reading
    if (!known || news.reread) stale.set(channel.id, channel);
  }

  async function reread({ organization, id }: Channel): Promise<void> {
    const channel = await channels.withSecrets(organization, id);
    if (channel) await syncTemplates(channel, deps);
  }

  async function keepTold({ organization, id }: Channel, { about, news }: Told): Promise<void> {
    await channels.keepNews(organization, id, about, news);
    if (news?.result === 'failing') await channels.addProblem(organization, id, problemOf(news));
  }

  /** The same news again, as Meta may send it, tells nobody twice. */
  async function notify({ organization, id, name }: Channel, key: string, words: string): Promise<void> {
    const admins = await accounts.memberIds(organization, 'admin', MAX_ADMINS);
    for (const user of admins) {
      await notifications.add({
        _id: derivedId('ntf', `${id}:${key}\n${user}`),
        organization,
        user,
        team: null,
        text: `${name}: ${words}`,
        conversation: null,
        contact: null,
      });
    }
  }
}

const problemOf = ({ code, message, remedy }: News) => ({ code, message, remedy });

/** The facts as the parser sorted them out; from what came, where it left them empty. */
function factsOf(facts: JsonObject, raw: unknown): JsonObject {
  if (Object.keys(facts).length > 0) return facts;
  const value = isObject(raw) && isObject(raw.value) ? raw.value : raw;
  return isObject(value) ? (value as JsonObject) : {};
}
