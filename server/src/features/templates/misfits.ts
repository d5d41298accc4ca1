import { type ContentOf, isObject, type Provider } from '@parley/runtime';
import { fillingOf, kindByAddress } from '../../channels/whatsapp/meta/body-template.ts';
import { templateVariables } from '../../channels/whatsapp/twilio/template-variables.ts';
import { type ButtonPlace, type HeaderPlace, placesOf } from './template-places.ts';

type Content = ContentOf<'template'>;
type Header = NonNullable<Content['header']>;
type Button = NonNullable<Content['buttons']>[number];

/** Where a step fills a template otherwise than WhatsApp wants it. `of` picks the words: see misfit-words.ts. */
export interface Misfit {
  of: MisfitKind;
  /** JSON pointer below what holds the template. */
  field: string;
  values: Record<string, string | number>;
  /** In place of the words for `of`. */
  message?: string;
}
export type MisfitKind =
  | 'count'
  | 'names'
  | 'empty'
  | 'header_none'
  | 'header_text'
  | 'header_name'
  | 'header_image'
  | 'header_video'
  | 'header_document'
  | 'header_location'
  | 'button_none'
  | 'button_url'
  | 'button_copy_code'
  | 'button_kind'
  | 'twilio';

/** A file of ours (`mediaId`) tells its kind when it is sent; one of the provider's own never does. */
const OUR_FILE = /^med_/;

/**
 * What the provider would refuse, as our own sending puts the parts together; empty where all fits. What an expression
 * gives when it runs is not known here, and counts as right. `components` are the template's, as its provider told them.
 */
export const misfitsOf = (provider: Provider, content: Content, components: readonly unknown[]): Misfit[] =>
  provider === 'twilio' ? twilioMisfits(content, components) : metaMisfits(content, components);

function twilioMisfits(content: Content, components: readonly unknown[]): Misfit[] {
  const types = components.filter(isObject).map(({ type, ...fields }) => [type, fields]);
  const filled = templateVariables(Object.fromEntries(types), content);
  return typeof filled === 'string' ? [{ of: 'twilio', field: '/parameters', values: {}, message: filled }] : [];
}

/** What Meta answers with 132000, 132012 or 131008. */
function metaMisfits(content: Content, components: readonly unknown[]): Misfit[] {
  const places = placesOf(components);
  return [
    ...bodyMisfits(content.parameters, places.body),
    ...headerMisfits(content.header, places.header),
    ...buttonMisfits(content.buttons ?? [], places.buttons),
  ];
}

function bodyMisfits(parameters: Record<string, string>, expected: readonly string[]): Misfit[] {
  const given = Object.keys(parameters);
  const misfit = (of: MisfitKind, values: Misfit['values']): Misfit[] => [{ of, field: '/parameters', values }];
  const isNamed = expected.some((name) => !isNumber(name));
  // Numbered ones go by their order, so that only how many there are counts
  if (isNamed && (given.length !== expected.length || expected.some((name) => !given.includes(name))))
    return misfit('names', { expected: asWritten(expected), given: asWritten(given) });
  if (given.length !== expected.length) return misfit('count', { expected: expected.length, given: given.length });
  const empty = given.filter((name) => parameters[name]?.trim() === '');
  return empty.length > 0 ? misfit('empty', { places: asWritten(empty) }) : [];
}

function headerMisfits(header: Header | undefined, expected: HeaderPlace | null): Misfit[] {
  const misfit = (of: MisfitKind, values: Misfit['values'] = {}, field = '/header'): Misfit[] => [
    { of, field, values },
  ];
  if (!expected) return header ? misfit('header_none') : [];
  if (expected.kind !== 'text')
    return header && hasKind(header, expected.kind) ? [] : misfit(`header_${expected.kind}`);
  if (!header?.text?.trim() || header.location) return misfit('header_text');
  const { variable } = expected;
  const isNamed = !isNumber(variable) && header.variable !== variable;
  return isNamed ? misfit('header_name', { expected: variable }, '/header/variable') : [];
}

function hasKind(header: Header, kind: 'image' | 'video' | 'document' | 'location'): boolean {
  const { location, text, url = '', mediaId = '', mediaKind } = header;
  if (kind === 'location' || location) return kind === 'location' && location !== undefined;
  if (text !== undefined || url + mediaId === '') return false;
  if (mediaKind) return mediaKind === kind;
  return OUR_FILE.test(mediaId) || `${url}${mediaId}`.includes('{{') || kindByAddress(url) === kind;
}

function buttonMisfits(given: readonly Button[], expected: readonly ButtonPlace[]): Misfit[] {
  const misfit = (of: MisfitKind, index: number): Misfit[] => [
    { of, field: '/buttons', values: { button: index + 1 } },
  ];
  const open = expected.flatMap((kind, index) =>
    (kind === 'url' || kind === 'copy_code') && !given.some((one) => one.index === index && isFilled(one, kind))
      ? misfit(`button_${kind}`, index)
      : [],
  );
  const odd = given.flatMap((one) => {
    const kind = expected[one.index] ?? 'none';
    if (kind === 'none') return misfit('button_none', one.index);
    const isOpen = kind === 'url' || kind === 'copy_code' || kind === 'unknown'; // told already, or not known
    return isOpen || fillingOf(one)[0] === kind ? [] : misfit('button_kind', one.index);
  });
  return [...open, ...odd];
}

const isFilled = (button: Button, kind: 'url' | 'copy_code'): boolean =>
  fillingOf(button)[0] === kind && (button.couponCode ?? button.text ?? '').trim() !== '';

/** As the template shows them. */
const asWritten = (places: readonly string[]): string => places.map((name) => `{{${name}}}`).join(', ');
const isNumber = (name: string): boolean => /^\d+$/.test(name);
