/**
 * Accents of Latin, Greek and Cyrillic, vowel points of Hebrew and Arabic, and the selectors behind emoji. Not every mark:
 * in Devanagari, Thai or kana a mark is a letter, and without it two words become one.
 */
const ACCENTS = /\p{Script=Hebrew}(?<=\p{M})|[\u{300}-\u{36f}]|[\u{64b}-\u{65f}]|\u{670}|[\u{fe0e}\u{fe0f}]/gu;

/** Text as people compare it: trimmed, without case and accents, white space as one blank. */
export const fold = (text: string): string =>
  text.normalize('NFKD').replace(ACCENTS, '').normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
