import { describe, expect, it } from 'vitest';
import { derivedId, newId } from './ids.ts';

const FORM = /^flw_[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

describe('a new id', () => {
  it('is a ULID behind its prefix', () => expect(newId('flw')).toMatch(FORM));

  it('sorts by the time of its making, also within one millisecond', () => {
    const at = new Date('2026-03-02T09:00:00Z');
    const ids = Array.from({ length: 100 }, () => newId('flw', at));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(100);
  });
});

describe('a derived id', () => {
  it('has the form of every id', () => {
    for (let index = 0; index < 200; index += 1) expect(derivedId('flw', `text ${index}`)).toMatch(FORM);
  });

  it('is the same for the same text, and another for another', () => {
    expect(derivedId('msg', 'cnv_1.e7')).toBe(derivedId('msg', 'cnv_1.e7'));
    expect(derivedId('msg', 'cnv_1.e7')).not.toBe(derivedId('msg', 'cnv_1.e8'));
  });
});
