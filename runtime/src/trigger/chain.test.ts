import { describe, expect, it } from 'vitest';
import { type Chain, chainOf, lengthened } from './chain.ts';

const NOON = '2026-03-02T12:00:00.000Z';
const chain = (length: number, since = NOON): Chain => ({ length, since });

describe('a chain of flows', () => {
  it('begins with what a flow asks for, never with what came from outside', () => {
    expect(lengthened(null, chain(7), NOON)).toBeNull();
    expect(lengthened(chainOf(null, NOON), null, NOON)).toEqual(chain(1));
  });
  it('goes on from the longer one: two that each begin two are no tree', () => {
    expect(lengthened(chain(2), chain(5), NOON)).toEqual(chain(6));
    expect(lengthened(chain(5), chain(2), NOON)).toEqual(chain(6));
  });
  it('ends at ten', () => {
    expect(lengthened(chain(9), null, NOON)).toEqual(chain(10));
    expect(lengthened(chain(10), null, NOON)).toBe('too-long');
    expect(lengthened(chain(1), chain(10), NOON)).toBe('too-long');
  });
  it('begins anew after ten minutes', () => {
    expect(lengthened(chain(10, '2026-03-02T11:50:00.000Z'), null, NOON)).toBe('too-long');
    expect(lengthened(chain(10, '2026-03-02T11:49:59.999Z'), null, NOON)).toEqual(chain(1));
  });
});
