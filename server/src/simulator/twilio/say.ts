import { bareInteractive } from '../meta/say.ts';
import type { Content, Interactive, Said } from '../network/model.ts';
import { nothingSaid } from '../network/model.ts';
import { TwilioError } from './errors.ts';

const GAP = /\{\{\s*([\w.]+)\s*\}\}/g;

/** What a Content resource says with its gaps filled. Throws 21656 for variables that are no JSON object of texts. */
export function sayContent(content: Content, variables: string | undefined): Said {
  const values = { ...content.variables, ...readVariables(variables) };
  const [type = '', raw = {}] = Object.entries(content.types)[0] ?? [];
  const filled = fill(raw, values) as Filled;
  const body = filled.body ?? null;
  const said: Said = { ...nothingSaid(), text: body };
  const media = filled.media?.[0];
  const shown = (more: Partial<Interactive>): Said => ({
    ...said,
    kind: 'interactive',
    media: media === undefined ? null : { link: media, filename: null },
    interactive: { ...bareInteractive(), body, ...more },
  });
  switch (type) {
    case 'twilio/text':
      return said;
    case 'twilio/media':
      return { ...said, kind: 'image', media: media === undefined ? null : { link: media, filename: null } };
    case 'twilio/location':
      return {
        ...said,
        kind: 'location',
        location: {
          latitude: Number(filled.latitude),
          longitude: Number(filled.longitude),
          name: filled.label ?? null,
          address: filled.address ?? null,
        },
      };
    case 'twilio/list-picker': {
      const rows = (filled.items ?? []).map(({ id, item, description = null }) => ({ id, title: item, description }));
      return shown({ type: 'list', label: filled.button ?? null, sections: [{ title: null, rows }] });
    }
    case 'twilio/quick-reply':
    case 'whatsapp/authentication':
      return shown({ type: 'buttons', buttons: buttonsOf(filled.actions) });
    case 'twilio/call-to-action':
      return shown({ type: 'cta_url', buttons: buttonsOf(filled.actions), url: filled.actions?.[0]?.url ?? null });
    case 'twilio/card':
    case 'whatsapp/card': {
      const header = filled.title ?? filled.header_text ?? null;
      const footer = filled.subtitle ?? filled.footer ?? null;
      return shown({
        type: 'buttons',
        header: { text: header, mediaUrl: media ?? null },
        footer,
        buttons: buttonsOf(filled.actions),
      });
    }
    case 'twilio/carousel':
      return shown({
        type: 'carousel',
        cards: (filled.cards ?? []).map((card) => ({
          header: card.title ?? null,
          body: card.body ?? null,
          buttons: buttonsOf(card.actions),
        })),
      });
    case 'twilio/flows':
    case 'whatsapp/flows':
      return shown({
        type: 'flow',
        label: filled.button_text ?? null,
        flow: { id: filled.flow_id ?? '', token: filled.flow_token ?? null, screen: filled.flow_first_page_id ?? null },
      });
    default:
      return shown({ type: 'other' });
  }
}

interface Action {
  type?: string;
  title?: string;
  id?: string;
  url?: string;
  phone?: string;
  code?: string;
}
interface Filled {
  body?: string;
  media?: string[];
  latitude?: unknown;
  longitude?: unknown;
  label?: string;
  address?: string;
  button?: string;
  title?: string;
  subtitle?: string;
  footer?: string;
  header_text?: string;
  items?: { id: string; item: string; description?: string }[];
  actions?: Action[];
  cards?: { title?: string; body?: string; actions?: Action[] }[];
  button_text?: string;
  flow_id?: string;
  flow_token?: string;
  flow_first_page_id?: string;
}

const buttonsOf = (actions: Action[] = []) =>
  actions.map(({ title = '', id, url, phone, code }) => {
    const opens = url ?? (phone === undefined ? undefined : `tel:${phone}`);
    return { id: id ?? opens ?? code ?? title, title, ...(opens !== undefined && { url: opens }) };
  });

function readVariables(given: string | undefined): Record<string, string> {
  if (given === undefined || given === '') return {};
  try {
    const read: unknown = JSON.parse(given);
    if (typeof read !== 'object' || read === null || Array.isArray(read)) throw new TwilioError(21656);
    return Object.fromEntries(Object.entries(read).map(([name, value]) => [name, String(value)]));
  } catch {
    throw new TwilioError(21656);
  }
}

function fill(value: unknown, values: Record<string, string>): unknown {
  if (typeof value === 'string') return value.replace(GAP, (gap, name: string) => values[name] ?? gap);
  if (Array.isArray(value)) return value.map((one) => fill(one, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, fill(one, values)]));
}
