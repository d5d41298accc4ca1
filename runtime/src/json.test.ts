/// <reference types="node" />
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, jsonSize, quickHash, readPath, utf8Length, writePath } from './json.ts';

describe('paths', () => {
  it('writes a copy and leaves its neighbours alone', () => {
    const before = { order: { number: 1, items: [] }, name: 'Ana' };
    expect(writePath(before, 'order.number', 2)).toEqual({ order: { number: 2, items: [] }, name: 'Ana' });
    expect(before.order.number).toBe(1);
  });
  it('makes objects of what is in the way', () =>
    expect(writePath({ a: 1, b: [1] }, 'a.b.c', true)).toEqual({ a: { b: { c: true } }, b: [1] }));
  it.each(['__proto__', 'constructor', 'a.__proto__.b', 'a.constructor'])('never touches %s', (path) => {
    expect(JSON.stringify(writePath({ a: {} }, path, 'x'))).toBe('{"a":{}}');
    expect(readPath({ a: {} }, path)).toBe(undefined);
  });
  it('reads own properties only', () => {
    expect(readPath({ a: { b: [7] } }, 'a.b.0')).toBe(7);
    expect(readPath({ a: 'text' }, 'a.length')).toBe(undefined);
  });
});

describe('sizes', () => {
  it('counts UTF-8', () =>
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => utf8Length(text) === Buffer.byteLength(text))));
  it('is never less than half of the JSON, nor Infinity below the limit', () =>
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value = JSON.parse(text);
        const { length } = JSON.stringify(value);
        const size = jsonSize(value, 1_000_000);
        return size >= length / 7 && size <= 2 * length + 5;
      }),
    ));
  it('stops at a value that holds itself twice, forty times over', () => {
    let value: unknown = 1;
    for (let i = 0; i < 40; i++) value = [value, value];
    expect(jsonSize(value, 256_000)).toBe(Number.POSITIVE_INFINITY);
  });
  it('stops at depth', () => {
    const nest = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
    expect(jsonSize(nest(64), 256_000)).toBeLessThan(1_000);
    expect(jsonSize(nest(65), 256_000)).toBe(Number.POSITIVE_INFINITY);
    expect(jsonSize(nest(100_000), 256_000)).toBe(Number.POSITIVE_INFINITY);
  });
});

it('canonical JSON forgets the order of keys and nothing else', () => {
  expect(canonicalJson({ b: [1, { d: null, c: undefined }], a: 'x' })).toBe('{"a":"x","b":[1,{"d":null}]}');
});

it('hashes stay below 2^53 and tell seeds apart', () => {
  fc.assert(fc.property(fc.string(), (text) => Number.isSafeInteger(quickHash(text))));
  expect(quickHash('a', 0)).not.toBe(quickHash('a', 1));
});
