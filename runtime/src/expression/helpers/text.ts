import { fold } from '../fold.ts';
import { type HelperRun, helperGroup } from '../helper.ts';
import { lettersOf } from '../locale.ts';
import type { Rendering } from '../rendering.ts';
import { valueToNumber, valueToText } from '../value.ts';

const MAX_LETTERS = 16_384; // characters whose letters are told apart: that is some thirty times slower than reading them
const LETTERS_A_STEP = 16;

const onText =
  (work: (text: string) => unknown): HelperRun =>
  ([value]) =>
    work(valueToText(value));

function lettersIn(text: string, rendering: Rendering): string[] {
  rendering.makesText(Math.max(text.length, 0));
  rendering.step(Math.ceil(Math.min(text.length, MAX_LETTERS) / LETTERS_A_STEP));
  return lettersOf(text);
}

const count = (value: unknown, otherwise: number): number => Math.trunc(valueToNumber(value) ?? otherwise);

const capitalized = (word: string): string => {
  const [first = ''] = word;
  return first.toUpperCase() + word.slice(first.length);
};

const wordsOf = (text: string): string[] =>
  text
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');

/** At most so many letters, the ending among them, cut between words where one ends nearby. */
const truncate: HelperRun = ([value, length, ending], rendering) => {
  const text = valueToText(value);
  const most = Math.max(count(length, 0), 0);
  if (text.length <= most) return text;
  // No letter is taken apart, and none that lies far behind the cut is looked at; the longest have some thirty units.
  const letters = lettersIn(text.slice(0, Math.min(most, MAX_LETTERS) * 32 + 32).slice(0, MAX_LETTERS), rendering);
  if (letters.length <= most) return text;
  const end = ending === undefined ? '…' : valueToText(ending);
  const room = Math.max(most - lettersIn(end, rendering).length, 0);
  const cut = letters.slice(0, room).join('');
  const word = /^[\s\S]*\S(?=\s+\S*$)/.exec(cut)?.[0] ?? cut;
  const whole = /^\s/.test(letters[room] ?? ' ') ? cut.trimEnd() : word;
  return (whole.length * 2 >= cut.length ? whole : cut) + (most === 0 ? '' : end);
};

const replaceAll: HelperRun = ([value, wanted, replacement], rendering) => {
  const [text, from, to] = [valueToText(value), valueToText(wanted), valueToText(replacement)];
  if (from === '') return text;
  const times = text.split(from).length - 1;
  rendering.makesText(text.length + times * (to.length - from.length));
  return text.replaceAll(from, () => to);
};

const padded =
  (side: 'padStart' | 'padEnd'): HelperRun =>
  ([value, length, filler], rendering) => {
    const most = count(length, 0);
    const text = valueToText(value);
    if (most > text.length) rendering.makesText(most);
    return text[side](Math.max(most, 0), filler === undefined ? ' ' : valueToText(filler));
  };

const repeated: HelperRun = ([value, times], rendering) => {
  const text = valueToText(value);
  const often = Math.max(count(times, 0), 0);
  rendering.makesText(text.length * often);
  return text.repeat(text === '' ? 0 : often);
};

const split: HelperRun = ([value, separator], rendering) => {
  const text = valueToText(value);
  const by = separator === undefined ? ',' : valueToText(separator);
  if (text === '') return [];
  rendering.makesList(by === '' ? text.length : text.split(by).length);
  return by === '' ? lettersIn(text, rendering) : text.split(by).map((one) => one.trim());
};

/** Places count from 0, or from the end where below 0; what a person sees as one letter counts as one. */
const slice: HelperRun = ([value, from, to], rendering) => {
  const end = valueToNumber(to);
  return lettersIn(valueToText(value), rendering)
    .slice(count(from, 0), end === null ? undefined : Math.trunc(end))
    .join('');
};

/** Words of any script stay; accents and everything else become a dash, as addresses are written. */
const slug = (text: string): string =>
  fold(text)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');

const urlEncode: HelperRun = ([value], rendering) => {
  const text = valueToText(value).toWellFormed(); // half a pair cannot be encoded and would be thrown
  rendering.makesText(text.length);
  return encodeURIComponent(text);
};

const startsOrEnds =
  (which: 'startsWith' | 'endsWith'): HelperRun =>
  ([value, wanted]) =>
    fold(valueToText(value))[which](fold(valueToText(wanted)));

const scope = { name: 'ana maria silva', order: 'AB-12, CD-34', address: 'Rua Áurea 5' };

