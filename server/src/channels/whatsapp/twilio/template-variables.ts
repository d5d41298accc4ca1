import { type ContentOf, isObject } from '@parley/runtime';
import { oneLine } from './content.ts';

type TemplateContent = ContentOf<'template'>;
type Types = Record<string, unknown>;

const PLACE = /\{\{\s*(\w+)\s*\}\}/g;
/** What people read or open: left out there, they would get the sample that the template was handed in with. */
const WORDS = ['body', 'title', 'subtitle', 'header_text', 'footer', 'url', 'code'] as const;

/**
 * What fills a template's places (`ContentVariables`), or in words which place is left open. Header, buttons and coupon
 * codes are not apart at Twilio: their values go to the variables that stand in the template's file, address, id and code.
 * Where the template has none there, it is as it was approved.
 */
export function templateVariables(
  types: Types,
  content: TemplateContent,
): { variables: Record<string, string> } | string {
  const variables: Record<string, string> = {};
  for (const [pattern, value] of [...headerFills(types, content), ...buttonFills(types, content)]) {
    const fill = filled(pattern, value);
    if (typeof fill === 'string') return fill;
    Object.assign(variables, fill);
  }
  Object.assign(variables, content.parameters);
  if (content.header?.variable && content.header.text) variables[content.header.variable] = content.header.text;
  for (const [name, value] of Object.entries(variables)) variables[name] = oneLine(value);
  return openPlace(types, variables) ?? { variables };
}

type Fills = [pattern: unknown, value: string][];

function headerFills(types: Types, { header }: TemplateContent): Fills {
  const fills: Fills = [];
  for (const type of Object.values(types).filter(isObject)) {
    if (header?.url) fills.push([[type.media].flat()[0] ?? type.media_url, header.url]);
    if (header?.text && header.variable === undefined) fills.push([type.header_text, header.text]);
    if (header?.location) fills.push([type.label, header.location.title ?? header.location.address ?? '']);
  }
  return fills.filter(([, value]) => value !== '');
}

function buttonFills(types: Types, { buttons }: TemplateContent): Fills {
  return Object.values(types)
    .filter(isObject)
    .flatMap((type) =>
      (buttons ?? []).flatMap(({ index, payload, text, couponCode, form }): Fills => {
        const action = [type.actions].flat().filter(isObject)[index];
        const fills: [unknown, string | undefined][] = [
          [action?.id, payload],
          [action?.url, text],
          [action?.code, couponCode],
          [type.flow_token, form?.token],
        ];
        return fills.filter((fill): fill is [unknown, string] => fill[1] !== undefined);
      }),
    );
}

/** `https://shop.example/{{1}}` takes the end of an address, or the whole one where it begins like that. */
function filled(pattern: unknown, value: string): Record<string, string> | string {
  if (typeof pattern !== 'string') return {};
  const [place, more] = [...pattern.matchAll(PLACE)];
  if (!place?.[1] || more) return {};
  const before = pattern.slice(0, place.index);
  const after = pattern.slice(place.index + place[0].length);
  if (value.startsWith(before) && value.endsWith(after) && value.length > before.length + after.length)
    return { [place[1]]: value.slice(before.length, value.length - after.length) };
  if (/^https?:\/\//.test(before) && /^https?:\/\//.test(value))
    return `The template takes addresses that begin with ${before} only; ${value} does not.`;
  return { [place[1]]: value };
}

function openPlace(types: Types, variables: Record<string, string>): string | null {
  const [empty] = Object.entries(variables).find(([, value]) => value === '') ?? [];
  if (empty !== undefined) return `The template’s place {{${empty}}} is filled with nothing. Give it a value.`;
  const open = Object.values(types)
    .flatMap(wordsOf)
    .flatMap((words) => [...words.matchAll(PLACE)].map(([, name]) => name))
    .find((name) => name !== undefined && !Object.hasOwn(variables, name));
  return open === undefined ? null : `Nothing fills the template’s place {{${open}}}. Add it to the parameters.`;
}

/** The words of a type, of its buttons, and of its cards. */
function wordsOf(type: unknown): string[] {
  if (!isObject(type)) return [];
  const own = WORDS.map((name) => type[name]).filter((words) => typeof words === 'string');
  return [...own, ...[type.actions, type.cards].flat().flatMap(wordsOf)];
}
