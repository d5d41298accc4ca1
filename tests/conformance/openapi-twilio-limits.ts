import { LIMITS, TWILIO_LIMITS } from '@parley/runtime';
import type { Schema } from './openapi.ts';

/**
 * What Parley holds itself to in a message and in a Content resource for Twilio, where its specification gives no length
 * and allows any further parameter. WhatsApp's limits are Meta's (`LIMITS`), and some are Twilio's own.
 */
const words = (maxLength: number, minLength = 1): Schema => ({ type: 'string', minLength, maxLength });
const object = (required: Record<string, Schema>, more: Record<string, Schema> = {}): Schema => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(required),
  properties: { ...required, ...more },
});
const list = (items: Schema, maxItems: number): Schema => ({ type: 'array', items, minItems: 1, maxItems });
const address: Schema = { type: 'string', pattern: '^whatsapp:' };
const sid = (letters: string): Schema => ({ type: 'string', pattern: `^${letters}[0-9a-fA-F]{32}$` });
/** A JSON object of texts, none of which is empty (Twilio, error 21656). */
const variables = { type: 'string', pattern: '^\\{"[^"]+":"(.|\\n)+"\\}$' };

const sent: Record<string, Schema>[] = [
  { Body: words(TWILIO_LIMITS.text) },
  { MediaUrl: list(words(LIMITS.url), 1) },
  { MediaUrl: list(words(LIMITS.url), 1), Body: words(LIMITS.caption) },
  { Body: words(TWILIO_LIMITS.text), PersistentAction: list({ type: 'string', pattern: '^geo:-?\\d' }, 1) },
  { ContentSid: sid('HX') },
  { ContentSid: sid('HX'), ContentVariables: variables },
];
const envelopes: Record<string, Schema>[] = [
  { From: address },
  { MessagingServiceSid: sid('MG') },
  { From: address, MessagingServiceSid: sid('MG') },
];

/** The form of `POST /2010-04-01/Accounts/{AC}/Messages.json`. */
export const TWILIO_MESSAGE_LIMITS: Schema = {
  oneOf: envelopes.flatMap((from) =>
    sent.map((what) => object({ To: address, StatusCallback: words(2_048), ...from, ...what })),
  ),
};

const reply = object({ type: { const: 'QUICK_REPLY' }, title: words(LIMITS.buttonTitle), id: words(LIMITS.buttonId) });
const item = object(
  { id: words(LIMITS.listRowId), item: words(LIMITS.listRowTitle) },
  { description: words(LIMITS.listRowDescription) },
);
const types: Schema[] = [
  object({
    'twilio/quick-reply': object({ body: words(LIMITS.buttonBody), actions: list(reply, LIMITS.buttons) }),
  }),
  object({
    'twilio/list-picker': object({
      body: words(TWILIO_LIMITS.listBody),
      button: words(LIMITS.listButton),
      items: list(item, TWILIO_LIMITS.listRows),
    }),
  }),
  object({
    'whatsapp/flows': object(
      {
        body: words(LIMITS.interactiveBody),
        button_text: words(LIMITS.formButton),
        flow_id: words(100),
        flow_token: words(LIMITS.formToken),
      },
      { flow_first_page_id: words(LIMITS.formScreen) },
    ),
  }),
];

/** The body of `POST /v1/Content`, with its variables filled in. */
export const TWILIO_CONTENT_LIMITS: Schema = object({
  friendly_name: words(64),
  language: words(15, 2),
  variables: { type: 'object', additionalProperties: words(LIMITS.listBody), maxProperties: 100 },
  types: { oneOf: types },
});
