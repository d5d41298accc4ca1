import type { JsonObject } from '@parley/runtime';
import { BUSINESS_ACCOUNT_ID, PHONE_NUMBER_ID } from '@parley/server/src/testing/meta.ts';

/** One webhook of each kind in few words, for where the collection of recordings is not at hand. */
const FROM = { from: '447911123456', timestamp: '1772442000', id: 'wamid.1' };
const MEDIA = { id: '31', mime_type: 'image/jpeg', sha256: 'c2hh', url: 'https://media.example.com/31' };

const said = (type: string, part: unknown, rest: JsonObject = {}) => ({
  contacts: [{ wa_id: FROM.from, user_id: 'GB.1', profile: { name: 'Zoë', username: '@zoe' } }],
  messages: [{ ...FROM, type, [type]: part, ...rest }],
});
const interactive = (type: string, part: unknown) => said('interactive', { type, [type]: part });
const became = (status: string, rest: object = {}) => ({
  statuses: [{ id: 'wamid.out', status, timestamp: '1772442000', recipient_id: FROM.from, ...rest }],
});

const VALUES: [string, object][] = [
  ['messages', said('text', { body: 'Hi' })],
  ['messages', said('text', { body: 'Hi' }, { context: { id: 'wamid.0', from: '15550783881' } })],
  ['messages', said('text', { body: 'Hi' }, { context: { forwarded: true }, group_id: 'group.1' })],
  ['messages', said('text', { body: 'Hi' }, { referral: { source_id: '9', source_type: 'ad', headline: 'Sale' } })],
  ['messages', said('image', { ...MEDIA, caption: 'a cat' })],
  ['messages', said('audio', { ...MEDIA, mime_type: 'audio/ogg; codecs=opus', voice: true })],
  ['messages', said('document', { ...MEDIA, filename: 'bill.pdf' })],
  ['messages', said('sticker', { ...MEDIA, animated: true })],
  ['messages', said('location', { latitude: 51.5, longitude: -0.1, name: 'The shop' })],
  ['messages', said('contacts', [{ name: { formatted_name: 'Bo' }, phones: [{ phone: '+1', wa_id: '1' }] }])],
  ['messages', said('button', { text: 'Yes', payload: 'yes' })],
  ['messages', interactive('button_reply', { id: 'b1', title: 'One' })],
  ['messages', interactive('list_reply', { id: 'r1', title: 'Fast', description: 'Next day' })],
  ['messages', interactive('nfm_reply', { name: 'flow', body: 'Sent', response_json: '{"rating":"4"}' })],
  ['messages', said('order', { catalog_id: '7', text: '', product_items: [{ quantity: 2 }] })],
  ['messages', said('reaction', { message_id: 'wamid.0', emoji: '👍' })],
  ['messages', said('edit', { original_message_id: 'wamid.0', message: { type: 'text', text: { body: 'Hi!' } } })],
  ['messages', said('revoke', { original_message_id: 'wamid.0' })],
  ['messages', said('system', { type: 'user_changed_number', wa_id: '447911123457', body: 'Zoë changed' })],
  ['messages', said('unsupported', { type: 'poll' }, { errors: [{ code: 131051, title: 'Unknown' }] })],
  ['messages', became('sent', { pricing: { billable: true, category: 'utility' }, conversation: { id: 'c1' } })],
  ['messages', became('failed', { errors: [{ code: 131047, error_data: { details: 'Too late.' } }] })],
  ['messages', { errors: [{ code: 131000, title: 'Something went wrong' }] }],
  ['smb_message_echoes', { message_echoes: [{ ...FROM, to: '447911123456', type: 'text', text: { body: 'Hi' } }] }],
  ['user_preferences', { user_preferences: [{ wa_id: '1', category: 'marketing_messages', value: 'stop' }] }],
  ['user_id_update', { user_id_update: [{ wa_id: '1', user_id: { previous: 'US.1', current: 'US.2' } }] }],
  ['calls', { calls: [{ id: 'wacid.1', event: 'connect', from: '1', to: '2' }] }],
  ['message_template_status_update', { event: 'REJECTED', message_template_id: 1_689_556_908_129_832, reason: 'SCAM' }],
  ['account_update', { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'DISABLE' } }],
];

export const META_SAMPLES: JsonObject[] = VALUES.map(([field, value]) => ({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: BUSINESS_ACCOUNT_ID,
      time: 1_772_442_000,
      changes: [
        {
          field,
          value: { messaging_product: 'whatsapp', metadata: { phone_number_id: PHONE_NUMBER_ID }, ...value },
        },
      ],
    },
  ],
})) as JsonObject[];

const person = { From: 'whatsapp:+27820000001', WaId: '27820000001', ProfileName: 'Zoë', NumMedia: '0' };
const metadata = '{"type":"whatsapp","data":{"context":{"ProfileName":"Zoë"}}}';

export const TWILIO_SAMPLES: Record<string, string>[] = [
  { ...person, Body: 'Hi', MessageType: 'text', ChannelMetadata: metadata },
  { ...person, Body: 'my cat', NumMedia: '1', MediaUrl0: 'https://api.example.com/1', MediaContentType0: 'image/jpeg' },
  { ...person, Body: 'Yes', ButtonText: 'Yes', ButtonPayload: 'yes', MessageType: 'button' },
  { ...person, Body: 'Fast', ListId: 'r1', ListTitle: 'Fast' },
  { ...person, Latitude: '51.5', Longitude: '-0.1', Label: 'The shop', Address: '1 High Street' },
  { ...person, InteractiveData: '{"rating":"4"}', FlowData: '{"flow":1}', MessageType: 'interactive' },
  { ...person, Body: 'STOP', OptOutType: 'STOP' },
  { ...person, Body: 'Hi', OriginalRepliedMessageSid: 'SM0', Forwarded: 'true', ExternalUserId: 'US.1' },
  { MessageStatus: 'delivered', To: 'whatsapp:+27820000001', ChannelPrefix: 'whatsapp', EventType: 'DELIVERED' },
  { MessageStatus: 'undelivered', To: 'whatsapp:+27820000001', ErrorCode: '63016', ErrorMessage: 'Too late.' },
];
