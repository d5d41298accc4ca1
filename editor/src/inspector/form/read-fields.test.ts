import { nodes } from '@parley/nodes';
import { describe, expect, it } from 'vitest';
import type { Field } from './field.ts';
import { readFields } from './read-fields.ts';

/** Fields whose value may be anything: these alone are filled in as JSON, or as one lone variable. */
const JSON_FIELDS = ['data.transform/from', 'data.transform/steps/map/to', 'logic.loop/list'];
/** Inputs that draw what lies below them themselves. */
const WHOLE = new Set(['condition', 'hours', 'holidays', 'header', 'choices', 'names', 'several', 'days']);

const everyField = (fields: readonly Field[], path: string): [string, Field][] =>
  fields.flatMap((field): [string, Field][] => {
    const at = `${path}/${field.key}`;
    if (WHOLE.has(field.input)) return [[at, field]];
    return [
      [at, field],
      ...everyField(field.fields, at),
      ...(field.item && !WHOLE.has(field.item.input) ? everyField(field.item.fields, at) : []),
      ...field.variants.flatMap((variant) => everyField(variant.fields, `${at}/${variant.value}`)),
    ];
  });
const all = nodes.flatMap((type) => everyField(readFields(type), type.type));
const at = (wanted: string): Field | undefined => all.find(([path]) => path === wanted)?.[1];

describe('the form of every node type', () => {
  it('has an input of its own for each field, but for values that may be anything', () => {
    const raw = all.filter(([, { input }]) => input === 'json').map(([path]) => path);
    expect(raw.sort()).toEqual(JSON_FIELDS);
  });
  it('has a label for each field', () => {
    expect(all.filter(([, { label }]) => label === '').map(([path]) => path)).toEqual([]);
  });
  it('has words for each choice', () => {
    const bare = all.filter(
      ([path, { input, options }]) =>
        ['choice', 'several'].includes(input) &&
        path !== 'http.request/method' &&
        options.some(({ value, label }) => value === label),
    );
    expect(bare.map(([path]) => path)).toEqual([]);
  });
  it('reads limits, defaults and what is required', () => {
    expect(at('chat.buttons/text')).toMatchObject({ input: 'message', isRequired: true, maxLength: 1024 });
    expect(at('chat.buttons/buttons')).toMatchObject({ input: 'list', least: 1, most: 3 });
    expect(at('chat.ask/retries')).toMatchObject({ input: 'number', isWhole: true, least: 0, most: 10, fallback: 2 });
  });
});
