import mongoose from 'mongoose';
import { describe, expect, it } from 'vitest';
import { type Fields, fromDoc, toDoc } from '../testing/engine.ts';
import { compileProjection } from './project.ts';

const { BSON } = mongoose.mongo;
const NOW = new Date('2026-01-01T00:00:00Z');

function project(spec: Fields, document: Fields): Fields {
  const projection = compileProjection(toDoc(spec), true);
  if (!projection) throw new Error('an empty projection');
  return fromDoc(projection(toDoc(document), NOW));
}

describe('$project', () => {
  const mixed = { _id: 1, a: [{ b: 1, c: 2 }, 'x', null, [{ b: 3, c: 4 }]] };
  const cases: [Fields, Fields, Fields][] = [
    [{ a: 1 }, { _id: 1, a: 2, b: 3 }, { _id: 1, a: 2 }],
    [{ a: BSON.Decimal128.fromString('1E-6176') }, { _id: 1, a: 2, b: 3 }, { _id: 1, a: 2 }],
    [{ a: 1, _id: 0 }, { _id: 1, a: 2, b: 3 }, { a: 2 }],
    [{ _id: 1 }, { _id: 1, a: 2 }, { _id: 1 }],
    [
      { _id: 1, a: 0 },
      { _id: 1, a: 2, b: 3 },
      { _id: 1, b: 3 },
    ],
    [{ 'a.b': 1 }, mixed, { _id: 1, a: [{ b: 1 }, [{ b: 3 }]] }],
    [{ 'a.b': 0 }, mixed, { _id: 1, a: [{ c: 2 }, 'x', null, [{ c: 4 }]] }],
    [{ 'a.b': 'new' }, mixed, { _id: 1, a: [{ b: 'new' }, { b: 'new' }, { b: 'new' }, [{ b: 'new' }]] }],
    [{ 'a.b': { $literal: 9 } }, { _id: 1, a: 42 }, { _id: 1, a: { b: 9 } }],
    [{ a: { b: { $literal: 9 }, c: 1 } }, { _id: 1, a: { c: 2, d: 3 } }, { _id: 1, a: { c: 2, b: 9 } }],
    [{ 'a.b': { $literal: 9 } }, { _id: 1 }, { _id: 1, a: { b: 9 } }],
    [
      { a: '$none', b: 1 },
      { _id: 1, a: 5, b: 6 },
      { _id: 1, b: 6 },
    ],
    [{ sum: { $add: ['$a', 1] } }, { _id: 1, a: 5 }, { _id: 1, sum: 6 }],
    [{ list: ['$a', '$none'] }, { _id: 1, a: 5 }, { _id: 1, list: [5, null] }],
  ];
  it.each(cases)('%j of %j', (spec, document, expected) => expect(project(spec, document)).toEqual(expected));
});

describe('a projection that is refused', () => {
  const cases: [Fields, number][] = [
    [{ a: 1, b: 0 }, 31254],
    [{ a: 0, b: 1 }, 31253],
    [{ a: { x: 0, y: 1 } }, 31253],
    [{ a: 0, b: { $add: [1, 2] } }, 31252],
    [{ a: 0, b: '$c' }, 31310],
    [{ a: 0, b: null }, 31310],
    [{ a: 0, b: [1] }, 31310],
    [{ a: '$b', c: 0 }, 31254],
    [{ a: {} }, 51270],
    [{ '': 1 }, 40352],
    [{ 'a.': 1 }, 40353],
    [{ '.a': 1 }, 15998],
    [{ 'a..b': 1 }, 15998],
    [{ $a: 1 }, 16410],
    [{ 'a.$b': 1 }, 16410],
    [{ a: { $add: [1], $subtract: [1] } }, 16410],
    [{ a: { b: 1, $add: [1] } }, 16410],
    [{ 'a.$': 1 }, 31324],
    [{ [Array(201).fill('a').join('.')]: 1 }, 15],
    [{ a: 1, 'a.b': 1 }, 31249],
    [{ 'a.b': 1, a: 1 }, 31250],
    [{ _id: 1, '_id.a': 1 }, 31249],
    [{ '_id.a': 1, _id: 1 }, 31250],
  ];
  it.each(cases)('%j', (spec, code) => {
    expect(() => compileProjection(toDoc(spec), true)).toThrow(expect.objectContaining({ code }));
  });

  it('is one with an expression, outside of $project', () => {
    expect(() => compileProjection(toDoc({ a: '$b' }))).toThrow(expect.objectContaining({ code: 31325 }));
  });
});
