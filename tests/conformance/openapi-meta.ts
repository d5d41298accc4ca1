import { alternatives, merged, named, type Patch, partOf, type Schema, type Schemas } from './openapi.ts';

/** Where Meta's OpenAPI 23.0 is wrong about `POST /{phone number id}/messages`. Pages: Cloud API documentation, Graph v24. */
const to = { messaging_product: 'whatsapp', recipient_type: 'individual', to: '447700900001' };
const text = { ...to, type: 'text', text: { body: 'Hi' } };
const template = (components: object[]) => ({
  ...to,
  type: 'template',
  template: { name: 'offer', language: { code: 'en_US', policy: 'deterministic' }, components },
});
const button = (sub_type: string, parameter: object, index = '2') =>
  template([{ type: 'button', sub_type, index, parameters: [parameter] }]);
const interactive = (fields: object) => ({ ...to, type: 'interactive', interactive: fields });
const rows = [{ rows: [{ id: 'a', title: 'A' }] }];
const listed = (length: number) =>
  interactive({ type: 'list', body: { text: 'x'.repeat(length) }, action: { button: 'See', sections: rows } });
const picture = { type: 'image', image: { id: '1' } };

const carousel = interactive({
  type: 'carousel',
  body: { text: 'Look' },
  action: {
    cards: [0, 1].map((card_index) => ({
      card_index,
      type: 'cta_url',
      header: picture,
      action: { name: 'cta_url', parameters: { display_text: 'Open', url: 'https://x.example/' } },
    })),
  },
});

const grow = (list: unknown, ...more: unknown[]): void => void (list as unknown[]).push(...more);
const limited = (maxLength: number): Schema => ({ type: 'string', minLength: 1, maxLength });
const object = (properties: Record<string, Schema>, required = Object.keys(properties)): Schema => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
const without = (list: unknown, gone: string): string[] => (list as string[]).filter((one) => one !== gone);

const link = object({ display_text: limited(20), url: limited(2000) });
const opening = object({ name: { const: 'cta_url' }, parameters: link });
const reply = object({ id: limited(256), title: limited(20) });
const answering = object({
  buttons: {
    type: 'array',
    minItems: 1,
    items: object({ type: { const: 'quick_reply' }, quick_reply: reply }),
  },
});
const card = object(
  {
    card_index: { type: 'integer', minimum: 0, maximum: 9 },
    type: { enum: ['cta_url', 'button'] },
    header: { $ref: '#/components/schemas/HeaderObject' },
    body: object({ text: limited(160) }),
    action: { oneOf: [opening, answering] },
  },
  ['card_index', 'type', 'header', 'action'],
);

