/** Accents that are written as characters of their own; the signs of other scripts are no such thing, but letters. */
const COMBINING = '[\u0300-\u036f]*';
const MARKS = new RegExp(COMBINING, 'g');

/** Latin letters with accents, by the bare letter that people type who look for them: `e` has `éèêë...`. */
const ACCENTED = accentedLetters([
  [0x00c0, 0x024f], // Latin-1 Supplement and Latin Extended-A and -B of the Unicode standard
  [0x1e00, 0x1eff], // Latin Extended Additional
]);

/** A text in which a pattern's signs stand for themselves. */
export const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The source of a pattern that finds the text with or without accents, for use with the option `i`. */
export const loosePattern = (text: string): string => [...text.normalize('NFC')].map(loose).join('');

function loose(letter: string): string {
  const base = bare(letter).toLowerCase();
  const accented = ACCENTED.get(base);
  return accented === undefined ? escapePattern(letter) : `[${base}${accented}]${COMBINING}`;
}

function bare(text: string): string {
  return text.normalize('NFD').replace(MARKS, '');
}

function accentedLetters(ranges: readonly (readonly [first: number, last: number])[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [first, last] of ranges)
    for (let code = first; code <= last; code++) {
      const letter = String.fromCodePoint(code);
      const base = bare(letter).toLowerCase();
      if (/^[a-z]$/.test(base)) found.set(base, (found.get(base) ?? '') + letter);
    }
  return found;
}
