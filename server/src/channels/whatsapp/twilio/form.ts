import { isObject } from '@parley/runtime';
import { MAX_DEPTH, nestsDeeper } from '../nesting.ts';

/** A webhook's parameters; one that came more than once is a list. Made without a prototype: names are the sender's. */
export type Form = Readonly<Record<string, string | readonly string[]>>;

/** Reads `application/x-www-form-urlencoded` as Twilio signs it: every parameter, the empty ones too. */
export function readForm(body: string): Form {
  const lists = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(body)) {
    const list = lists.get(name);
    if (list) list.push(value);
    else lists.set(name, [value]);
  }
  const form: Record<string, string | string[]> = Object.create(null);
  for (const [name, values] of lists) form[name] = values.length === 1 ? (values[0] ?? '') : values;
  return form;
}

/** The same parameters from a JSON body: what is itself an object stays JSON in a text. Null where it is no object. */
export function readJsonForm(body: string): Form | null {
  const value = parseJson(body);
  if (!isObject(value)) return null;
  const form: Record<string, string> = Object.create(null);
  for (const [name, given] of Object.entries(value)) {
    if (given !== null) form[name] = typeof given === 'object' ? JSON.stringify(given) : String(given);
  }
  return form;
}

/** The first value of a parameter; null where it is absent or empty, which Twilio means the same by. */
export function paramOf(form: Form, name: string): string | null {
  const value = form[name];
  return (typeof value === 'string' ? value : value?.[0]) || null;
}

/** A parameter's JSON, undefined where it is none or nests without end. */
export function parseJson(text: string | null): unknown {
  if (text === null || nestsDeeper(text, MAX_DEPTH)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
