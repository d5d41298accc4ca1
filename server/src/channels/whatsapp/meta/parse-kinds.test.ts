import { describe, expect, it } from 'vitest';
import { sender } from '../inbound.ts';
import { elements, told, webhook } from './testing/parse.ts';

const AT = new Date('2026-03-02T09:00:00Z');

describe('what changes a message that was there before', () => {
  const edit = (part: unknown) => told({ type: 'edit', edit: part });

  it('reads an edit, with the words and the file that now stand there', () =>
    expect(
      edit({
        original_message_id: 'wamid.0',
        message: { type: 'image', image: { id: '31', caption: 'new', mime_type: 'image/jpeg', url: 'https://x/1' } },
      }),
    ).toMatchObject({
      kind: 'edit',
      providerId: 'wamid.1',
      target: 'wamid.0',
      sentAt: AT,
      from: { waId: '447700900001' },
      message: { type: 'image', text: 'new' },
      files: [{ id: '31', url: 'https://x/1' }],
    }));

  it('reads a message that was taken back', () =>
    expect(told({ type: 'revoke', revoke: { original_message_id: 'wamid.0' } })).toMatchObject({
      kind: 'revoke',
      providerId: 'wamid.1',
      target: 'wamid.0',
      sentAt: AT,
    }));

  it.each([[undefined], ['wamid.0'], [{}], [{ original_message_id: 'wamid.0' }], [{ message: { type: 'text' } }]])(
    'keeps an edit of %j as a silent message',
    (part) => expect(edit(part)).toMatchObject({ kind: 'message', speaks: false, message: { type: 'other' } }),
  );

  it('reads a reaction and one taken back, each about its target', () => {
    const reaction = (part: object) => told({ type: 'reaction', reaction: part, context: { id: 'wamid.9' } });
    const about = { kind: 'message', speaks: false, replyTo: 'wamid.0' };
    expect(reaction({ message_id: 'wamid.0', emoji: '😮' })).toMatchObject({ ...about, message: { text: '😮' } });
    expect(reaction({ message_id: 'wamid.0', emoji: '' })).toMatchObject({ ...about, message: { text: null } });
    expect(reaction({ message_id: 'wamid.0' })).toMatchObject({ ...about, message: { text: null } });
  });
});

describe('who goes by another name', () => {
  const nobody = { waId: null, bsuid: null, parentBsuid: null };

  it('reads a changed number', () =>
    expect(
      told({ type: 'system', system: { type: 'user_changed_number', wa_id: '447700900002', body: 'Ana changed' } }),
    ).toMatchObject({
      kind: 'identity',
      key: 'wamid.1',
      at: AT,
      previous: { ...nobody, waId: '447700900001' },
      current: { ...nobody, waId: '447700900002' },
      notice: 'Ana changed',
    }));

  it('reads the older form of it', () =>
    expect(
      told({ from: '', type: 'system', system: { customer: '447700900001', new_wa_id: '447700900002' } }),
    ).toMatchObject({ previous: { waId: '447700900001' }, current: { waId: '447700900002' } }));

  const changed = (body: string) =>
    told({ from: undefined, type: 'system', system: { type: 'user_changed_user_id', user_id: 'US.2', body } });

  it('finds the old id where only the sentence names it', () =>
    expect(changed('User Ana changed from US.1 to US.2')).toMatchObject({
      previous: { ...nobody, bsuid: 'US.1' },
      current: { ...nobody, bsuid: 'US.2' },
    }));

  it.each(['User US.7 changed from US.1 to US.2', 'User Ana changed from US.2 to US.1', 'User Ana changed', ''])(
    'believes no sentence that may be a chosen name: %s',
    (body) => expect(changed(body)).toMatchObject({ previous: nobody, current: { bsuid: 'US.2' } }),
  );

  it('keeps a new device as a silent message', () =>
    expect(told({ type: 'system', system: { type: 'customer_identity_changed', body: 'Ana changed' } })).toMatchObject({
      kind: 'message',
      speaks: false,
      message: { text: 'Ana changed' },
    }));

  it('reads the field of changed ids', () => {
    const update = {
      wa_id: '447700900001',
      detail: 'Changed.',
      user_id: { previous: 'US.1', current: 'US.2' },
      parent_user_id: { previous: 'US.ENT.1', current: 'US.ENT.2' },
      timestamp: '1772442000',
    };
    const [element] = elements(webhook({ user_id_update: [update] }, 'user_id_update'));
    expect(element).toMatchObject({
      kind: 'identity',
      at: AT,
      previous: { waId: '447700900001', bsuid: 'US.1', parentBsuid: 'US.ENT.1' },
      current: { waId: '447700900001', bsuid: 'US.2', parentBsuid: 'US.ENT.2' },
    });
    expect(elements(webhook({ user_id_update: [update] }, 'user_id_update'))).toEqual([element]);
    const broken = elements(webhook({ user_id_update: [{ wa_id: '1' }, null] }, 'user_id_update'));
    expect(broken.map(({ kind }) => kind)).toEqual(['other', 'other']);
  });
});

