import { isObject, type Json, valueToText } from '@parley/runtime';

/** A node's config read without trust: it may be half written, or by hand. */
export interface Config {
  text: (key: string) => string;
  list: (key: string) => readonly Config[];
  /** The strings of a list. */
  texts: (key: string) => readonly string[];
  object: (key: string) => Config;
  entries: (key: string) => readonly [name: string, value: string][];
  /** Every setting there is. */
  all: () => readonly [name: string, value: string][];
  is: (key: string) => boolean;
  /** The value as it stands. */
  value: (key: string) => unknown;
}

export function readConfig(value: unknown): Config {
  const fields = isObject(value) ? value : {};
  const listOf = (key: string): readonly unknown[] => {
    const list = fields[key];
    return Array.isArray(list) ? list : [];
  };
  return {
    text: (key) => textOf(fields[key]),
    list: (key) => listOf(key).map(readConfig),
    texts: (key) => listOf(key).map(textOf).filter(Boolean),
    object: (key) => readConfig(fields[key]),
    entries: (key) => readConfig(fields[key]).all(),
    all: () => Object.entries(fields).map(([name, one]) => [name, textOf(one)]),
    is: (key) => fields[key] === true,
    value: (key) => fields[key],
  };
}

/** Lists and objects are told as JSON, cut short by the card. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  return valueToText(value as Json);
}
