import { inboundMessage } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { readForm, readJsonForm } from './form.ts';
import { isSms, parseTwilio, smsElement } from './parse.ts';

const TEXT = {
  MessageSid: 'SM1',
  SmsSid: 'SM1',
  From: 'whatsapp:+27820000001',
  To: 'whatsapp:+14155238886',
  WaId: '27820000001',
  ProfileName: 'Ada',
  Body: 'hi',
  NumMedia: '0',
  ReferralNumMedia: '0',
  AccountSid: 'AC1',
};
const { Body: _body, ...WORDLESS } = TEXT;

function heard(params: Record<string, string>) {
  const element = parseTwilio(params);
  if (element.kind !== 'message') throw new Error(`this became ${element.kind}`);
  return element;
}

it('reads a text', () =>
  expect(heard({ ...TEXT, MessageType: 'text' })).toMatchObject({
    providerId: 'SM1',
    sentAt: null,
    from: { waId: '27820000001', bsuid: null, parentBsuid: null, username: null, groupId: null, name: 'Ada' },
    message: inboundMessage({ type: 'text', text: 'hi' }),
    files: [],
    speaks: true,
    replyTo: null,
    forwarded: false,
    optOut: null,
    error: null,
  }));

describe('the sender', () => {
  it.each([
    [
      'a prefixed id beside the phone',
      { ExternalUserId: 'whatsapp:CO.448A' },
      { waId: '27820000001', bsuid: 'CO.448A' },
    ],
    ['an id without the prefix', { ExternalUserId: 'IN.208' }, { waId: '27820000001', bsuid: 'IN.208' }],
    ['an id alone', { From: 'whatsapp:CO.448', WaId: '' }, { waId: null, bsuid: 'CO.448' }],
    ['a phone that only WaId tells', { From: 'whatsapp:CO.448' }, { waId: '27820000001', bsuid: 'CO.448' }],
    ['no prefix', { From: '+27820000001' }, { waId: '27820000001' }],
    ['another WaId than From', { From: 'whatsapp:+5215500000000', WaId: '525500000000' }, { waId: '5215500000000' }],
    [
      'an id of a whole portfolio',
      { ParentExternalUserId: 'whatsapp:CO.ENT.9' },
      { parentBsuid: 'CO.ENT.9', bsuid: null },
    ],
    ['a name that is not set', { ProfileName: '~' }, { name: null }],
    ['an empty name', { ProfileName: '' }, { name: null }],
    ['a user name', { ProfileName: '', ProfileUsername: '@ada' }, { name: 'ada', username: 'ada' }],
    ['nobody', { From: '', WaId: '' }, { waId: null, bsuid: null }],
    [
      'an address that is none',
      { From: 'whatsapp:+../x', WaId: 'x y', ExternalUserId: '$ne' },
      { waId: null, bsuid: null },
    ],
  ])('%s', (_, params, from) => expect(heard({ ...TEXT, ...params }).from).toMatchObject(from));

  it('is told by the metadata, where nothing else does', () => {
    const { ProfileName: _name, ...rest } = TEXT;
    const context = { ProfileName: 'Bo', Forwarded: true, __proto__: { WaId: '1' } };
    const ChannelMetadata = JSON.stringify({ type: 'whatsapp', data: { context } });
    expect(heard({ ...rest, ChannelMetadata })).toMatchObject({ from: { name: 'Bo' }, forwarded: true });
    expect(heard({ ...TEXT, ChannelMetadata }).from.name).toBe('Ada');
    expect(heard({ ...TEXT, ChannelMetadata: '{' }).from.name).toBe('Ada');
  });
});

