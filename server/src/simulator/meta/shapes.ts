import { z } from 'zod';

/**
 * The bodies that Meta takes. Sources: Meta Cloud API, "Send messages" and the page of each type (v24); its OpenAPI 23.0
 * where a page names no number. A key that is not listed is refused, as Graph does.
 */
const text = (limit: number) => z.string().min(1).max(limit);
const Words = (limit: number) => z.strictObject({ text: text(limit) });

const File = z
  .strictObject({ id: z.string().optional(), link: z.url().optional(), provider: z.unknown().optional() })
  .refine(({ id, link }) => id !== undefined || link !== undefined, { error: 'needs an id or a link' });
const captioned = { ...File.shape, caption: z.string().max(1024).optional() };
const Picture = z.strictObject(captioned);
const Document = z.strictObject({ ...captioned, filename: z.string().max(240).optional() });
const Audio = z.strictObject({ ...File.shape, voice: z.boolean().optional() });

const Header = z.strictObject({
  type: z.enum(['text', 'image', 'video', 'document']),
  text: text(60).optional(),
  sub_text: text(60).optional(),
  image: Picture.optional(),
  video: Picture.optional(),
  document: Document.optional(),
});

const ReplyButton = z.strictObject({
  type: z.literal('reply'),
  reply: z.strictObject({ id: text(256), title: text(20) }),
});
const unique = (buttons: z.infer<typeof ReplyButton>[]) =>
  new Set(buttons.map(({ reply }) => reply.title)).size === buttons.length &&
  new Set(buttons.map(({ reply }) => reply.id)).size === buttons.length;

const Row = z.strictObject({ id: text(200), title: text(24), description: z.string().max(72).optional() });
const Section = z.strictObject({ title: z.string().max(24).optional(), rows: z.array(Row).min(1).max(10) });
const ProductItem = z.strictObject({ product_retailer_id: text(100) });
const ProductSection = z.strictObject({
  title: text(24).optional(),
  product_items: z.array(ProductItem).min(1).max(30),
});
const UrlAction = z.strictObject({
  name: z.literal('cta_url'),
  parameters: z.strictObject({ display_text: text(20), url: z.url().max(2000) }),
});

const frame = { body: Words(1024), header: Header.optional(), footer: Words(60).optional() };
const textHeader = Header.refine(({ type }) => type === 'text', { error: 'must be of type text' });

const FlowParameters = z
  .strictObject({
    flow_message_version: z.enum(['3', '4']),
    flow_id: text(200).optional(),
    flow_name: text(200).optional(),
    flow_cta: text(30),
    flow_token: text(200).optional(),
    mode: z.enum(['draft', 'published']).optional(),
    flow_action: z.enum(['navigate', 'data_exchange']).optional(),
    flow_action_payload: z
      .strictObject({ screen: text(200), data: z.record(z.string(), z.unknown()).optional() })
      .optional(),
  })
  .refine(({ flow_id, flow_name }) => (flow_id === undefined) !== (flow_name === undefined), {
    error: 'needs one of flow_id and flow_name',
    path: ['flow_id'],
  });

const CarouselCard = z.strictObject({
  card_index: z.number().int().min(0).max(9),
  type: z.enum(['cta_url', 'button', 'product']).optional(),
  header: Header.optional(),
  body: Words(160)
    .refine(({ text: words }) => words.split('\n').length <= 3, { error: 'holds at most 2 line breaks' })
    .optional(),
  action: z.union([
    UrlAction,
    z.strictObject({
      buttons: z
        .array(z.union([ReplyButton, QuickReply()]))
        .min(1)
        .max(2),
    }),
    z.strictObject({ product_retailer_id: text(100), catalog_id: text(100) }),
  ]),
});

/** Some pages of Meta write a card's buttons this way. */
function QuickReply() {
  return z.strictObject({
    type: z.literal('quick_reply'),
    quick_reply: z.strictObject({ id: text(256), title: text(20) }),
  });
}

