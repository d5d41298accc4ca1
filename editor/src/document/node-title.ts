import { type FlowNode, isObject } from '@parley/runtime';
import { formatMessage, type Span } from '../chat/format-message.ts';

const LONGEST = 48; // characters: one line of a card, of a picker, of a list
const SCANNED = 400; // characters of a text that are looked at: nobody reads more of a title

/** Marks that turn what stands after them, and what no line can show. */
const UNSEEN = /[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu;
/** A block of a template's language shows nothing itself; a value's place does. */
const BLOCK = /\{\{\s*[#/!][\s\S]*?\}\}/g;
const ELSE = /\{\{\s*(?:else\b|\^)[\s\S]*?\}\}/g;
const VALUE = /\{\{\{?\s*([\s\S]*?)\s*\}?\}\}/g;
const LINE_MARK = /^\s*(?:>|[-*•])\s+/gm;

type Named = Pick<FlowNode, 'label' | 'type' | 'config'>;
const known = new WeakMap<Named['config'], Map<string, string | null>>();

/** What a step is called: the name that somebody gave it, else how it begins; null where neither tells it from others. */
export const nodeTitle = ({ label, type, config }: Named): string | null =>
  (label && inOneLine(label)) || firstWords(type, config);

/** How a step begins: the first words of what it says or asks, the words that it listens for, the address it calls. */
export function firstWords(type: string, config: Named['config']): string | null {
  const before = known.get(config) ?? new Map<string, string | null>();
  const found = before.get(type);
  if (found !== undefined) return found;
  const words = shorten(plainWords(wordsOf(type, config)));
  known.set(config, before.set(type, words || null));
  return words || null;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, SCANNED) : '');
const listOf = (value: unknown): string =>
  Array.isArray(value)
    ? value
        .slice(0, 20)
        .filter((one) => typeof one === 'string')
        .join(', ')
    : '';
const namesIn = (value: unknown): string => (isObject(value) ? listOf(Object.keys(value)) : '');

function wordsOf(type: string, config: Named['config']): string {
  const { match = 'keyword', text, caption, keywords, title, name, url, assign, add, remove, value, team } = config;
  switch (type) {
    case 'trigger.message':
      return match === 'keyword' ? listOf(keywords) : match === 'button' ? textOf(title) : '';
    case 'http.request':
      return textOf(url)
        .replace(/^https?:\/\//i, '')
        .replace(/[?#][\s\S]*$/, '');
    case 'data.set':
      return namesIn(assign);
    case 'contact.tag':
    case 'contact.group':
      return listOf(add) || listOf(remove);
    case 'logic.switch':
      return textOf(value);
    case 'people.handoff':
      return textOf(team);
    default:
      return textOf(text) || textOf(caption) || textOf(name) || textOf(title);
  }
}

/** As a line of plain words: no marks of WhatsApp, no braces, nothing that turns the line round. */
function plainWords(text: string): string {
  const lone = /^\s*\{\{\s*([\p{L}\p{N}_.]+)\s*\}\}\s*$/u.exec(text)?.[1];
  if (lone !== undefined) return lone;
  const told = text.replace(LINE_MARK, '').replace(BLOCK, '').replace(ELSE, ' / ').replace(VALUE, '…');
  const line = inOneLine(formatMessage(told).map(wordsIn).join(''));
  return /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(line) ? line : '';
}

function wordsIn(span: Span): string {
  if ('spans' in span) return span.spans.map(wordsIn).join('');
  return 'url' in span ? span.url : span.text;
}

const inOneLine = (text: string): string => text.replace(UNSEEN, ' ').replace(/\s+/g, ' ').trim();

/** Cut between words where one ends near enough, and never inside of a letter that is made of several signs. */
function shorten(line: string): string {
  if (line.length <= LONGEST) return line;
  let cut = '';
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    if (cut.length + segment.length > LONGEST) break;
    cut += segment;
  }
  const blank = cut.lastIndexOf(' ');
  return `${(blank > LONGEST / 2 ? cut.slice(0, blank) : cut).replace(/[\s,;:.…-]+$/, '')}…`;
}