describe('files', () => {
  const file = (contentType: string, more: Record<string, string> = {}) =>
    heard({ ...WORDLESS, MediaUrl0: 'https://api.twilio.com/ME0', MediaContentType0: contentType, ...more });

  it.each([
    ['image/jpeg', 'image'],
    ['image/webp', 'sticker'],
    ['video/mp4', 'video'],
    ['audio/ogg', 'audio'],
    ['audio/ogg; codecs=opus', 'audio'],
    ['application/pdf', 'document'],
    ['text/vcard', 'contacts'],
    ['text/x-vcard', 'contacts'],
    ['json', 'document'],
    ['', 'document'],
  ])('a file of type "%s" is: %s', (contentType, type) => {
    const { message, files } = file(contentType);
    expect(message.type).toBe(type);
    expect(files).toMatchObject([{ id: null, url: 'https://api.twilio.com/ME0', contentType: contentType || null }]);
    expect(message.media).toMatchObject({ url: 'https://api.twilio.com/ME0' });
  });

  it('says which were recorded with the microphone', () => {
    expect(file('audio/ogg').files[0]?.voice).toBe(true);
    expect(file('audio/mpeg').files[0]?.voice).toBe(false);
  });

  it('believes the type that is told: a picture sent as a file, a WebP that is no sticker', () => {
    expect(file('image/png', { MessageType: 'document' }).message.type).toBe('document');
    expect(file('image/webp', { MessageType: 'image' }).message.type).toBe('image');
  });

  it.each(['0', '1', '7', 'x', ''])('takes every file, whatever NumMedia says: "%s"', (NumMedia) => {
    const { message, files } = file('image/png', {
      Body: 'two',
      MediaUrl1: 'https://b/1',
      MediaUrl2: '',
      MediaUrl3: 'c',
      NumMedia,
    });
    expect(files.map(({ url }) => url)).toEqual(['https://api.twilio.com/ME0', 'https://b/1', 'c']);
    expect(message).toMatchObject({ text: 'two', media: { caption: 'two', contentType: 'image/png' } });
  });

  it('knows a document’s name from a caption', () => {
    const { message, files } = file('application/pdf', { Body: 'invoice.pdf' });
    expect([message.media?.filename, message.text, files[0]?.filename]).toEqual([
      'invoice.pdf',
      'invoice.pdf',
      'invoice.pdf',
    ]);
    expect(file('application/pdf', { Body: 'See my invoice' }).message.media?.filename).toBeNull();
    expect(file('application/pdf', { Body: '../../x.pdf' }).message.media?.filename).toBeNull();
  });

  it('says when a file has no address', () => {
    const { message, error } = heard({ ...WORDLESS, MessageType: 'image', NumMedia: '1' });
    expect(message).toMatchObject({ type: 'image', media: null });
    expect(error).toMatchObject({ code: 'media_missing' });
  });
});

it.each([
  ['a button', { ButtonText: 'Yes', ButtonPayload: 'yes_1', MessageType: 'interactive' }, 'Yes', 'yes_1'],
  [
    'a button of a template',
    { Body: 'Stop it', ButtonText: 'Stop it', ButtonType: 'x', MessageType: 'button' },
    'Stop it',
    'Stop it',
  ],
  ['a row', { ListId: 'coffee', ListTitle: 'Black coffee', Body: 'Black coffee' }, 'Black coffee', 'coffee'],
  ['a row as a button', { ButtonText: 'Black coffee', ButtonPayload: 'coffee' }, 'Black coffee', 'coffee'],
  [
    'a row as interactive data',
    { InteractiveData: '{"type":"list_reply","list_reply":{"id":"coffee","title":"Black coffee"}}' },
    'Black coffee',
    'coffee',
  ],
])('%s', (_, params, text, payload) =>
  expect(heard({ ...WORDLESS, ...params }).message).toMatchObject({ type: 'button', text, payload }),
);

describe('forms', () => {
  const form = (params: Record<string, string>) =>
    heard({ ...WORDLESS, MessageType: 'interactive', ...params }).message;

  it('are answers by their names, and what came with the flow beside them', () =>
    expect(form({ InteractiveData: '{"screen_0_name": "Ada"}', FlowData: '{"flow_token": "t"}' })).toMatchObject({
      type: 'form',
      data: { name: null, answers: { screen_0_name: 'Ada' }, flow: { flow_token: 't' } },
    }));

  it('may come as Meta has them', () => {
    const nfm_reply = { name: 'flow', body: 'Sent', response_json: '{"colour":"red"}' };
    expect(form({ InteractiveData: JSON.stringify({ type: 'nfm_reply', nfm_reply }) }).data).toEqual({
      name: 'flow',
      answers: { colour: 'red' },
    });
  });

  it.each(['not json', '[1,2]', '"text"', `${'['.repeat(1e5)}${']'.repeat(1e5)}`, '{"a":'])(
    'are kept, broken: %.12s',
    (text) => {
      const message = form({ InteractiveData: text });
      expect(message.type).toBe('form');
      expect(() => JSON.stringify(message)).not.toThrow();
    },
  );
});

it.each([
  ['12.16', '75.26', { latitude: 12.16, longitude: 75.26, name: 'Home', address: null }],
  ['-90', '180', { latitude: -90, longitude: 180, name: 'Home', address: null }],
  ['91', '0', null],
  ['', '0', null],
  ['north', 'east', null],
])('reads the place %s, %s', (Latitude, Longitude, location) => {
  const message = heard({ ...WORDLESS, MessageType: 'location', Latitude, Longitude, Label: 'Home' }).message;
  expect(message).toMatchObject({ type: 'location', location });
});

