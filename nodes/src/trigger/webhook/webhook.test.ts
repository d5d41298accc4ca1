import { expect, it } from 'vitest';
import { recipientOf } from './node.ts';

it.each<[string, Record<string, string>, unknown, unknown]>([
  ['a number', {}, { phone: '+447700900001' }, { phone: '+447700900001', name: null }],
  ['without a plus', {}, { phone: 351912345678 }, { phone: '+351912345678', name: null }],
  ['with two zeros and blanks', {}, { phone: ' 00351 912 345 678 ' }, { phone: '+351912345678', name: null }],
  [
    'somewhere inside, with a name',
    { phone: 'orders.0.customer.phone', name: 'orders.0.customer.name' },
    { orders: [{ customer: { phone: '+351912345678', name: ' Ana ' } }] },
    { phone: '+351912345678', name: 'Ana' },
  ],
  [
    'a name that is none',
    { name: 'who' },
    { phone: '+351912345678', who: { a: 1 } },
    { phone: '+351912345678', name: null },
  ],
])('finds the person: %s', (_, config, body, expected) => expect(recipientOf(config, body)).toEqual(expected));

it.each<[string, Record<string, string>, unknown, RegExp]>([
  ['no number', {}, { telephone: '+447700900001' }, /no number at "phone"/],
  ['no phone number', {}, { phone: 'Ana' }, /"Ana" at "phone" is no phone number/],
  ['too short', {}, { phone: '+3519' }, /no phone number/],
  ['no object', {}, [1, 2], /no number/],
  ['nothing', {}, null, /no number/],
  ['a path to the prototype', { phone: '__proto__.toString' }, {}, /no number/],
  ['a text of a megabyte', {}, { phone: '1'.repeat(1_000_000) }, /no phone number/],
])('says what is wrong: %s', (_, config, body, problem) =>
  expect(recipientOf(config, body)).toEqual({ problem: expect.stringMatching(problem) }),
);
