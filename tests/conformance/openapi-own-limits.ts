import { LIMITS } from '@parley/runtime';
import type { Schema } from './openapi.ts';

/**
 * What Parley holds itself to in a body for Meta, where Meta's specification is silent: most of its objects allow any
 * further property, and few of its texts have a length. Numbers are those of `LIMITS`.
 */
const words = (maxLength: number, minLength = 1): Schema => ({ type: 'string', minLength, maxLength });
const LONG = 32_768; // characters; Meta's page of templates gives none for a parameter, its OpenAPI these
const any = words(LONG);
const only = (value: string): Schema => ({ const: value });
const object = (required: Record<string, Schema>, more: Record<string, Schema> = {}): Schema => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(required),
  properties: { ...required, ...more },
});
const list = (items: Schema, maxItems: number, minItems = 1): Schema => ({ type: 'array', items, minItems, maxItems });

const file = (more: Record<string, Schema> = {}): Schema => ({
  oneOf: [object({ id: any }, more), object({ link: any }, more)],
});
const caption = words(LIMITS.caption);
const degrees = (most: number): Schema => ({ type: 'number', minimum: -most, maximum: most });
const place = object({ latitude: degrees(90), longitude: degrees(180) }, { name: any, address: any });
const header: Schema = {
  oneOf: [
    object({ type: only('text'), text: words(LIMITS.headerText) }),
    object({ type: only('image'), image: file() }),
    object({ type: only('video'), video: file() }),
    object({ type: only('document'), document: file({ filename: any }) }),
  ],
};
const body = object({ text: words(LIMITS.interactiveBody) });
const framed = { header, footer: object({ text: words(LIMITS.footer) }) };
const reply = object({ id: words(LIMITS.buttonId), title: words(LIMITS.buttonTitle) });
const named = (name: string, parameters?: Schema) =>
  object({ name: only(name), ...(parameters ? { parameters } : {}) });
const opening = (button: number) => named('cta_url', object({ display_text: words(button), url: words(LIMITS.url) }));

const row = object(
  { id: words(LIMITS.listRowId), title: words(LIMITS.listRowTitle) },
  { description: words(LIMITS.listRowDescription) },
);
const rows = (more: Record<string, Schema>) => object({ ...more, rows: list(row, LIMITS.listRows) });
const title = words(LIMITS.listSectionTitle);
/** Meta: with more than one section, each has a title. */
const sections: Schema = {
  oneOf: [list({ oneOf: [rows({}), rows({ title })] }, 1), list(rows({ title }), LIMITS.listSections, 2)],
};
const goods = object({
  title: words(LIMITS.productSectionTitle),
  product_items: list(object({ product_retailer_id: words(LIMITS.productId) }), LIMITS.products),
});
const form = object(
  {
    flow_message_version: only('3'),
    flow_cta: words(LIMITS.formButton),
    flow_token: words(LIMITS.formToken),
  },
  {
    flow_id: any,
    flow_name: any,
    mode: { enum: ['draft', 'published'] },
    flow_action: only('navigate'),
    flow_action_payload: object({ screen: words(LIMITS.formScreen) }, { data: { type: 'object', minProperties: 1 } }),
  },
);
const answer = object({ type: only('quick_reply'), quick_reply: reply });
const card = object(
  {
    card_index: { type: 'integer', minimum: 0, maximum: LIMITS.carouselCards - 1 },
    type: { enum: ['cta_url', 'button'] },
    header,
    action: { oneOf: [opening(LIMITS.buttonTitle), object({ buttons: list(answer, LIMITS.cardButtons) })] },
  },
  { body: object({ text: words(LIMITS.cardText) }) },
);

