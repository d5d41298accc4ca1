import { valueToNumber } from '@parley/runtime';
import { westernDigits } from '../digits.ts';
import { readNumberWords } from './number-words.ts';

const MAX_LENGTH = 40; // characters; longer ones are no number that a person means
/** Between groups of digits in some language: blanks, and the Swiss apostrophe. */
const GROUPS = /(?<=\d)[\s'’](?=\d{3}(?!\d))/g;

/**
 * A number as people write it in their language (BCP 47): `1.234` is a thousand in Spanish and little more than one in
 * English; `1,234.5`, `1.234,5` and `1 234,5` say themselves which mark is which. "twenty-one" counts only with `words`.
 */
export function readNumber(text: string, language: string, words: boolean): number | null {
  if (text.length > MAX_LENGTH) return null;
  const spoken = words ? readNumberWords(text, language) : null;
  if (spoken !== null) return spoken;
  const arabic = /[٫٬]/.test(text); // these two say which is which
  const plain = westernDigits(text).trim().replace('−', '-').replace(GROUPS, '');
  return valueToNumber(arabic ? plain.replaceAll(',', '') : withPoint(plain, language));
}

/** The same number with a point before its decimals and nothing between its digits; what is none stays what it is. */
function withPoint(text: string, language: string): string {
  const marks = text.match(/[.,]/g) ?? [];
  const last = marks.at(-1);
  if (last === undefined) return text;
  const decimal = marks.length === 1 ? (isDecimal(text, last, language) ? last : null) : decimalAmong(marks, last);
  const group = last === decimal ? (last === '.' ? ',' : '.') : last;
  const [whole = '', decimals] = decimal === null ? [text] : text.split(decimal);
  const grouped = /^[+-]?\d{1,3}(?:[.,]\d{3})+$/.test(whole);
  if (whole.includes(group) && !grouped) return text;
  return decimals === undefined ? whole.replaceAll(group, '') : `${whole.replaceAll(group, '')}.${decimals}`;
}

/** Two sorts of marks: the last one is the decimal. The same mark twice stands between groups. */
const decimalAmong = (marks: string[], last: string): string | null =>
  marks.filter((mark) => mark === last).length === 1 ? last : null;

/** One mark is a decimal unless exactly three digits follow: then the language decides. `0.125` is never a group. */
function isDecimal(text: string, mark: string, language: string): boolean {
  if (!/^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(text)) return true;
  return decimalMark(language) === mark;
}

function decimalMark(language: string): string {
  const parts = formatterOf(language).formatToParts(1.5);
  const mark = parts.find((part) => part.type === 'decimal')?.value;
  return mark === ',' ? ',' : '.';
}

function formatterOf(language: string): Intl.NumberFormat {
  try {
    return new Intl.NumberFormat(language.replace('_', '-'), { numberingSystem: 'latn' });
  } catch {
    return new Intl.NumberFormat('en'); // no language that the platform knows
  }
}

/** A limit as the person's language writes it. */
export const numberWords = (value: number, language: string): string =>
  formatterOf(language).format(value).replace(/\s/g, ' ');
