import mongoose from 'mongoose';
import { decode } from '../bson/decode.ts';
import {
  Binary,
  DateTime,
  type Doc,
  Int32,
  MaxKey,
  MinKey,
  ObjectId,
  Pattern,
  Timestamp,
  type Value,
} from '../bson/value.ts';

const { BSON } = mongoose.mongo;

export const decimal = (text: string): Value =>
  decode(Buffer.from(BSON.serialize({ v: BSON.Decimal128.fromString(text) }))).get('v') ?? null;

const both = (numbers: number[]): number[] => numbers.flatMap((one) => [one, -one]);

/** Where a double's exponent, sign or last bit changes, and where integers leave it. */
const DOUBLES: Value[] = [
  ...both([0, 1, 2, 3, 0.1, 0.3, 1.5, 10, 255, 256, 2 ** 24, 2 ** 31, 2 ** 32, 2 ** 53 - 1, 2 ** 53, 2 ** 53 + 2]),
  ...both([2 ** 62, 2 ** 63, 2 ** 64, 2 ** 63 - 1024, 1e22, 1e23, 1e300, Number.MAX_VALUE, Infinity]),
  ...both([Number.MIN_VALUE, 1e-323, 2.225073858507201e-308, 2.2250738585072014e-308, 1e-300, Number.EPSILON]),
  Number.NaN,
];
const INTEGERS: Value[] = [
  ...[0, 1, -1, 2, 10, 2 ** 31 - 1, -(2 ** 31)].map((one) => new Int32(one)),
  ...[0n, 1n, -1n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 53n + 2n, -(2n ** 53n) - 1n],
  ...[2n ** 63n - 1n, 2n ** 63n - 2n, 2n ** 63n - 1024n, -(2n ** 63n), -(2n ** 63n) + 1n, 10n ** 18n, 10n ** 18n + 1n],
];
/** Beyond, between and equal to doubles; with trailing zeros; both ends of the range. */
const DECIMALS: Value[] = [
  ...['0', '-0', '0E-6176', '0E+6111', '1', '1.0', '1.00', '-1', '1E+0', '10', '1E+1', '0.1', '0.10', '0.3', '1.5'],
  ...[
    '0.1000000000000000055511151231257827',
    '0.1000000000000000055511151231257828',
    '-0.1000000000000000055511151231257827',
  ],
  ...['9007199254740991', '9007199254740992', '9007199254740993', '9007199254740993.5', '-9007199254740993'],
  ...['9223372036854775807', '9223372036854775807.5', '9223372036854775808', '-9223372036854775808.1'],
  ...['1.797693134862315708145274237317043E+308', '1.797693134862315708145274237317044E+308', '1.8E+308', '-1.8E+308'],
  ...[
    '4.940656458412465441765687928682213E-324',
    '4.940656458412465441765687928682214E-324',
    '5E-324',
    '2E-324',
    '-2E-324',
  ],
  ...['1E+400', '-1E+400', '1E-400', '-1E-400', '1E-6176', '-1E-6176', '9.999999999999999999999999999999999E+6144'],
  ...[
    '-9.999999999999999999999999999999999E+6144',
    '9.999999999999999999999999999999998E+6144',
    'NaN',
    'Infinity',
    '-Infinity',
  ],
].map(decimal);
const TEXTS: Value[] = [
  ...[
    '',
    '\0',
    '\0\0',
    '\0\u0001',
    '\u0001',
    'a',
    'a\0',
    'a\0\0',
    'a\0a',
    'a\0ÿ',
    'a\u0001',
    'a ',
    'aa',
    'ab',
    'b',
    'A',
  ],
  ...[
    '\u007f',
    '\u0080',
    'é',
    'e\u0301',
    '\u07ff',
    '\u0800',
    '\ud7ff',
    '\ue000',
    '\ufffd',
    '\uffff',
    '\u{10000}',
    '😀',
    '\u{10ffff}',
  ],
  ...['a\u{10000}', 'a\uffff', 'a'.repeat(300), `${'a'.repeat(300)}\0`, 'a'.repeat(301)],
];
const binary = (subtype: number, ...bytes: number[]): Value => new Binary(subtype, Buffer.from(bytes));
const id = (first: number, last: number): Value => new ObjectId(Buffer.from([first, ...new Array(10).fill(0), last]));
const OTHERS: Value[] = [
  ...[null, true, false, new MinKey(), new MaxKey()],
  ...[
    binary(0),
    binary(4),
    binary(0, 0),
    binary(0, 255),
    binary(4, 0),
    binary(128, 0),
    binary(255, 0),
    binary(0, 0, 0),
  ],
  ...[binary(0, 1, 255), binary(0, ...new Array(255).fill(1)), binary(0, ...new Array(256).fill(0))],
  ...[id(0, 0), id(0, 1), id(0, 255), id(1, 0), id(127, 0), id(128, 0), id(255, 255)],
  ...[0n, 1n, -1n, 2n ** 31n, -(2n ** 31n), 2n ** 63n - 1n, -(2n ** 63n)].map((ms) => new DateTime(ms)),
  ...[0n, 1n, 2n ** 31n, 2n ** 32n, 2n ** 63n, 2n ** 64n - 1n].map((value) => new Timestamp(value)),
  ...[
    new Pattern('', ''),
    new Pattern('', 'i'),
    new Pattern('a', ''),
    new Pattern('a', 'i'),
    new Pattern('ab', ''),
    new Pattern('a', 'im'),
  ],
];
const doc = (...fields: [string, Value][]): Doc => new Map(fields);
const one = new Int32(1);
const DOCUMENTS: Value[] = [
  ...[
    doc(),
    doc(['', one]),
    doc(['a', one]),
    doc(['a', 1n]),
    doc(['a', 1.5]),
    doc(['a', null]),
    doc(['a', 'x']),
    doc(['b', one]),
  ],
  ...[
    doc(['a', one], ['b', one]),
    doc(['b', one], ['a', one]),
    doc(['a', one], ['a\u0001', one]),
    doc(['aa', one]),
    doc(['é', one]),
  ],
  ...[
    doc(['a', doc()]),
    doc(['a', doc(['a', one])]),
    doc(['a', []]),
    doc(['a', [one]]),
    doc(['a', new MinKey()]),
    doc(['a', new MaxKey()]),
  ],
  ...[
    doc(['a', null], ['b', null]),
    doc(['a', 'x'], ['b', one]),
    doc(['a', 'x\0'], ['b', one]),
    doc(['a', new DateTime(0n)]),
  ],
];
const ARRAYS: Value[] = [
  ...[
    [],
    [[]],
    [[[]]],
    [null],
    [null, null],
    [one],
    [1.5],
    [one, one],
    [one, null],
    [null, one],
    [[one], one],
    [[one, one]],
  ],
  ...[[new MinKey()], [new MaxKey()], [doc()], [doc(['a', one])], ['x'], ['x', ''], ['x\0'], ['xy'], [true], [[], one]],
];

/** Each of them has once been, or could be, in the wrong place. */
export const NASTY: readonly Value[] = [
  ...DOUBLES,
  ...INTEGERS,
  ...DECIMALS,
  ...TEXTS,
  ...OTHERS,
  ...DOCUMENTS,
  ...ARRAYS,
];