const interactive: Schema = {
  oneOf: [
    object(
      {
        type: only('button'),
        body: object({ text: words(LIMITS.buttonBody) }),
        action: object({ buttons: list(object({ type: only('reply'), reply }), LIMITS.buttons) }),
      },
      framed,
    ),
    object(
      {
        type: only('list'),
        body: object({ text: words(LIMITS.listBody) }),
        action: object({ button: words(LIMITS.listButton), sections }),
      },
      { ...framed, header: object({ type: only('text'), text: words(LIMITS.headerText) }) },
    ),
    object({ type: only('cta_url'), body, action: opening(LIMITS.callToActionButton) }, framed),
    object({ type: only('location_request_message'), body, action: named('send_location') }),
    object({ type: only('flow'), body, action: named('flow', form) }, framed),
    object(
      {
        type: only('product'),
        action: object({ catalog_id: words(LIMITS.productId), product_retailer_id: words(LIMITS.productId) }),
      },
      { body, footer: framed.footer },
    ),
    object(
      {
        type: only('product_list'),
        header: object({ type: only('text'), text: words(LIMITS.headerText) }),
        body,
        action: object({ catalog_id: words(LIMITS.productId), sections: list(goods, LIMITS.productSections) }),
      },
      { footer: framed.footer },
    ),
    object({
      type: only('carousel'),
      body,
      action: object({ cards: list(card, LIMITS.carouselCards, LIMITS.carouselCardsLeast) }),
    }),
  ],
};

const filling = object({ type: only('text'), text: words(LONG, 0) }, { parameter_name: any });
const above: Schema = {
  oneOf: [
    filling,
    object({ type: only('image'), image: file() }),
    object({ type: only('video'), video: file() }),
    object({ type: only('document'), document: file({ filename: any }) }),
    object({ type: only('location'), location: place }),
  ],
};
const button = (sub_type: string, parameter: Schema) =>
  object({
    type: only('button'),
    sub_type: only(sub_type),
    index: { type: 'string', pattern: '^[0-9]$' },
    parameters: list(parameter, 1),
  });
const action = (properties: Schema) => object({ type: only('action'), action: properties });
const component: Schema = {
  oneOf: [
    object({ type: only('header'), parameters: list(above, 1) }),
    object({ type: only('body'), parameters: list(filling, LONG) }),
    button('quick_reply', object({ type: only('payload'), payload: any })),
    button('url', object({ type: only('text'), text: words(LIMITS.url, 0) })),
    button('copy_code', object({ type: only('coupon_code'), coupon_code: words(LIMITS.couponCode) })),
    button(
      'flow',
      action(
        object({ flow_token: words(LIMITS.formToken) }, { flow_action_data: { type: 'object', minProperties: 1 } }),
      ),
    ),
    button('catalog', action(object({ thumbnail_product_retailer_id: words(LIMITS.productId) }))),
  ],
};

const PARTS: Record<string, Schema> = {
  text: object({ body: words(LIMITS.text), preview_url: { type: 'boolean' } }),
  image: file({ caption }),
  video: file({ caption }),
  document: file({ caption, filename: any }),
  audio: file({ voice: { const: true } }),
  sticker: file(),
  location: place,
  contacts: list(
    object({ name: object({ formatted_name: any, first_name: any }), phones: list(object({ phone: any }), LONG) }),
    LIMITS.contacts,
  ),
  reaction: object({ message_id: any, emoji: { type: 'string' } }),
  interactive,
  template: object(
    { name: words(LIMITS.templateName), language: object({ code: words(15, 2) }) },
    { components: list(component, LONG) },
  ),
};

const message = (part: string, whole: Schema): Schema => {
  const address = { recipient_type: { enum: ['individual', 'group'] }, biz_opaque_callback_data: words(512) };
  const required = { messaging_product: only('whatsapp'), ...address, type: only(part), [part]: whole };
  const context = object({ message_id: any });
  return {
    oneOf: [object({ ...required, to: any }, { context }), object({ ...required, recipient: any }, { context })],
  };
};

export const META_OWN_LIMITS: Schema = {
  oneOf: [
    ...Object.entries(PARTS).map(([part, whole]) => message(part, whole)),
    object(
      { messaging_product: only('whatsapp'), status: only('read'), message_id: any },
      { typing_indicator: object({ type: only('text') }) },
    ),
  ],
};