export const Interactive = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('button'),
    ...frame,
    action: z.strictObject({
      buttons: z.array(ReplyButton).min(1).max(3).refine(unique, { error: 'titles and ids have to be unique' }),
    }),
  }),
  z.strictObject({
    type: z.literal('list'),
    ...frame,
    header: textHeader.optional(),
    body: Words(4096),
    action: z.strictObject({
      button: text(20),
      sections: z
        .array(Section)
        .min(1)
        .max(10)
        .refine((sections) => sections.reduce((sum, { rows }) => sum + rows.length, 0) <= 10, {
          error: 'hold at most 10 rows in total',
        })
        .refine((sections) => sections.length === 1 || sections.every(({ title }) => title), {
          error: 'need a title each when there are more than one',
        }),
    }),
  }),
  z.strictObject({ type: z.literal('cta_url'), ...frame, action: UrlAction }),
  z.strictObject({
    type: z.literal('location_request_message'),
    ...frame,
    action: z.strictObject({ name: z.literal('send_location') }),
  }),
  z.strictObject({
    type: z.literal('flow'),
    ...frame,
    action: z.strictObject({ name: z.literal('flow'), parameters: FlowParameters }),
  }),
  z.strictObject({
    type: z.literal('product'),
    body: Words(1024).optional(),
    footer: Words(60).optional(),
    action: z.strictObject({ catalog_id: text(100), product_retailer_id: text(100) }),
  }),
  z.strictObject({
    type: z.literal('product_list'),
    ...frame,
    header: textHeader,
    action: z.strictObject({
      catalog_id: text(100),
      sections: z
        .array(ProductSection)
        .min(1)
        .max(10)
        .refine((all) => all.reduce((sum, one) => sum + one.product_items.length, 0) <= 30, {
          error: 'hold at most 30 products in total',
        }),
    }),
  }),
  z.strictObject({
    type: z.literal('catalog_message'),
    ...frame,
    action: z.strictObject({
      name: z.literal('catalog_message'),
      parameters: z.strictObject({ thumbnail_product_retailer_id: text(100).optional() }).optional(),
    }),
  }),
  z.strictObject({
    type: z.literal('carousel'),
    body: Words(1024),
    action: z.strictObject({ cards: z.array(CarouselCard).min(2).max(10) }),
  }),
  z.strictObject({
    type: z.literal('address_message'),
    ...frame,
    action: z.strictObject({ name: z.literal('address_message'), parameters: z.record(z.string(), z.unknown()) }),
  }),
  z.strictObject({
    type: z.literal('call_permission_request'),
    body: Words(1024).optional(),
    footer: Words(60).optional(),
    action: z.strictObject({
      name: z.literal('call_permission_request'),
      parameters: z.record(z.string(), z.unknown()).optional(),
    }),
  }),
  z.strictObject({
    type: z.literal('request_contact_info'),
    body: Words(1024),
    action: z.strictObject({ name: z.literal('request_contact_info') }),
  }),
]);
export type Interactive = z.output<typeof Interactive>;

const Parameter = z.object({
  type: z.string(),
  parameter_name: z.string().optional(),
  text: z.string().optional(),
  payload: z.string().optional(),
  coupon_code: z.string().optional(),
  image: File.optional(),
  video: File.optional(),
  document: Document.optional(),
  currency: z.object({ fallback_value: z.string() }).loose().optional(),
  date_time: z.object({ fallback_value: z.string() }).loose().optional(),
});
const Component = z.object({
  type: z.string().toLowerCase(),
  sub_type: z.string().toLowerCase().optional(),
  index: z.union([z.string(), z.number()]).optional(),
  parameters: z.array(Parameter).optional(),
  cards: z.array(z.unknown()).optional(),
});
export const TemplateSend = z.strictObject({
  name: text(512),
  namespace: z.string().optional(),
  language: z.object({ code: text(20), policy: z.string().optional() }),
  components: z.array(Component).optional(),
});
export type TemplateSend = z.output<typeof TemplateSend>;

const Contact = z.looseObject({
  name: z.looseObject({ formatted_name: z.string().min(1) }),
  phones: z.array(z.looseObject({ phone: z.string().optional(), wa_id: z.string().optional() })).optional(),
});

/** The part of a body that is called like its type. */
export const CONTENTS = {
  text: z.strictObject({ body: text(4096), preview_url: z.boolean().optional() }),
  image: Picture,
  video: Picture,
  document: Document,
  audio: Audio,
  sticker: File,
  location: z.strictObject({
    latitude: z.coerce.number().min(-90).max(90),
    longitude: z.coerce.number().min(-180).max(180),
    name: z.string().optional(),
    address: z.string().optional(),
  }),
  contacts: z.array(Contact).min(1).max(257),
  reaction: z.strictObject({ message_id: text(300), emoji: z.string() }),
  interactive: Interactive,
  template: TemplateSend,
} as const;

export const Envelope = z.object({
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.enum(['individual', 'group']).optional(),
  to: z.string().min(1).optional(),
  recipient: z.string().min(1).optional(),
  type: z.string().default('text'),
  context: z.object({ message_id: z.string() }).optional(),
  biz_opaque_callback_data: z.string().max(512).optional(),
});

export const ReadReceipt = z.object({
  messaging_product: z.literal('whatsapp'),
  status: z.literal('read'),
  message_id: z.string(),
  typing_indicator: z.object({ type: z.literal('text') }).optional(),
});
