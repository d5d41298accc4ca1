import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { nearestName } from './nearest-name.ts';
import { issueText, parseFlow } from './parse-flow.ts';

const documentOf = (change: object) => ({ format: 'parley.flow/1', nodes: [], edges: [], ...change });
const told = (change: object) => parseFlow(documentOf(change)).problems.map(({ path, message }) => [path, message]);

describe('keys that nobody reads', () => {
  it('are warned of where they stand, with the one that was meant', () => {
    expect(told({ settings: { timzone: 'Europe/Lisbon' } })).toEqual([
      ['/settings/timzone', 'There is no field timzone here. Did you mean timezone?'],
    ]);
    expect(told({ variable: [] })).toEqual([['/variable', 'There is no field variable here. Did you mean variables?']]);
    expect(told({ variables: [{ name: 'a', inital: 1 }] })[0]?.[0]).toBe('/variables/0/inital');
    expect(told({ nodes: [{ id: 'a', type: 'chat.send', confg: {} }] })[0]?.[0]).toBe('/nodes/0/confg');
    const interrupts = [{ keywords: ['menu'], target: 'a', keyword: 'b' }];
    expect(told({ settings: { interrupts } })[0]?.[0]).toBe('/settings/interrupts/0/keyword');
  });
  it('leave the flow as it is: a newer release may read them', () =>
    expect(parseFlow(documentOf({ variable: [] })).flow).not.toBeNull());
  it('are all named where none is near', () =>
    expect(told({ edges: [{ id: 'e', source: 'a', sourceHandle: 'next', target: 'b', colour: 'red' }] })[0]?.[1]).toBe(
      'There is no field colour here. There are id, source, sourceHandle, target.',
    ));
  it('are told once for each slip, and not for ever', () => {
    const nodes = Array.from({ length: 9 }, (_, at) => ({ id: `n${at}`, type: 'chat.send', position: {} }));
    expect(told({ nodes })).toHaveLength(1);
    expect(told(Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`k${at}`, 1])))).toHaveLength(50);
  });
  it('may be those of other programs', () => expect(told({ $schema: 'flow.json', 'x-team': 'sales' })).toEqual([]));
});

describe('the name that was meant', () => {
  it.each([
    ['timzone', 'timezone'],
    ['TimeZone', 'timezone'],
    ['tiemzone', 'timezone'],
    ['retrys', 'retries'],
    ['colour', null],
    ['', null],
    ['x'.repeat(65), null],
  ])('%j: %j', (given, meant) => expect(nearestName(given, ['text', 'timezone', 'retries'])).toBe(meant));
});

describe('words for what zod words for programmers', () => {
  const schema = z.strictObject({
    text: z.string(),
    from: z.union([z.string(), z.array(z.string())]),
    kind: z.enum(['a', 'b']),
    own: z.string('Write something.'),
  });
  const words = (value: unknown) => (schema.safeParse(value).error?.issues ?? []).map(issueText);

  it('missing', () =>
    expect(words({})).toEqual([
      'text is missing.',
      'from is missing.',
      'kind: Write one of a, b.',
      'own: Write something.',
    ]));
  it('of another sort', () =>
    expect(words({ text: [], from: 'a', kind: 'c', own: '' })).toEqual([
      'text: Write a text, not a list.',
      'kind: Write one of a, b.',
    ]));
  it('fields that are not there', () => {
    const fine = { text: '', from: '', kind: 'a', own: '' };
    expect(words({ ...fine, txt: 1 })).toEqual(['There is no field txt here.']);
    const many = Object.fromEntries(Array.from({ length: 7 }, (_, at) => [`k${at}`, 1]));
    expect(words({ ...fine, ...many })).toEqual(['There is no field k0, k1, k2, k3, k4 and 2 more here.']);
  });
});