export const META_PATCHES: readonly Patch[] = [
  {
    why: 'Each message is an allOf of two halves, the second of which allows no further properties, not even those of the first: nothing at all passes.',
    change: (schemas) => {
      for (const [name, schema] of Object.entries(schemas))
        if (/^[A-Z]\w+Message$/.test(name) && Array.isArray(schema.allOf)) schemas[name] = merged(schema, schemas);
    },
    takes: text,
  },
  {
    why: 'The discriminator of TemplateComponent enforces nothing: the parameters of a component could be anything.',
    change: (schemas) => {
      for (const name of ['TemplateComponent', 'ParameterObject', 'ButtonParameterObject']) alternatives(schemas, name);
    },
    refuses: template([{ type: 'body', parameters: [{ type: 'text' }] }]),
  },
  {
    why: 'The call also marks messages as read: the specification has the example, and no schema for it.',
    change: (schemas) => {
      const typing = object({ type: { const: 'text' } });
      schemas.ReadReceipt = object(
        {
          messaging_product: { const: 'whatsapp' },
          status: { const: 'read' },
          message_id: limited(1_000),
          typing_indicator: typing,
        },
        ['messaging_product', 'status', 'message_id'],
      );
      grow(partOf(schemas, 'Message', 'oneOf'), { $ref: '#/components/schemas/ReadReceipt' });
    },
    takes: { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.1', typing_indicator: { type: 'text' } },
  },
  {
    why: 'Without biz_opaque_callback_data. Page "Send messages": up to 512 characters that come back with every status.',
    change: (schemas) => {
      for (const part of messages(schemas)) part.biz_opaque_callback_data = { type: 'string', maxLength: 512 };
    },
    takes: { ...text, biz_opaque_callback_data: 'msg_1' },
  },
  {
    why: 'Older than business-scoped user ids, which go into "recipient" in the place of "to" (restfb, tests of 2026).',
    change: (schemas) => {
      for (const schema of messageSchemas(schemas)) {
        (schema.properties as Schema).recipient = { type: 'string' };
        schema.required = without(schema.required, 'to');
        schema.anyOf = [{ required: ['to'] }, { required: ['recipient'] }];
      }
    },
    takes: {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      recipient: 'US.13491208655302741918',
      type: 'text',
      text: { body: 'Hi' },
    },
  },
  {
    why: 'Places in texts. The example "Send Location Message" of the same specification has numbers.',
    change: (schemas) => {
      const { latitude, longitude } = partOf(schemas, 'LocationMessage', 'properties', 'location', 'properties');
      for (const degrees of [latitude, longitude]) (degrees as Schema).type = ['string', 'number'];
    },
    takes: { ...to, type: 'location', location: { latitude: 37.758056, longitude: -122.425332 } },
  },
  {
    why: 'At most five contacts. Page "Contacts messages": 257.',
    change: (schemas) => {
      partOf(schemas, 'ContactsMessage', 'properties', 'contacts').maxItems = 257;
    },
    takes: { ...to, type: 'contacts', contacts: Array(6).fill({ name: { formatted_name: 'Ana', first_name: 'Ana' } }) },
  },
  {
    why: 'The policy of a language is required. Its own examples leave it out; only "deterministic" is left of it.',
    change: (schemas) => {
      const language = named(schemas, 'LanguageObject');
      language.required = without(language.required, 'policy');
    },
    takes: { ...to, type: 'template', template: { name: 'hello_world', language: { code: 'en_US' } } },
  },
  {
    why: 'The index of a button must match "^[2-6, 11-14]$". Its own examples have "0" and "1"; there are at most ten.',
    change: (schemas) => {
      partOf(schemas, 'ButtonComponent', 'properties', 'index').pattern = '^[0-9]$';
    },
    takes: button('quick_reply', { type: 'payload', payload: 'a' }, '0'),
  },
  {
    why: 'Without the buttons copy_code and flow. Its own example "Send Flow Template Message" has the second; page "Coupon templates".',
    change: (schemas) =>
      grow(partOf(schemas, 'ButtonComponent', 'properties', 'sub_type', 'enum'), 'copy_code', 'flow'),
    takes: button('copy_code', { type: 'text', text: 'x' }),
  },
  {
    why: 'Without what these buttons are filled with: coupon_code, and action (its own examples of a form and of a catalogue).',
    change: (schemas) => {
      const action = object(
        {
          flow_token: { type: 'string' },
          flow_action_data: { type: 'object', minProperties: 1 },
          thumbnail_product_retailer_id: { type: 'string' },
        },
        [],
      );
      grow(
        partOf(schemas, 'ButtonParameterObject', 'oneOf'),
        object({ type: { const: 'action' }, action: { ...action, minProperties: 1 } }),
        object({ type: { const: 'coupon_code' }, coupon_code: limited(15) }),
      );
    },
    takes: button('catalog', { type: 'action', action: { thumbnail_product_retailer_id: '2lc20305pt' } }),
  },
  {
    why: 'Without a place in the header of a template. Page "Location headers".',
    change: (schemas) => {
      const location = object(
        {
          latitude: { type: ['string', 'number'] },
          longitude: { type: ['string', 'number'] },
          name: { type: 'string' },
          address: { type: 'string' },
        },
        ['latitude', 'longitude'],
      );
      grow(partOf(schemas, 'ParameterObject', 'oneOf'), object({ type: { const: 'location' }, location }));
    },
    takes: template([
      { type: 'header', parameters: [{ type: 'location', location: { latitude: 1, longitude: 2, name: 'Shop' } }] },
    ]),
  },
  {
    why: 'Without the interactive messages cta_url, location_request_message and carousel, which have pages of their own.',
    change: (schemas) => {
      const types = ['cta_url', 'location_request_message', 'carousel'];
      grow(partOf(schemas, 'InteractiveObject', 'properties', 'type', 'enum'), ...types);
    },
    takes: interactive({ type: 'cta_url', body: { text: 'Hi' }, action: { catalog_id: '1' } }),
  },
  {
    why: 'Without the actions of these three.',
    change: (schemas) =>
      grow(
        partOf(schemas, 'ActionObject', 'oneOf'),
        opening,
        object({ name: { const: 'send_location' } }),
        object({ cards: { type: 'array', minItems: 2, maxItems: 10, items: card } }),
      ),
    takes: carousel,
  },
  {
    why: 'A body of 1024 characters in a list. Page "Interactive list messages": 4096; the others keep their 1024.',
    change: (schemas) => {
      partOf(schemas, 'BodyObject', 'properties', 'text').maxLength = 4096;
      const short = { properties: { body: { properties: { text: { maxLength: 1024 } } } } };
      const interactive = named(schemas, 'InteractiveObject');
      Object.assign(interactive, { if: { properties: { type: { const: 'list' } } }, else: short });
    },
    takes: listed(4096),
  },
];

const messageSchemas = (schemas: Schemas): Schema[] =>
  (partOf(schemas, 'Message', 'oneOf') as unknown as { $ref: string }[])
    .map(({ $ref }) => $ref.split('/').at(-1) ?? '')
    .filter((name) => name !== 'ReadReceipt')
    .map((name) => named(schemas, name));
const messages = (schemas: Schemas): Record<string, Schema>[] =>
  messageSchemas(schemas).map((schema) => schema.properties as Record<string, Schema>);