export const textHelpers = helperGroup('text', {
  upper: {
    takes: 'text: text',
    gives: 'text',
    does: 'The text in capitals.',
    example: ['{{upper name}}', 'ANA MARIA SILVA', scope],
    run: onText((text) => text.toUpperCase()),
  },
  lower: {
    takes: 'text: text',
    gives: 'text',
    does: 'The text in small letters.',
    example: ['{{lower order}}', 'ab-12, cd-34', scope],
    run: onText((text) => text.toLowerCase()),
  },
  title: {
    takes: 'text: text',
    gives: 'text',
    does: 'Each word with a capital.',
    example: ['{{title name}}', 'Ana Maria Silva', scope],
    run: onText((text) => text.replace(/\S+/g, capitalized)),
  },
  capitalize: {
    takes: 'text: text',
    gives: 'text',
    does: 'The first letter as a capital.',
    example: ['{{capitalize name}}', 'Ana maria silva', scope],
    run: onText(capitalized),
  },
  trim: {
    takes: 'text: text',
    gives: 'text',
    does: 'The text without blanks around it.',
    example: ['{{trim "  a "}}', 'a'],
    run: onText((text) => text.trim()),
  },
  truncate: {
    takes: 'text: text, length: number, ending?: text',
    gives: 'text',
    does: 'At most so many letters, the ending (…) among them; cut between words where it can be, and never inside of an emoji.',
    example: ['{{truncate name 10}}', 'ana maria…', scope],
    run: truncate,
  },
  replace: {
    takes: 'text: text, wanted: text, replacement: text',
    gives: 'text',
    does: 'The text with every place of a text replaced; replacePattern takes a pattern.',
    example: ['{{replace order ", " " / "}}', 'AB-12 / CD-34', scope],
    run: replaceAll,
  },
  split: {
    takes: 'text: text, separator?: text',
    gives: 'list',
    does: 'The parts of a text between commas or another separator, trimmed; its letters where the separator is empty.',
    example: ['{{split order}}', ['AB-12', 'CD-34'], scope],
    run: split,
  },
  slice: {
    takes: 'text: text, from: number, to?: number',
    gives: 'text',
    does: 'The letters from one place up to another, counted from 0; below 0 from the end.',
    example: ['{{slice order 0 5}}', 'AB-12', scope],
    run: slice,
  },
  startsWith: {
    takes: 'text: text, wanted: text',
    gives: 'yes or no',
    does: 'Whether a text begins with another, without minding case and accents.',
    example: ['{{startsWith address "rua a"}}', true, scope],
    run: startsOrEnds('startsWith'),
  },
  endsWith: {
    takes: 'text: text, wanted: text',
    gives: 'yes or no',
    does: 'Whether a text ends with another, without minding case and accents.',
    example: ['{{endsWith address "5"}}', true, scope],
    run: startsOrEnds('endsWith'),
  },
  padStart: {
    takes: 'text: text, length: number, filler?: text',
    gives: 'text',
    does: 'The text filled up in front.',
    example: ['{{padStart 7 3 "0"}}', '007'],
    run: padded('padStart'),
  },
  padEnd: {
    takes: 'text: text, length: number, filler?: text',
    gives: 'text',
    does: 'The text filled up behind.',
    example: ['{{padEnd "Tea" 6 "."}}', 'Tea...'],
    run: padded('padEnd'),
  },
  repeat: {
    takes: 'text: text, times: number',
    gives: 'text',
    does: 'The text so many times.',
    example: ['{{repeat "⭐" 3}}', '⭐⭐⭐'],
    run: repeated,
  },
  reverse: {
    takes: 'value: text or list',
    gives: 'text or list',
    does: 'The letters or items from the last to the first.',
    example: ['{{reverse "a👋c"}}', 'c👋a'],
    run: ([value], rendering) => {
      if (!Array.isArray(value)) return lettersIn(valueToText(value), rendering).reverse().join('');
      rendering.makesList(value.length);
      return value.toReversed();
    },
  },
  urlEncode: {
    takes: 'text: text',
    gives: 'text',
    does: 'The text as part of a web address.',
    example: ['https://shop.example/?q={{urlEncode address}}', 'https://shop.example/?q=Rua%20%C3%81urea%205', scope],
    run: urlEncode,
  },
  slug: {
    takes: 'text: text',
    gives: 'text',
    does: 'Words with dashes between, as in a web address.',
    example: ['{{slug address}}', 'rua-aurea-5', scope],
    run: onText(slug),
  },
  lines: {
    takes: 'text: text',
    gives: 'list',
    does: 'The lines that hold something.',
    example: ['{{lines text}}', ['one', 'two'], { text: 'one\n\n two \n' }],
    run: ([value], rendering) => {
      const all = valueToText(value).split(/\r?\n/);
      rendering.makesList(all.length);
      return all.map((line) => line.trim()).filter((line) => line !== '');
    },
  },
  words: {
    takes: 'text: text',
    gives: 'list',
    does: 'The words, as blanks divide them.',
    example: ['{{words name}}', ['ana', 'maria', 'silva'], scope],
    run: ([value], rendering) => {
      const words = wordsOf(valueToText(value));
      rendering.makesList(words.length);
      return words;
    },
  },
  initials: {
    takes: 'text: text, most?: number',
    gives: 'text',
    does: 'The first letters of the words as capitals, two unless told.',
    example: ['{{initials name 3}}', 'AMS', scope],
    run: ([value, most], rendering) =>
      wordsOf(valueToText(value))
        .slice(0, Math.max(count(most, 2), 0))
        .map((word) => lettersIn(word, rendering)[0]?.toUpperCase() ?? '')
        .join(''),
  },
});
