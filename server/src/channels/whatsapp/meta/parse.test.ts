import { describe, expect, it } from 'vitest';
import type { ElementOf } from '../inbound.ts';
import { parseWebhook } from './parse.ts';
import { ANA, elements, webhook } from './testing/parse.ts';

describe('a webhook of another shape', () => {
  it.each<[string, unknown, number]>([
    ['nothing', undefined, 0],
    ['a text', 'hello', 0],
    ['a list', [webhook({})], 0],
    ['an empty object', {}, 0],
    ['no entry', { entry: [] }, 0],
    ['an entry that is none', { entry: ['x', null, 7, [1]] }, 4],
    ['an entry whose changes are none', { entry: [{ id: '1', changes: 'x' }, { id: '1' }] }, 2],
    ['no changes', { entry: [{ id: '1', changes: [] }] }, 0],
    ['a change that is none', { entry: [{ id: '1', changes: [null, 'x'] }] }, 2],
    ['a change without a value', { entry: [{ id: '1', changes: [{ field: 'messages' }] }] }, 1],
    ['a change with a list', { entry: [{ id: '1', changes: [{ field: 'messages', value: [1, 2] }] }] }, 1],
    ['messages that are none', webhook({ messages: 'x' }), 1],
    ['messages of junk', webhook({ messages: [null, 7, 'x', [], {}] }), 5],
  ])('reads %s without throwing', (_, body, count) => {
    expect(elements(body)).toHaveLength(count);
    expect(elements(body).every(({ kind }) => kind === 'other')).toBe(true);
  });

  it('reads an entry and a change that are objects instead of lists', () => {
    const [entry] = webhook({
      contacts: [ANA],
      messages: [{ from: '447700900001', id: 'wamid.1', text: { body: 'Hi' } }],
    }).entry;
    const [change] = entry?.changes ?? [];
    const [read] = parseWebhook({ entry: { ...entry, changes: change } });
    expect(read).toMatchObject({ phoneNumberId: '1001', businessAccountId: '2002', elements: [{ kind: 'message' }] });
  });

  it('reads numbers and accounts that are numbers, and a change that names no field', () => {
    const body = webhook({ messages: [{ from: 1, id: 'wamid.1', text: { body: 'Hi' } }] }, undefined, {
      phone_number_id: 1001,
    });
    const [entry] = body.entry;
    expect(parseWebhook({ entry: [{ ...entry, id: 2002 }] })).toMatchObject([
      { phoneNumberId: '1001', businessAccountId: '2002', elements: [{ kind: 'message', message: { text: 'Hi' } }] },
    ]);
  });

  it('keeps what stands where nothing is known of it, on every level', () => {
    const [entry] = webhook({ messages: [{ from: '1', id: 'wamid.1', text: { body: 'Hi' } }] }).entry;
    const [change] = entry?.changes ?? [];
    const body = {
      object: 'whatsapp_business_account',
      entry: [{ ...entry, time: 1, changes: [{ ...change, values: [1], note: 'x' }], more: { b: 2 } }],
      entries: [3],
    };
    expect(elements(body)).toMatchObject([
      { kind: 'message' },
      { kind: 'other', field: 'unknown', problem: 'Nothing is known of `values` here.', raw: { values: [1] } },
      { kind: 'other', raw: { more: { b: 2 } } },
      { kind: 'other', raw: { entries: [3] } },
    ]);
  });

  it('keeps a message without an id, and says why', () => {
    const raw = { from: '447700900001', type: 'text', text: { body: 'Hi' } };
    expect(elements(webhook({ messages: [raw] }))).toMatchObject([
      { kind: 'other', problem: 'This element has no id.', raw: { messages: raw } },
    ]);
  });

  it('keeps what comes beside the messages, each part by itself', () => {
    const message = { from: '447700900001', id: 'wamid.1', text: { body: 'Hi' } };
    const beside = {
      calls: [{ id: 'wacid.1' }, { id: 'wacid.2' }],
      errors: [{ code: 131000 }],
      statuses: 'x',
      polls: [7],
    };
    expect(elements(webhook({ contacts: [ANA], messages: [message], ...beside }))).toMatchObject([
      { kind: 'message' },
      { kind: 'other', field: 'messages', problem: null, raw: { calls: { id: 'wacid.1' } } },
      { kind: 'other', field: 'messages', problem: null, raw: { calls: { id: 'wacid.2' } } },
      { kind: 'other', field: 'messages', problem: null, raw: { errors: { code: 131000 } } },
      { kind: 'other', field: 'messages', problem: null, raw: { statuses: 'x' } },
      { kind: 'other', field: 'messages', problem: null, raw: { polls: [7] } },
    ]);
  });

  it('keeps another field whole, under a key that is the same when it comes again', () => {
    const field = () => elements(webhook({ event: 'APPROVED' }, 'message_template_status_update'))[0];
    expect(field()).toMatchObject({
      kind: 'other',
      field: 'message_template_status_update',
      raw: { event: 'APPROVED' },
    });
    expect(field()).toEqual(field());
    expect(elements(webhook({ event: 'REJECTED' }, 'message_template_status_update'))[0]).not.toMatchObject({
      key: (field() as { key: string }).key,
    });
  });

  it('changes no prototype, whatever the keys are called', () => {
    const text =
      '{"__proto__":{"polluted":1},"id":"wamid.1","from":"1","type":"poll","poll":{"__proto__":{"polluted":1}}}';
    const [element] = elements(webhook({ messages: [JSON.parse(text)], __proto__: { polluted: 1 } }));
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect((element as ElementOf<'message'>).message.data?.polluted).toBeUndefined();
    expect((element as ElementOf<'message'>).message.text).toBeNull();
  });

  it('reads 1,000 elements with one malformed: 999 messages and what the one was', () => {
    const messages: unknown[] = Array.from({ length: 1_000 }, (_, index) => ({
      from: '447700900001',
      id: `wamid.${index}`,
      text: { body: `${index}` },
    }));
    messages[500] = { id: { $ne: null }, text: { body: 'junk' } };
    const read = elements(webhook({ contacts: [ANA], messages }));
    expect(read.map((one) => one.kind).filter((kind) => kind === 'message')).toHaveLength(999);
    expect(read[500]).toMatchObject({ kind: 'other', raw: { messages: messages[500] } });
    expect(read[999]).toMatchObject({ providerId: 'wamid.999', message: { text: '999' } });
  });

  it('reads junk that is nested 100,000 levels deep', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expect(
      elements(webhook({ messages: [{ id: 'wamid.1', from: '1', type: 'poll', poll: { deep } }, deep] })),
    ).toMatchObject([{ kind: 'message' }, { kind: 'other' }]);
  });
});
