import { HELPERS, type HelperDocs } from '@parley/runtime';
import type { KnownVariable } from '../variables-of.ts';

/** What may follow between the braces. */
export type Suggestion = { kind: 'variable'; variable: KnownVariable } | { kind: 'helper'; helper: HelperDocs };

/** The name that is being written inside `{{ }}`: where it begins, and its letters so far. */
export interface Writing {
  from: number;
  word: string;
}

const MAX_SUGGESTIONS = 60; // a longer list is not read, it is narrowed by the next letter
const NAME = /[\p{L}\p{N}_.]*$/u;

/** The name at the caret; null where the caret is not inside braces. */
export function writingAt(text: string, caret: number): Writing | null {
  const before = text.slice(0, caret);
  const open = before.lastIndexOf('{{');
  if (open < 0 || before.indexOf('}}', open) >= 0) return null;
  const inside = before.slice(open + 2);
  if ((inside.match(/"/g)?.length ?? 0) % 2 === 1) return null; // inside of a quoted text
  const word = NAME.exec(inside)?.[0] ?? '';
  return { from: caret - word.length, word };
}

/** Names that begin with the letters come first, then those that hold them; helpers follow the variables. */
export function suggest(word: string, known: readonly KnownVariable[]): Suggestion[] {
  const wanted = word.toLowerCase();
  const rank = (name: string) => {
    const lower = name.toLowerCase();
    if (lower.startsWith(wanted)) return 0;
    return lower.split('.').some((part) => part.startsWith(wanted)) ? 1 : lower.includes(wanted) ? 2 : 3;
  };
  const fitting = <Item>(items: readonly Item[], nameOf: (item: Item) => string) =>
    items
      .map((item) => ({ item, rank: rank(nameOf(item)) }))
      .filter((one) => one.rank < 3)
      .sort((one, other) => one.rank - other.rank)
      .map(({ item }) => item);
  return [
    ...fitting(known, ({ name }) => name).map((variable): Suggestion => ({ kind: 'variable', variable })),
    ...fitting(HELPERS, ({ name }) => name).map((helper): Suggestion => ({ kind: 'helper', helper })),
  ].slice(0, MAX_SUGGESTIONS);
}

/** The text with the suggestion in place of what was being written, closed where nothing closes it yet. */
export function completed(
  text: string,
  caret: number,
  { from }: Writing,
  chosen: Suggestion,
): { text: string; caret: number } {
  const rest = text.slice(caret).replace(/^[\p{L}\p{N}_.]*/u, '');
  const isCall = chosen.kind === 'helper' && chosen.helper.arguments.length > 0;
  const name = chosen.kind === 'variable' ? chosen.variable.name : chosen.helper.name;
  const closing = /^[^{]*?\}\}/.test(rest) ? '' : '}}';
  const head = `${text.slice(0, from)}${name}${isCall ? ' ' : ''}`;
  const end = isCall ? head.length : head.length + (closing || /^\}\}/.test(rest) ? 2 : 0);
  return { text: `${head}${closing}${rest}`, caret: end };
}

/** `name number places?`: how a helper is called. */
export const callOf = ({ name, arguments: takes }: HelperDocs): string =>
  [
    name,
    ...takes.map(
      ({ name: one, optional, named, rest }) => `${rest ? '…' : ''}${one}${named ? '=' : ''}${optional ? '?' : ''}`,
    ),
  ].join(' ');
