import mongoose from 'mongoose';
import type { Fields } from '../engine.ts';
import type { Random } from '../random.ts';

const { BSON } = mongoose.mongo;

const long = (text: string) => BSON.Long.fromString(text);
const decimal = (text: string) => BSON.Decimal128.fromString(text);

/** Few values, many of them equal or next to each other across types: what goes wrong goes wrong at the edges. */
const NUMBERS: unknown[] = [
  ...[0, 1, 2, 3, -1, 1.5, -0, Number.NaN, Infinity, -Infinity, 2 ** 53, 2 ** 53 + 2].map(Number),
  ...['1', '2', '9007199254740992', '9007199254740993', '-9007199254740993', '9223372036854775807'].map(long),
  ...['1', '1.50', '0.1', '9007199254740993', 'NaN', '1E+400', '-1E-400'].map(decimal),
  new BSON.Double(1),
];
const TEXTS: unknown[] = ['', 'x', 'xy', 'xyz', 'y', 'X', 'x\0', 'x\nb', 'é', '😀', '\uffff'];
const OTHERS: unknown[] = [
  null,
  true,
  false,
  new BSON.MinKey(),
  new BSON.MaxKey(),
  /x/,
  /^x/,
  /^x/i,
  new BSON.Binary(Buffer.from('b')),
  new BSON.Binary(Buffer.from('aa'), 4),
  new BSON.ObjectId('000000000000000000000001'),
  new BSON.ObjectId('ffffffffffffffffffffffff'),
  new BSON.Timestamp({ t: 1, i: 1 }),
  new BSON.Timestamp({ t: 2, i: 0 }),
];
export const DATES = [0, 5, 9, 100, -1].map((ms) => new Date(ms));
const DOCUMENTS: unknown[] = [{}, { x: 1 }, { x: 1, y: 2 }, { y: 2, x: 1 }, { x: null }, { x: [1] }];

/** So few that queries hit what documents hold. */
const FEW: unknown[] = [1, 2, long('1'), decimal('2'), 'x', 'xy', 'X', null, DATES[1], true];

export function scalar(source: Random): unknown {
  if (source.chance(0.5)) return source.pick(FEW);
  const roll = source.below(10);
  if (roll < 5) return source.pick(NUMBERS);
  if (roll < 7) return source.pick(TEXTS);
  if (roll < 8) return source.pick(DATES);
  return source.pick(source.chance(0.8) ? OTHERS : DOCUMENTS);
}

/** Now and then an array, also an empty one, one of arrays, one of documents. */
export function anyValue(source: Random): unknown {
  if (source.chance(0.8)) return scalar(source);
  const element = () => (source.chance(0.1) ? [scalar(source)] : source.chance(0.1) ? pair(source) : scalar(source));
  return Array.from({ length: source.below(4) }, element);
}

function pair(source: Random): Fields {
  const made: Fields = {};
  for (const name of ['x', 'y'])
    if (source.chance(0.8)) made[name] = source.chance(0.9) ? scalar(source) : [scalar(source)];
  return made;
}

export function nested(source: Random): unknown {
  const roll = source.below(10);
  if (roll < 5) return pair(source);
  if (roll < 8)
    return Array.from({ length: source.below(4) }, () => (source.chance(0.9) ? pair(source) : scalar(source)));
  return anyValue(source);
}

/**
 * The fields `a` to `e`, some missing. `d` holds documents, `e` mostly dates. Without arrays an index may give the order
 * and both ends of a range.
 */
export function fieldsOf(source: Random, arrays: boolean): Fields {
  const made: Fields = {};
  if (!arrays) {
    for (const name of ['a', 'b', 'c']) if (source.chance(0.7)) made[name] = scalar(source);
    if (source.chance(0.7)) made.d = { x: scalar(source), y: scalar(source) };
    if (source.chance(0.7)) made.e = source.pick(DATES);
    return made;
  }
  for (const name of ['a', 'b', 'c']) if (source.chance(0.85)) made[name] = anyValue(source);
  if (source.chance(0.85)) made.d = nested(source);
  if (source.chance(0.85)) made.e = source.chance(0.7) ? source.pick(DATES) : anyValue(source);
  return made;
}
