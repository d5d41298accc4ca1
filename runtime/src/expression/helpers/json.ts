import { jsonSize, MAX_DEPTH } from '../../json.ts';
import { helperGroup } from '../helper.ts';
import { plainJson } from '../plain.ts';
import { MAX_TEMPLATE_OUTPUT, type Rendering } from '../rendering.ts';
import { valueToNumber, valueToText } from '../value.ts';

const MAX_PATH = 200; // characters
const INDENT = 2;

const objectOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** Own properties only; `items.0` and `items.[0]` both name a place of a list. */
export function readAlong(value: unknown, path: string): unknown {
  if (path.length > MAX_PATH) return undefined;
  let at = value;
  for (const part of path === '' ? [] : path.split('.')) {
    const name = /^\[.*\]$/.test(part) ? part.slice(1, -1) : part;
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return typeof at === 'function' ? undefined : at;
}

function stringify([value, pretty]: unknown[], rendering: Rendering): string {
  const json = plainJson(value, rendering);
  // Counted before it is written; blanks of the pretty form and escapes come on top, and what is written is bounded by them.
  rendering.makesText(jsonSize(json, MAX_TEMPLATE_OUTPUT));
  const text = JSON.stringify(json, null, pretty === true ? INDENT : undefined);
  rendering.makesText(text.length);
  return text;
}

/** null for what is no JSON, and for what nests deeper than a session may remember. */
function parse([value]: unknown[], rendering: Rendering): unknown {
  const text = valueToText(value);
  try {
    const parsed: unknown = JSON.parse(text);
    return jsonSize(parsed, Number.MAX_SAFE_INTEGER, MAX_DEPTH) === Infinity ? null : plainJson(parsed, rendering);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null;
    throw error;
  }
}

function namesOf(value: unknown, rendering: Rendering): string[] {
  const names = Object.keys(objectOf(value));
  rendering.makesList(names.length);
  return names;
}

const scope = { order: { number: 12, items: ['tea', 'milk'] }, field: 'number' };

export const jsonHelpers = helperGroup('json', {
  json: {
    takes: 'value: value; pretty?: yes or no',
    gives: 'text',
    does: 'The value as JSON.',
    example: ['{{json order}}', '{"number":12,"items":["tea","milk"]}', scope],
    run: stringify,
  },
  parseJson: {
    takes: 'text: text',
    gives: 'value',
    does: 'The value that a text of JSON holds; nothing where it is none.',
    example: ['{{get (parseJson text) "a.b"}}', 1, { text: '{"a":{"b":1}}' }],
    run: parse,
  },
  get: {
    takes: 'value: value, path: text, otherwise?: value',
    gives: 'value',
    does: 'What lies under a path that is made while the bot runs.',
    example: ['{{get order field}}', 12, scope],
    run: ([value, path, otherwise]) => readAlong(value, valueToText(path)) ?? otherwise,
  },
  keys: {
    takes: 'value: object',
    gives: 'list',
    does: 'The names in an object.',
    example: ['{{keys order}}', ['number', 'items'], scope],
    run: ([value], rendering) => namesOf(value, rendering),
  },
  values: {
    takes: 'value: object',
    gives: 'list',
    does: 'The values in an object.',
    example: ['{{values order}}', [12, ['tea', 'milk']], scope],
    run: ([value], rendering) => namesOf(value, rendering).map((name) => objectOf(value)[name]),
  },
  entries: {
    takes: 'value: object',
    gives: 'list',
    does: 'A list of {key, value} of an object.',
    example: [
      '{{#each (entries prices)}}{{key}}: {{value}} {{/each}}',
      'tea: 2 milk: 1 ',
      { prices: { tea: 2, milk: 1 } },
    ],
    run: ([value], rendering) => namesOf(value, rendering).map((key) => ({ key, value: objectOf(value)[key] })),
  },
  object: {
    takes: '; ...: value',
    gives: 'object',
    does: 'An object of the named values.',
    example: ['{{object id=order.number paid=false}}', { id: 12, paid: false }, scope],
    run: (values, _, names) => Object.fromEntries(names.map((name, i) => [name, values[i] ?? null])),
  },
});

/** The place that a number names in a list, from its end where below 0. */
export const placeOf = (index: unknown): number => Math.trunc(valueToNumber(index) ?? Number.NaN);
