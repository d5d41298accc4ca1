import { describe, expect, it } from 'vitest';
import { flatFields, flatValue } from './flat-fields.ts';

describe('a body as rows', () => {
  it('is an object of texts, numbers and yes or no', () => {
    const body = { email: '{{email}}', age: 7, vip: true };
    expect(flatFields(body)).toEqual(Object.entries(body));
    expect(flatFields(undefined)).toEqual([]);
    expect(flatFields('')).toEqual([]);
  });
  it.each([[[1]], [{ a: { b: 1 } }], [{ a: null }], ['{{lead}}'], [7], [null]])('is not %j', (value) =>
    expect(flatFields(value)).toBeNull(),
  );
  it('keeps what a row held as a text', () => {
    expect(flatValue('12', '')).toBe(12);
    expect(flatValue('12', 1)).toBe(12);
    expect(flatValue('0123', '')).toBe('0123');
    expect(flatValue('10115', '1011')).toBe('10115');
    expect(flatValue('true', undefined)).toBe(true);
    expect(flatValue('{{age}}', 7)).toBe('{{age}}');
  });
});
