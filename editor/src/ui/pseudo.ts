const PLAIN = 'AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTtUuVvWwXxYyZz';
const ACCENTED = 'ÅåƁƀĆćĎďÉéƑƒĜĝĤĥÎîĴĵĶķĻļṀṁŃńÔôṖṗǪǫŔŕŠšŢţÛûṼṽŴŵẊẋÝýŽž';
const LONGER = 0.3; // as much longer as Spanish or German may be
const KEPT = /\{\{[^}]*\}\}|\$t\([^)]*\)|<\/?\w+\/?>/g; // what is filled in, and tags, stay as they are

const letters = new Map([...PLAIN].map((letter, index) => [letter, [...ACCENTED][index] ?? letter]));
const accent = (text: string): string => [...text].map((letter) => letters.get(letter) ?? letter).join('');

/** English made strange but readable, so that a word that nobody can translate stands out: `Save` -> `⟦Šåṽé ~~⟧`. */
export function pseudo(english: string): string {
  if (english === '') return '';
  const kept = [...english.matchAll(KEPT)].map(([piece]) => piece);
  const accented = english.split(KEPT).map((piece, index) => accent(piece) + (kept[index] ?? ''));
  return `⟦${accented.join('')} ${'~'.repeat(Math.ceil(english.length * LONGER))}⟧`;
}

export type Words = { readonly [key: string]: string | Words };

/** All words of a file, at whatever depth. */
export const pseudoWords = (words: Words): Words =>
  Object.fromEntries(
    Object.entries(words).map(([key, value]) => [key, typeof value === 'string' ? pseudo(value) : pseudoWords(value)]),
  );
