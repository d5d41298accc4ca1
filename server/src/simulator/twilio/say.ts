import { z } from 'zod';
import type { Content, Interactive, Said } from '../network/model.ts';
import { nothingSaid } from '../network/model.ts';
import { bareInteractive } from '../network/shown.ts';
import { TwilioError } from './errors.ts';

const Action = z.looseObject({
  type: z.string().optional(),
  title: z.string().optional(),
  id: z.string().optional(),
  url: z.string().optional(),
  phone: z.string().optional(),
  code: z.string().optional(),
});
const Item = z.looseObject({ id: z.string(), item: z.string(), description: z.string().optional() });
const Card = z.looseObject({
  title: z.string().optional(),
  body: z.string().optional(),
  actions: z.array(Action).optional(),
});

/** What any of the content types may hold, as far as a phone shows it. Source: Twilio, Content types. */
export const Fields = z.looseObject({
  body: z.string().optional(),
  media: z.array(z.string()).optional(),
  latitude: z.coerce.number().optional(),
  longitude: z.coerce.number().optional(),
  label: z.string().optional(),
  address: z.string().optional(),
  button: z.string().optional(),
  title: z.string().optional(),
  subtitle: z.string().optional(),
  footer: z.string().optional(),
  header_text: z.string().optional(),
  items: z.array(Item).optional(),
  actions: z.array(Action).optional(),
  cards: z.array(Card).optional(),
  button_text: z.string().optional(),
  flow_id: z.string().optional(),
  flow_token: z.string().optional(),
  flow_first_page_id: z.string().optional(),
});

const GAP = /\{\{\s*([\w.]+)\s*\}\}/g;

/** What a Content resource says with its gaps filled. Throws 21656 for variables that are no JSON object of texts. */
export function sayContent(content: Content, variables: string | undefined): Said {
  const values = { ...content.variables, ...readVariables(variables) };
  const [type = '', raw = {}] = Object.entries(content.types)[0] ?? [];
  const filled = Fields.parse(fill(raw, values));
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
          latitude: filled.latitude ?? 0,
          longitude: filled.longitude ?? 0,
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

type Action = z.output<typeof Action>;

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
