import type { ContentOf } from '@parley/runtime';
import { type Body, fileOf, placeOf } from './interactive.ts';

type Template = ContentOf<'template'>;
type Header = NonNullable<Template['header']>;
type Button = NonNullable<Template['buttons']>[number];

const VIDEO = /\.(mp4|3gpp?)(\?|#|$)/i;
const DOCUMENT = /\.(pdf|txt|docx?|xlsx?|pptx?)(\?|#|$)/i;

/** The part `template` of a send. Source: Meta Cloud API, "Send template messages", Graph v24. */
export function templateOf(content: Template): Body {
  const components = componentsOf(content);
  return {
    name: content.name,
    language: { code: content.language },
    ...(components.length > 0 ? { components } : {}),
  };
}

function componentsOf({ parameters, header, buttons }: Template): Body[] {
  const body = parametersOf(parameters);
  return [
    ...(header ? [{ type: 'header', parameters: [headerOf(header)] }] : []),
    ...(body.length > 0 ? [{ type: 'body', parameters: body }] : []),
    ...(buttons ?? []).map(buttonOf),
  ];
}

/** `{"1": ...}` goes by order, anything else by name. */
function parametersOf(parameters: Record<string, string>): Body[] {
  const entries = Object.entries(parameters);
  const positional = entries.every(([name]) => /^\d+$/.test(name));
  if (positional) return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, text]) => ({ type: 'text', text }));
  return entries.map(([name, text]) => ({ type: 'text', parameter_name: name, text }));
}

function headerOf(header: Header): Body {
  if (header.location) return { type: 'location', location: placeOf(header.location) };
  const { text, variable } = header;
  if (text !== undefined) return { type: 'text', ...(variable ? { parameter_name: variable } : {}), text };
  const kind = header.mediaKind ?? kindByAddress(header.url ?? '');
  const named = kind === 'document' && header.filename ? { filename: header.filename } : {};
  return { type: kind, [kind]: { ...fileOf(header), ...named } };
}

/** An address that does not tell is most often a picture's. */
export const kindByAddress = (url: string) => (VIDEO.test(url) ? 'video' : DOCUMENT.test(url) ? 'document' : 'image');

function buttonOf(button: Button): Body {
  const [sub_type, parameter] = fillingOf(button);
  // Meta's samples write the place as a number or as a string; its schema says a string
  return { type: 'button', sub_type, index: String(button.index), parameters: [parameter] };
}

/** Meta's name for the kind of button that this fills, and what it is filled with. */
export function fillingOf({ payload, text, couponCode, form, catalogProductId }: Button): [kind: string, Body] {
  if (couponCode !== undefined) return ['copy_code', { type: 'coupon_code', coupon_code: couponCode }];
  if (payload !== undefined) return ['quick_reply', { type: 'payload', payload }];
  if (form) return ['flow', { type: 'action', action: { flow_token: form.token, ...prefilled(form.data) } }];
  if (catalogProductId !== undefined)
    return ['catalog', { type: 'action', action: { thumbnail_product_retailer_id: catalogProductId } }];
  return ['url', { type: 'text', text: text ?? '' }];
}

/** Meta refuses an empty object. */
const prefilled = (data: object | undefined): Body =>
  data && Object.keys(data).length > 0 ? { flow_action_data: data } : {};