it('takes an advertisement by its id only', () => {
  const referral = { ReferralSourceType: 'ad', ReferralSourceUrl: 'https://fb.me/1', ReferralCtwaClid: 'c1' };
  expect(heard({ ...TEXT, ...referral }).message.referral).toBeNull();
  expect(heard({ ...TEXT, ...referral, ReferralSourceId: '12' }).message.referral).toEqual({
    sourceId: '12',
    sourceType: 'ad',
    sourceUrl: 'https://fb.me/1',
    clickId: 'c1',
  });
});

it('tells of quotes, of what was passed on, and of words that Twilio has handled', () => {
  const params = {
    OriginalRepliedMessageSid: 'SM0',
    FrequentlyForwarded: 'true',
    Forwarded: 'false',
    OptOutType: 'STOP',
  };
  expect(heard({ ...TEXT, ...params })).toMatchObject({ replyTo: 'SM0', forwarded: true, optOut: 'stop' });
  expect(heard({ ...TEXT, Forwarded: 'false', OptOutType: 'toString' })).toMatchObject({
    forwarded: false,
    optOut: null,
  });
});

it.each([
  ['poll_vote', '', { type: 'other', data: { type: 'poll_vote' } }, true],
  ['poll_vote', 'red', { type: 'text', text: 'red' }, true],
  ['constructor', '', { type: 'other', data: { type: 'constructor' } }, true],
  ['unsupported', '', { type: 'other' }, false],
  ['reaction', '👍', { type: 'reaction', text: '👍' }, false],
  ['', '', { type: 'text', text: '' }, true],
])('takes a message of type "%s" with the words "%s"', (MessageType, Body, message, speaks) =>
  expect(heard({ ...TEXT, MessageType, Body })).toMatchObject({ message, speaks }),
);

it('keeps as it came what has no id', () => {
  const { MessageSid: _one, SmsSid: _other, ...rest } = TEXT;
  const kept = parseTwilio(rest);
  expect(kept).toMatchObject({
    kind: 'other',
    field: 'messages',
    problem: 'This webhook names no MessageSid.',
    raw: rest,
  });
  expect(parseTwilio({ ...rest, Body: 'other' })).not.toMatchObject({ key: kept.kind === 'other' && kept.key });
});

it('knows an SMS from WhatsApp, though the prefix is missing', () => {
  const sms = { SmsSid: 'SM1', From: '+12345', To: '+14155238886', Body: 'hi' };
  expect(isSms(sms)).toBe(true);
  expect(smsElement(sms)).toMatchObject({ kind: 'other', field: 'sms', key: 'SM1' });
  expect(isSms(TEXT)).toBe(false);
  expect(isSms({ ...sms, WaId: '12345' })).toBe(false);
});

describe('a form', () => {
  it('holds every parameter, also a hostile one', () => {
    const form = readForm('a=1&b=&a=2&__proto__=x&c=%00+%ff');
    expect(Object.entries(form)).toEqual([
      ['a', ['1', '2']],
      ['b', ''],
      ['__proto__', 'x'],
      ['c', '\0 \ufffd'],
    ]);
    expect(Object.getPrototypeOf(form)).toBeNull();
  });

  it('may be JSON', () => {
    const form = readJsonForm('{"MessageSid":"SM1","NumMedia":0,"Label":null,"InteractiveData":{"a":1},"__proto__":1}');
    expect({ ...form }).toMatchObject({ MessageSid: 'SM1', NumMedia: '0', InteractiveData: '{"a":1}' });
    expect([readJsonForm('[]'), readJsonForm('{'), readJsonForm(''), readJsonForm('null')]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});

it('throws for nothing, whatever any parameter holds', () => {
  const names = [
    ...Object.keys(TEXT),
    ...['MessageType', 'MediaUrl0', 'MediaContentType0', 'ButtonText', 'ButtonPayload', 'ListId', 'InteractiveData'],
    ...['FlowData', 'ChannelMetadata', 'Latitude', 'Longitude', 'OptOutType', 'ExternalUserId', 'ProfileUsername'],
  ];
  const values = [
    '',
    '\0',
    '{}',
    '[]',
    'null',
    '{"data":[]}',
    '{"list_reply":{"id":1}}',
    '{"nfm_reply":1}',
    '1e999',
    '~',
    '@',
  ];
  for (const name of names) {
    for (const value of [...values, ['a', 'b'], []]) {
      const element = parseTwilio({ ...TEXT, [name]: value });
      expect(() => JSON.stringify(element)).not.toThrow();
    }
  }
});
