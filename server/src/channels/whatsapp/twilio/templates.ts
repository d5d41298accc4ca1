import { isObject } from '@parley/runtime';
import type { Twilio } from 'twilio';
import { faultOf } from './fault.ts';

/** A template as Twilio keeps it: a Content resource, with what WhatsApp said of it. */
export interface Template {
  sid: string;
  /** As it was handed in to WhatsApp, and as it is called at Twilio. */
  names: string[];
  language: string;
  /** `approved`, `pending`, `rejected`, `paused`, `unsubmitted`, …; null where nobody has told. */
  status: string | null;
  /** By content type (`twilio/text`): its fields, with the places to fill in as `{{1}}`. */
  types: Record<string, unknown>;
}

export type Found = { template: Template } | { missing: 'template' | 'language' };

const KEPT_FOR = 5 * 60_000; // ms; a template changes when somebody edits it at Twilio
const ASKED_AGAIN_AFTER = 30_000; // ms; for a name that was not there, for it may be new
const PAGE_SIZE = 500;
const MOST_TEMPLATES = 10_000; // WhatsApp takes 6,000 an account
const SID = /^HX[0-9a-fA-F]{32}$/;

interface Listed {
  at: number;
  templates: Template[];
}

/** Templates of each account by name or sid, remembered for some minutes. Throws what the client throws. */
export function createTemplates(now: () => Date) {
  const listed = new Map<string, Listed>();
  const underWay = new Map<string, Promise<Template[]>>();
  const fetched = new Map<string, { at: number; template: Template }>();

  async function list(client: Twilio, account: string, fresherThan: number): Promise<Template[]> {
    const known = listed.get(account);
    const at = now().getTime();
    if (known && at - known.at < fresherThan) return known.templates;
    const other = underWay.get(account); // the sends of a campaign ask all at once
    if (other) return other;
    const asked = client.content.v1.contentAndApprovals
      .list({ pageSize: PAGE_SIZE, limit: MOST_TEMPLATES })
      .then((contents) => {
        const templates = contents.map(templateOf);
        listed.set(account, { at, templates });
        return templates;
      })
      .finally(() => underWay.delete(account));
    underWay.set(account, asked);
    return asked;
  }

  async function bySid(client: Twilio, account: string, sid: string): Promise<Found> {
    const key = `${account}/${sid}`;
    const at = now().getTime();
    const known = fetched.get(key);
    if (known && at - known.at < KEPT_FOR) return { template: known.template };
    try {
      const template = templateOf(await client.content.v1.contents(sid).fetch());
      fetched.set(key, { at, template });
      return { template };
    } catch (error) {
      const fault = faultOf(error);
      if (fault.kind === 'answer' && fault.status === 404) return { missing: 'template' };
      throw error;
    }
  }

  return {
    /** `account` names the cache: an organization and its account. `name` is WhatsApp's, Twilio's, or a sid (`HX…`). */
    async find(client: Twilio, account: string, name: string, language: string): Promise<Found> {
      if (SID.test(name)) return bySid(client, account, name);
      const named = ({ names }: Template) => names.includes(name);
      const known = choose((await list(client, account, KEPT_FOR)).filter(named), language);
      if ('template' in known) return known;
      return choose((await list(client, account, ASKED_AGAIN_AFTER)).filter(named), language);
    },

    /** Twilio does not know one of them any more: the next send asks anew. */
    forget(account: string): void {
      listed.delete(account);
      for (const key of fetched.keys()) if (key.startsWith(`${account}/`)) fetched.delete(key);
    },
  };
}

/** The same language, else one that differs in the region only; of several the approved one. */
function choose(templates: Template[], language: string): Found {
  const wanted = tagOf(language);
  const same = templates.filter((one) => tagOf(one.language) === wanted);
  const near = templates.filter((one) => primaryOf(one.language) === primaryOf(language));
  const [group = near] = [same, near].filter(({ length }) => length > 0);
  const template = group.find(({ status }) => status === 'approved') ?? group[0];
  if (template) return { template };
  return { missing: templates.length > 0 ? 'language' : 'template' };
}

const tagOf = (language: string): string => language.replaceAll('_', '-').toLowerCase();
const primaryOf = (language: string): string => tagOf(language).split('-')[0] ?? '';

interface Content {
  sid: string;
  friendlyName: string;
  language: string;
  types: unknown;
  approvalRequests?: unknown;
}

function templateOf({ sid, friendlyName, language, types, approvalRequests }: Content): Template {
  // One object today; the newer version of the API gives a list
  const [approval] = [approvalRequests].flat().filter(isObject);
  const status = typeof approval?.status === 'string' ? approval.status : null;
  const names = [approval?.name, friendlyName].filter(
    (name): name is string => typeof name === 'string' && name !== '',
  );
  return { sid, names, language: language ?? '', status, types: isObject(types) ? types : {} };
}
