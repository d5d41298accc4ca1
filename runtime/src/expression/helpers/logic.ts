import { holds } from '../condition.ts';
import { fold } from '../fold.ts';
import { helperGroup } from '../helper.ts';
import { isTruthy, valueToNumber, valueToText } from '../value.ts';

const OBJECT_STEPS = 4; // its names are listed, however many there are

const compared =
  (accepts: (sign: number) => boolean) =>
  ([left, right]: unknown[]): boolean => {
    const a = valueToNumber(left);
    const b = valueToNumber(right);
    if (a !== null && b !== null) return accepts(Math.sign(a - b));
    const [x, y] = [fold(valueToText(left)), fold(valueToText(right))];
    return accepts(x < y ? -1 : x > y ? 1 : 0);
  };

const scope = { order: { total: 12, items: ['tea', 'milk'] }, city: 'São Paulo', nothing: '' };

/** Questions that are answered yes or no; texts compare without case and accents, two numbers as numbers. */
export const logicHelpers = helperGroup('logic', {
  eq: {
    takes: 'left: value, right: value',
    gives: 'yes or no',
    does: 'Whether two values are the same, without minding case and accents.',
    example: ['{{eq city "sao paulo"}}', true, scope],
    run: compared((sign) => sign === 0),
  },
  ne: {
    takes: 'left: value, right: value',
    gives: 'yes or no',
    does: 'Whether two values differ.',
    example: ['{{ne order.total 12}}', false, scope],
    run: compared((sign) => sign !== 0),
  },
  lt: {
    takes: 'left: value, right: value',
    gives: 'yes or no',
    does: 'Whether the first value is below the second.',
    example: ['{{lt order.total 20}}', true, scope],
    run: compared((sign) => sign < 0),
  },
  lte: {
    takes: 'left: value, right: value',
    gives: 'yes or no',
    does: 'Whether the first value is at most the second.',
    example: ['{{lte order.total 12}}', true, scope],
    run: compared((sign) => sign <= 0),
  },
  gt: {
    takes: 'left: value, right: value',
    gives: 'yes or no',
    does: 'Whether the first value is above the second.',
    example: ['{{gt order.total 20}}', false, scope],
    run: compared((sign) => sign > 0),
  },
  gte: {
    takes: 'left: value, right: value',
    gives: 'yes or no',
    does: 'Whether the first value is at least the second.',
    example: ['{{gte order.total 12}}', true, scope],
    run: compared((sign) => sign >= 0),
  },
  and: {
    takes: '...conditions: value',
    gives: 'yes or no',
    does: 'Whether all values hold.',
    example: ['{{and order.total city}}', true, scope],
    run: (conditions) => conditions.every(isTruthy),
  },
  or: {
    takes: '...conditions: value',
    gives: 'yes or no',
    does: 'Whether one of the values holds.',
    example: ['{{or nothing city}}', true, scope],
    run: (conditions) => conditions.some(isTruthy),
  },
  not: {
    takes: 'condition: value',
    gives: 'yes or no',
    does: 'Whether a value is empty, no or 0.',
    example: ['{{not nothing}}', true, scope],
    run: ([condition]) => !isTruthy(condition),
  },
  contains: {
    takes: 'value: text or list, wanted: value',
    gives: 'yes or no',
    does: 'Whether a text or a list holds a value.',
    example: ['{{contains order.items "Tea"}}', true, scope],
    run: ([left, right]) => holds('contains', { left, right }),
  },
  in: {
    takes: 'value: value, list: list',
    gives: 'yes or no',
    does: 'Whether a value is one of a list, or of a text with commas.',
    example: ['{{in city "Lisbon, Sao Paulo"}}', true, scope],
    run: ([left, right]) => holds('in', { left, right }),
  },
  isEmpty: {
    takes: 'value: value',
    gives: 'yes or no',
    does: 'Whether there is nothing: no value, blanks only, an empty list or object. 0 and no are something.',
    example: ['{{isEmpty nothing}}', true, scope],
    run: ([left], rendering) => {
      if (typeof left === 'object') rendering.step(OBJECT_STEPS);
      return holds('isEmpty', { left, right: null });
    },
  },
});
