import {
  canonicalJson,
  fold,
  isObject,
  type Json,
  type JsonObject,
  readPath,
  valueToNumber,
  valueToText,
} from '@parley/runtime';
import { allOrAny } from '../../conditions.ts';
import type { TransformStep } from './step.ts';

/** Renders the templates of a step: with `item` and `index` for each item of a list, or as they stand. */
export interface Templates {
  perItem<Value>(value: Value): (item: Json, index: number) => Value;
  once(value: number | string): Json;
}

/** What a step makes of a value. Throws words for the author where the value is not what the step needs. */
export function applyStep(value: Json, step: TransformStep, templates: Templates): Json {
  switch (step.do) {
    case 'filter': {
      const conditions = templates.perItem(step.conditions);
      return listOf(value).filter((item, index) => allOrAny(step.match, conditions(item, index)));
    }
    case 'map':
      return listOf(value).map(templates.perItem(step.to));
    case 'pick':
      return Array.isArray(value) ? value.map((item) => pick(item, step.keys)) : pick(value, step.keys);
    case 'get':
      return at(value, step.path);
    case 'sort':
      return sorted(listOf(value), step);
    case 'unique':
      return [...byKey(listOf(value), step.by).values()].map(([first = null]) => first);
    case 'group':
      return [...byKey(listOf(value), step.by).values()].map((items) => ({
        key: at(items[0] ?? null, step.by),
        items,
      }));
    case 'sum':
      return sumOf(numbersOf(value, step.by));
    case 'average':
      return averageOf(numbersOf(value, step.by));
    case 'min':
      return numbersOf(value, step.by).reduce<number | null>((least, one) => Math.min(least ?? one, one), null);
    case 'max':
      return numbersOf(value, step.by).reduce<number | null>((most, one) => Math.max(most ?? one, one), null);
    case 'take':
      return listOf(value).slice(0, countOf(templates.once(step.count)));
    case 'skip':
      return listOf(value).slice(countOf(templates.once(step.count)));
    case 'join':
      return listOf(value)
        .map((item) => valueToText(item))
        .join(step.separator);
    case 'split':
      return textOf(value)
        .split(step.separator)
        .map((one) => one.trim())
        .filter(Boolean);
    case 'flatten':
      return listOf(value).flat();
    case 'reverse':
      return listOf(value).toReversed();
    case 'count':
      return Array.isArray(value) ? value.length : Object.keys(objectOf(value)).length;
    case 'first':
      return listOf(value)[0] ?? null;
    case 'last':
      return listOf(value).at(-1) ?? null;
    case 'entries':
      return Object.entries(objectOf(value)).map(([key, item]) => ({ key, value: item }));
    case 'parseJson':
      return parsed(textOf(value));
    case 'toJson':
      return JSON.stringify(value);
  }
}

export const wordFor = (value: Json): string => {
  if (value === null || value === '') return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'boolean') return 'yes or no';
  return typeof value === 'string' ? 'a text' : typeof value === 'number' ? 'a number' : 'an object';
};

const needs = (what: string, value: Json): Error => new Error(`it needs ${what}, but got ${wordFor(value)}`);

function listOf(value: Json): Json[] {
  if (!Array.isArray(value)) throw needs('a list', value);
  return value;
}

function objectOf(value: Json): JsonObject {
  if (!isObject(value)) throw needs('an object or a list', value);
  return value as JsonObject;
}

function textOf(value: Json): string {
  if (typeof value !== 'string' || value === '') throw needs('a text', value);
  return value;
}

function countOf(value: Json): number {
  const count = valueToNumber(value);
  if (count === null || count < 0 || !Number.isInteger(count))
    throw needs('a whole number from 0 for its count', value);
  return count;
}

/** The field of an item, or the item itself; null where it has no such field. */
const at = (item: Json, path?: string): Json =>
  path === undefined ? item : ((readPath(item, path) as Json | undefined) ?? null);

const pick = (item: Json, keys: readonly string[]): Json =>
  Object.fromEntries(Object.entries(objectOf(item)).filter(([key]) => keys.includes(key)));

/** Numbers before texts, texts as people sort them (case and accents aside), nothing at the end; equal ones keep their order. */
function sorted(list: Json[], { by, order }: Extract<TransformStep, { do: 'sort' }>): Json[] {
  const keyed = list.map((item) => {
    const key = at(item, by);
    const number = valueToNumber(key);
    const text = number === null ? fold(valueToText(key)) : '';
    return { item, number, text, rank: number !== null ? 0 : text !== '' ? 1 : 2 };
  });
  const sign = order === 'up' ? 1 : -1;
  keyed.sort((a, b) => {
    if (a.rank !== b.rank) return a.rank === 2 || b.rank === 2 ? a.rank - b.rank : sign * (a.rank - b.rank);
    if (a.number !== null && b.number !== null) return sign * Math.sign(a.number - b.number);
    return a.text === b.text ? 0 : a.text < b.text ? -sign : sign;
  });
  return keyed.map(({ item }) => item);
}

/** In the order in which each key comes first. */
function byKey(list: Json[], by: string | undefined): Map<string, Json[]> {
  const found = new Map<string, Json[]>();
  for (const item of list) {
    const key = canonicalJson(at(item, by));
    const group = found.get(key);
    if (group) group.push(item);
    else found.set(key, [item]);
  }
  return found;
}

/** Items without a number in the field count as nothing. */
const numbersOf = (value: Json, by: string | undefined): number[] =>
  listOf(value).flatMap((item) => valueToNumber(at(item, by)) ?? []);

// Decimal places people did not type are noise: 0.1 + 0.2 is 0.3.
const plainNumber = (number: number): number | null => valueToNumber(Number(number.toPrecision(15)));
const sumOf = (numbers: number[]): number | null => plainNumber(numbers.reduce((sum, one) => sum + one, 0));
const averageOf = (numbers: number[]): number | null => {
  const sum = sumOf(numbers);
  return sum === null || numbers.length === 0 ? null : plainNumber(sum / numbers.length);
};

/** What JSON can write and not read back as it was (-0, 1e999) becomes what it would be written as. */
function parsed(text: string): Json {
  try {
    return JSON.parse(text, (_, value: Json) =>
      typeof value === 'number' ? (Number.isFinite(value) ? value + 0 : null) : value,
    ) as Json;
  } catch {
    throw new Error(`it needs JSON, but "${text.slice(0, 40)}" cannot be read as such`);
  }
}
