import { describe, expect, it } from 'vitest';
import { type ElementOf, sender } from '../inbound.ts';
import { ANA, elements, heard, webhook } from './testing/parse.ts';

describe('who wrote', () => {
  const from = (raw: object, contacts: unknown) => heard({ text: { body: 'Hi' }, ...raw }, contacts).from;
  const nobody = sender({});

  it.each<[string, object, unknown, object]>([
    ['a phone', {}, [ANA], { waId: '447700900001', name: 'Ana Silva' }],
    [
      'a phone as a number',
      { from: 447700900001 },
      [{ ...ANA, wa_id: 447700900001 }],
      { waId: '447700900001', name: 'Ana Silva' },
    ],
    ['nobody beside it', {}, null, { waId: '447700900001' }],
    ['an empty list beside it', {}, [], { waId: '447700900001' }],
    ['a lone contact, not in a list', {}, ANA, { waId: '447700900001', name: 'Ana Silva' }],
    ['a contact without a profile', {}, [{ wa_id: '447700900001' }], { waId: '447700900001' }],
    [
      'a phone that is written otherwise',
      {},
      [{ ...ANA, wa_id: '7700900001' }],
      { waId: '447700900001', name: 'Ana Silva' },
    ],
    [
      'a phone and a business-scoped id',
      { from_user_id: 'GB.1' },
      [{ ...ANA, user_id: 'GB.1' }],
      { waId: '447700900001', bsuid: 'GB.1', name: 'Ana Silva' },
    ],
    ['a business-scoped id only', { from: undefined, from_user_id: 'GB.1' }, [], { bsuid: 'GB.1' }],
    [
      'a business-scoped id as the sender',
      { from: 'GB.1' },
      [{ user_id: 'GB.1', profile: { username: '@ana' } }],
      { bsuid: 'GB.1', username: 'ana', name: 'ana' },
    ],
    ['a business-scoped id beside it', { from: undefined }, [{ user_id: 'GB.1' }], { bsuid: 'GB.1' }],
    ['a group', { group_id: 'g.1' }, [ANA], { waId: '447700900001', groupId: 'g.1', name: 'Ana Silva' }],
    ['nobody at all', { from: undefined }, [], {}],
    ['junk', { from: { a: 1 } }, ['x', null, 7], {}],
  ])('finds %s', (_, raw, contacts, sender) => {
    expect(from(raw, contacts)).toEqual({ ...nobody, ...sender });
  });

  it('gives nobody the name or the id of another, where contacts and messages are out of step', () => {
    const bo = { wa_id: '447700900002', user_id: 'GB.2', profile: { name: 'Bo' } };
    const messages = ['447700900001', '447700900002', '447700900003'].map((phone, index) => ({
      from: phone,
      id: `wamid.${index}`,
      text: { body: 'Hi' },
    }));
    const senders = (contacts: object[]) =>
      elements(webhook({ contacts, messages })).map((one) => (one as ElementOf<'message'>).from);
    const expected = [
      { ...nobody, waId: '447700900001' },
      { ...nobody, waId: '447700900002', bsuid: 'GB.2', name: 'Bo' },
      { ...nobody, waId: '447700900003' },
    ];
    expect(senders([bo])).toEqual(expected);
    expect(senders([bo, { wa_id: '1' }, { user_id: 'GB.9', profile: { name: 'Cy' } }])).toEqual(expected);
  });
});
