import { isObject } from '@parley/runtime';

/** What Meta has approved of a template, as far as something is to be filled in. Source: Meta, "Template components". */
export interface TemplatePlaces {
  /** `1`, `2`, … in the order of their first use, or names. */
  body: string[];
  header: HeaderPlace | null;
  buttons: ButtonPlace[];
}
export type HeaderPlace = { kind: 'text'; variable: string } | { kind: 'image' | 'video' | 'document' | 'location' };
/** What a button is filled with, in Meta's names (`sub_type`): addresses and codes must be, the others may. */
export type ButtonPlace = 'none' | 'url' | 'copy_code' | 'quick_reply' | 'flow' | 'catalog' | 'unknown';

const PLACE = /\{\{\s*([\w.]+)\s*\}\}/g;

export function placesOf(components: readonly unknown[]): TemplatePlaces {
  const parts = components.filter(isObject);
  const find = (type: string) => parts.find((part) => upper(part.type) === type);
  const buttons = find('BUTTONS')?.buttons;
  return {
    body: placesIn(find('BODY')?.text),
    header: headerOf(find('HEADER')),
    buttons: Array.isArray(buttons) ? buttons.map(buttonOf) : [],
  };
}

function headerOf(header: Record<string, unknown> | undefined): HeaderPlace | null {
  switch (upper(header?.format)) {
    case 'IMAGE':
      return { kind: 'image' };
    case 'VIDEO':
      return { kind: 'video' };
    case 'DOCUMENT':
      return { kind: 'document' };
    case 'LOCATION':
      return { kind: 'location' };
    default: {
      const [variable] = placesIn(header?.text);
      return variable === undefined ? null : { kind: 'text', variable };
    }
  }
}

function buttonOf(button: unknown): ButtonPlace {
  if (!isObject(button)) return 'unknown';
  switch (upper(button.type)) {
    case 'QUICK_REPLY':
      return 'quick_reply';
    case 'FLOW':
      return 'flow';
    case 'CATALOG':
      return 'catalog';
    case 'COPY_CODE':
      return 'copy_code';
    case 'PHONE_NUMBER':
      return 'none';
    case 'OTP': // Meta: the one-time code goes to the button as the end of an address
      return 'url';
    case 'URL':
      return placesIn(button.url).length > 0 ? 'url' : 'none';
    default:
      return 'unknown';
  }
}

const placesIn = (text: unknown): string[] =>
  typeof text === 'string' ? [...new Set([...text.matchAll(PLACE)].map(([, name]) => name ?? ''))] : [];

const upper = (value: unknown): string => (typeof value === 'string' ? value.toUpperCase() : '');