describe('what a person prefers', () => {
  const wish = { wa_id: '447700900001', category: 'marketing_messages', timestamp: 1_772_442_000 };
  const preference = (fields: object, contacts: unknown = []) =>
    elements(webhook({ contacts, user_preferences: [{ ...wish, ...fields }] }, 'user_preferences'))[0];

  it.each([
    ['stop', false],
    ['resume', true],
  ])('reads %s', (value, marketing) =>
    expect(preference({ value })).toMatchObject({
      kind: 'preference',
      at: AT,
      marketing,
      from: sender({ waId: '447700900001' }),
    }),
  );

  it('never opts out a stranger who only stands beside it', () =>
    expect(preference({ value: 'stop' }, [{ wa_id: '447700900002', user_id: 'GB.2' }])).toMatchObject({
      from: sender({ waId: '447700900001' }),
    }));

  it.each([[{ value: 'maybe' }], [{ value: 'stop', category: 'utility' }], [{ value: 'stop', wa_id: undefined }]])(
    'keeps %j as it came',
    (fields) => expect(preference(fields)).toMatchObject({ kind: 'other', field: 'user_preferences' }),
  );
});

it('reads what the business wrote from its phone', () => {
  const echo = { from: '15550001111', to: '447700900001', id: 'wamid.7', timestamp: '1772442000' };
  const value = { message_echoes: [{ ...echo, type: 'text', text: { body: 'Hi' } }, { text: { body: 'lost' } }] };
  expect(elements(webhook(value, 'smb_message_echoes'))).toMatchObject([
    { kind: 'echo', providerId: 'wamid.7', sentAt: AT, to: { waId: '447700900001' }, message: { text: 'Hi' } },
    { kind: 'other', field: 'smb_message_echoes', problem: 'This element has no id.' },
  ]);
  expect(elements(webhook(value, 'messages'))[0]).toMatchObject({ kind: 'echo' });
});

describe('files', () => {
  it('come with their checksum, their address, and how they were made', () => {
    const audio = { id: '33', mime_type: 'audio/ogg', sha256: 'c2hh', voice: true, url: 'https://x/33' };
    const file = { id: '33', url: 'https://x/33', contentType: 'audio/ogg', filename: null, sha256: 'c2hh' };
    expect(told({ type: 'audio', audio })).toMatchObject({ files: [{ ...file, voice: true, animated: false }] });
    expect(told({ type: 'voice', voice: { id: '1' } })).toMatchObject({ files: [{ voice: true }] });
    expect(told({ type: 'sticker', sticker: { id: '1', animated: true } })).toMatchObject({
      files: [{ animated: true }],
    });
  });

  it('that WhatsApp could not hand over come as the reason', () => {
    const errors = [{ code: 131052, title: 'Media download error', error_data: { details: 'Too large.' } }];
    expect(told({ type: 'image', image: {}, errors })).toMatchObject({
      kind: 'message',
      files: [],
      error: { code: '131052', reason: 'Too large.' },
    });
  });
});

it('knows what was passed on from what was quoted', () => {
  expect(told({ context: { forwarded: true }, text: { body: 'Hi' } })).toMatchObject({
    forwarded: true,
    replyTo: null,
  });
  expect(told({ context: { frequently_forwarded: true }, text: { body: 'Hi' } })).toMatchObject({ forwarded: true });
  expect(told({ context: { id: 'wamid.0' }, text: { body: 'Hi' } })).toMatchObject({
    forwarded: false,
    replyTo: 'wamid.0',
  });
});
