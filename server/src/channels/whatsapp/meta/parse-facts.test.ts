import { expect, it } from 'vitest';
import { parseWebhook } from './parse.ts';
import { factsOf } from './parse-facts.ts';
import { parseJson } from './parse-json.ts';

const change = (field: string, value: string, time = 1) =>
  `{"entry":[{"id":102290129340398,"time":${time},"changes":[{"field":"${field}","value":${value}}]}]}`;
const read = (text: string) => {
  const [first] = parseWebhook(parseJson(text));
  const [element] = first?.elements ?? [];
  if (element?.kind !== 'other') throw new Error(`expected other, got ${element?.kind}`);
  return { account: first?.businessAccountId, ...element };
};

it('keeps every digit of a template id', () => {
  const id = '12345678901234567891';
  const { facts, raw, account } = read(
    change('message_template_status_update', `{"event":"REJECTED","message_template_id":${id},"reason":"SCAM"}`),
  );
  expect(facts).toEqual({ event: 'REJECTED', message_template_id: id, reason: 'SCAM' });
  expect(raw).toMatchObject({ message_template_id: id });
  expect(account).toBe('102290129340398');
});

it('gives an id as text whatever its length, and other numbers as numbers', () =>
  expect(read(change('x', '{"message_template_id":7,"limit":1000}')).facts).toEqual({
    message_template_id: '7',
    limit: 1_000,
  }));

it('leaves what only looks like a long number alone', () => {
  const text = '{"a":"b: 12345678901234567891","c":0.1234567890123456,"d":1e30,"e":[-12345678901234567891]}';
  expect(parseJson(text)).toEqual({
    a: 'b: 12345678901234567891',
    c: 0.123_456_789_012_345_6,
    d: 1e30,
    e: ['-12345678901234567891'],
  });
});

it('reads what is nested too deep for the slower reading', () => {
  const deep = `{"id":12345678901234567891,"deep":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  expect(parseJson(deep)).toMatchObject({ id: 12_345_678_901_234_567_000 });
});

it.each(['', '{', 'null1', '\uFEFF', '{"a":12345678901234567891'])('reads %j as nothing', (text) =>
  expect(parseJson(text)).toBeUndefined(),
);

it('reads past a byte order mark', () => expect(parseJson('\uFEFF{"a":1}')).toEqual({ a: 1 }));

it('tells the third event of the same words from the first, and neither from its redelivery', () => {
  const paused = (time: number) => read(change('message_template_status_update', '{"event":"PAUSED"}', time)).key;
  expect(paused(1)).toBe(paused(1));
  expect(paused(1)).not.toBe(paused(3));
});

it('stays small, however much there is', () => {
  const list = Array.from({ length: 10_000 }, (_, index) => ({ index, text: 'x'.repeat(10_000) }));
  const deep = JSON.parse(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`);
  const facts = factsOf({ metadata: {}, contacts: [], list, deep, nothing: null, hidden: undefined });
  expect(JSON.stringify(facts).length).toBeLessThan(60_000);
  expect(Object.keys(facts)).toEqual(['list', 'deep', 'nothing', 'hidden']);
});
