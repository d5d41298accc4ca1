import { helperGroup } from '../helper.ts';
import { languageOf, numberFormat, plainBlanks } from '../locale.ts';
import type { Rendering } from '../rendering.ts';
import { valueToNumber, valueToText } from '../value.ts';

const DIGITS = 15; // significant ones of a double that people typed; what follows is noise: 0.1 + 0.2 reads 0.3
const MAX_PLACES = 10;
const CURRENCY = /^[a-z]{3}$/i; // ISO 4217

const clean = (number: number): number | null => valueToNumber(Number(number.toPrecision(DIGITS)));

/** The numbers of all values and of lists among them; null where one is none. */
function numbersOf(values: unknown[]): number[] | null {
  const numbers = values.flatMap((value) => (Array.isArray(value) ? value : [value])).map(valueToNumber);
  return numbers.length === 0 || numbers.includes(null) ? null : (numbers as number[]);
}

const folded =
  (operation: (a: number, b: number) => number) =>
  (values: unknown[]): number | null => {
    const numbers = numbersOf(values);
    return numbers && clean(numbers.reduce(operation));
  };

/** Empty where a value is no number, as a sum of what is known would be wrong without a sign of it. */
const ofTwo =
  (operation: (a: number, b: number) => number) =>
  ([left, right]: unknown[]): number | null => {
    const [a, b] = [valueToNumber(left), valueToNumber(right)];
    return a === null || b === null ? null : clean(operation(a, b));
  };

const placesOf = (places: unknown): number => Math.trunc(Math.min(Math.max(valueToNumber(places) ?? 0, 0), MAX_PLACES));

/** Moves the point by the number's own decimal text, so that 1.005 to two places is 1.01: what a person sees is what counts. */
function rounded(way: (number: number) => number) {
  return ([value, places]: unknown[]): number | null => {
    const number = valueToNumber(value);
    if (number === null || Number.isInteger(number)) return number;
    const moved = way(shifted(number, placesOf(places)));
    return valueToNumber(shifted(moved, -placesOf(places)));
  };
}

function shifted(number: number, places: number): number {
  const [digits = '0', power = '0'] = String(number).split('e');
  return Number(`${digits}e${Number(power) + places}`);
}

const awayFromZero = (number: number): number => Math.sign(number) * Math.round(Math.abs(number));

function formatNumber([value, places, language]: unknown[], rendering: Rendering): string | null {
  const number = valueToNumber(value);
  if (number === null) return null;
  const tongue = language === undefined ? rendering.language : languageOf(valueToText(language));
  const fixed = valueToNumber(places) === null ? undefined : placesOf(places);
  const digits = { minimumFractionDigits: fixed, maximumFractionDigits: fixed ?? MAX_PLACES };
  return plainBlanks(numberFormat(tongue, digits).format(number));
}

/** Minor units as ISO 4217 counts them: cents of a euro, yen of a yen, fils (a thousand) of a dinar. */
function formatMoney([value, currency, language]: unknown[], rendering: Rendering): string | null {
  const minor = valueToNumber(value);
  const code = valueToText(currency).trim();
  if (minor === null || !CURRENCY.test(code)) return null;
  const tongue = language === undefined ? rendering.language : languageOf(valueToText(language));
  const format = numberFormat(tongue, { style: 'currency', currency: code.toUpperCase() });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return plainBlanks(format.format(shifted(Math.trunc(minor), -digits)));
}

const scope = { price: 2.345, total: 1234.5, list: [3, 4, 8] };

