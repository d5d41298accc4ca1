import type { Words } from './pseudo.ts';

/** One namespace in English and in another language. */
export interface Translated {
  english: Words;
  /** Undefined where the file is not there at all. */
  words: Words | undefined;
  /** Such as `es`; decides which plural forms there have to be. */
  language: string;
}

export interface WordsReport {
  /** Texts in English, each plural counted once. */
  total: number;
  missing: string[];
  superfluous: string[];
  /** Keys whose `{{names}}` or `<tags>` are not those of English. */
  placeholders: string[];
  /** Plural forms that the language has and the words have not. */
  plurals: string[];
  identical: string[];
  /** The same in English, and rightly: names, and what stands on keys. */
  namesOnly: string[];
}

/** What is the same in every language: names of products, of things that programs call so, and what is printed on keys. */
export const SAME_EVERYWHERE: readonly string[] = [
  ...['Parley', 'WhatsApp', 'Meta', 'Twilio'],
  ...['API', 'HTTP', 'ID', 'JSON', 'PDF', 'SID', 'URL', 'webhook'],
  ...['Alt', 'Backspace', 'Ctrl', 'Delete', 'Down', 'End', 'Enter', 'Esc', 'Home', 'Page', 'Shift', 'Tab', 'Up'],
];

const PLURAL = /_(zero|one|two|few|many|other)$/;
const PLACEHOLDER = /\{\{\s*([\w.]+)[^}]*\}\}|<\/?\w+\/?>/g;
const NAMES = new Set(SAME_EVERYWHERE.map((name) => name.toLowerCase()));

/** Compares a translation with its English, key by key. Pure; `bad` is whatever is not empty but `namesOnly`. */
export function reportWords({ english, words = {}, language }: Translated): WordsReport {
  const source = flat(english);
  const target = flat(words);
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const plurals = new Set([...source.keys()].filter((key) => key.endsWith('_other')).map(baseOf));
  const isPlural = (key: string) => PLURAL.test(key) && plurals.has(baseOf(key));
  const single = [...source].filter(([key]) => !isPlural(key));
  const wanted = new Set([
    ...single.map(([key]) => key),
    ...[...plurals].flatMap((base) => forms.map((form) => `${base}_${form}`)),
  ]);
  const both = [...target].flatMap(([key, text]) => {
    const original = source.get(key) ?? (isPlural(key) ? source.get(`${baseOf(key)}_other`) : undefined);
    return original === undefined ? [] : [{ key, text, original }];
  });
  const same = both.filter(({ text, original }) => text === original && hasWords(text));
  return {
    total: single.length + plurals.size,
    missing: single.map(([key]) => key).filter((key) => !target.get(key)),
    superfluous: [...target.keys()].filter((key) => !wanted.has(key)),
    placeholders: both.filter(differ).map(({ key }) => key),
    plurals: [...wanted].filter((key) => isPlural(key) && !target.get(key)),
    identical: same.filter(({ text }) => !isNameOnly(text)).map(({ key }) => key),
    namesOnly: same.filter(({ text }) => isNameOnly(text)).map(({ key }) => key),
  };
}

/** Keys of all depths, joined by dots. */
export function flat(words: Words, before = ''): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string' ? [[before + key, value] as const] : [...flat(value, `${before}${key}.`)],
    ),
  );
}

const baseOf = (key: string): string => key.replace(PLURAL, '');
const bare = (text: string): string => text.replace(PLACEHOLDER, ' ');
const hasWords = (text: string): boolean => /\p{L}/u.test(bare(text));
const isNameOnly = (text: string): boolean =>
  (bare(text).match(/\p{L}[\p{L}\d-]*/gu) ?? []).every((word) => NAMES.has(word.toLowerCase()));

const placeholdersOf = (text: string): string =>
  [...text.matchAll(PLACEHOLDER)]
    .map(([whole, name]) => name ?? whole)
    .sort()
    .join(' ');

/** A form for one or two may say the number in a word: only `count` may be left out, and only there. */
function differ({ key, text, original }: { key: string; text: string; original: string }): boolean {
  const isNumberAsWord = /_(zero|one|two)$/.test(key);
  const of = (one: string) =>
    isNumberAsWord
      ? placeholdersOf(one)
          .replace(/\bcount\b ?/, '')
          .trim()
      : placeholdersOf(one);
  return of(text) !== of(original);
}