export const numberHelpers = helperGroup('numbers', {
  add: {
    takes: '...numbers: number',
    gives: 'number',
    does: 'The numbers added; a list counts as its numbers.',
    example: ['{{add 1 "2" list}}', 18, scope],
    run: folded((a, b) => a + b),
  },
  subtract: {
    takes: 'from: number, ...numbers: number',
    gives: 'number',
    does: 'The first number less the others.',
    example: ['{{subtract 10 3 2}}', 5],
    run: folded((a, b) => a - b),
  },
  multiply: {
    takes: '...numbers: number',
    gives: 'number',
    does: 'The numbers multiplied.',
    example: ['{{multiply 2 3 4}}', 24],
    run: folded((a, b) => a * b),
  },
  divide: {
    takes: 'number: number, by: number',
    gives: 'number',
    does: 'The first number divided by the second; empty for 0.',
    example: ['{{divide 1 4}}', 0.25],
    run: ofTwo((a, b) => a / b),
  },
  mod: {
    takes: 'number: number, by: number',
    gives: 'number',
    does: 'What is left of a division, never below 0; empty for 0.',
    example: ['{{mod 7 3}}', 1],
    run: ofTwo((a, b) => ((a % b) + Math.abs(b)) % Math.abs(b)),
  },
  percent: {
    takes: 'part: number, whole: number, places?: number',
    gives: 'number',
    does: 'How much the part is of the whole, in percent, without decimals unless asked for.',
    example: ['{{percent 1 3}}%', '33%'],
    run: ([part, whole, places]) => rounded(awayFromZero)([ofTwo((a, b) => (a / b) * 100)([part, whole]), places]),
  },
  round: {
    takes: 'number: number, places?: number',
    gives: 'number',
    does: 'The nearest number with so many decimals; a half goes away from 0.',
    example: ['{{round price 2}}', 2.35, scope],
    run: rounded(awayFromZero),
  },
  floor: {
    takes: 'number: number, places?: number',
    gives: 'number',
    does: 'The next lower number with so many decimals.',
    example: ['{{floor price 1}}', 2.3, scope],
    run: rounded(Math.floor),
  },
  ceil: {
    takes: 'number: number, places?: number',
    gives: 'number',
    does: 'The next higher number with so many decimals.',
    example: ['{{ceil price}}', 3, scope],
    run: rounded(Math.ceil),
  },
  abs: {
    takes: 'number: number',
    gives: 'number',
    does: 'The number without its sign.',
    example: ['{{abs -3}}', 3],
    run: ([value]) => {
      const number = valueToNumber(value);
      return number === null ? null : Math.abs(number);
    },
  },
  min: {
    takes: '...numbers: number',
    gives: 'number',
    does: 'The smallest of the numbers, or of a list.',
    example: ['{{min list 5}}', 3, scope],
    run: folded((a, b) => (a < b ? a : b)),
  },
  max: {
    takes: '...numbers: number',
    gives: 'number',
    does: 'The largest of the numbers, or of a list.',
    example: ['{{max list 5}}', 8, scope],
    run: folded((a, b) => (a > b ? a : b)),
  },
  sum: {
    takes: 'list: list',
    gives: 'number',
    does: 'The sum of a list; 0 for an empty one, empty where an item is no number.',
    example: ['{{sum list}}', 15, scope],
    run: ([list]) => (Array.isArray(list) && list.length === 0 ? 0 : folded((a, b) => a + b)([list])),
  },
  average: {
    takes: '...numbers: number',
    gives: 'number',
    does: 'The mean of the numbers, or of a list.',
    example: ['{{average list}}', 5, scope],
    run: (values) => {
      const numbers = numbersOf(values);
      return numbers && clean(numbers.reduce((a, b) => a + b) / numbers.length);
    },
  },
  toNumber: {
    takes: 'value: value',
    gives: 'number',
    does: 'The number that a text reads as, with a point for decimals; empty where it is none.',
    example: ['{{toNumber "12.50"}}', 12.5],
    run: ([value]) => valueToNumber(value),
  },
  formatNumber: {
    takes: 'number: number, places?: number, language?: text',
    gives: 'text',
    does: 'The number as a language writes it, with so many decimals, or as many as it has.',
    example: ['{{formatNumber total 2 "de"}}', '1.234,50', scope],
    run: formatNumber,
  },
  formatMoney: {
    takes: 'minorUnits: number, currency: text, language?: text',
    gives: 'text',
    does: 'An amount in the smallest unit (cents) as a language writes it; the currency by its three letters.',
    example: ['{{formatMoney 1999 "EUR"}}', '€19.99'],
    run: formatMoney,
  },
});
