import { z } from 'zod';

/** WhatsApp's limits, in characters and items. Source: Meta Cloud API, "Send messages" and the reference of each type. */
export const LIMITS = {
  text: 4096,
  caption: 1024,
  buttonBody: 1024,
  buttons: 3,
  buttonTitle: 20,
  buttonId: 256,
  listBody: 4096,
  listButton: 20,
  listSections: 10,
  listRows: 10,
  listSectionTitle: 24,
  listRowTitle: 24,
  listRowDescription: 72,
  listRowId: 200,
  templateName: 512,
  couponCode: 15,
} as const;

const text = (limit: number) => z.string().min(1).max(limit);
const Media = { url: z.string().min(1).optional(), mediaId: z.string().min(1).optional() };

export const Button = z.object({ id: text(LIMITS.buttonId), title: text(LIMITS.buttonTitle) });
export const ListRow = z.object({
  id: text(LIMITS.listRowId),
  title: text(LIMITS.listRowTitle),
  description: z.string().max(LIMITS.listRowDescription).optional(),
});
export const ListSection = z.object({
  title: z.string().max(LIMITS.listSectionTitle).optional(),
  rows: z.array(ListRow).min(1).max(LIMITS.listRows),
});

const Parameters = z.record(z.string(), z.string());
export const TemplateHeader = z.object({
  text: z.string().optional(),
  url: z.string().optional(),
  mediaId: z.string().optional(),
  location: z
    .object({
      latitude: z.number(),
      longitude: z.number(),
      title: z.string().optional(),
      address: z.string().optional(),
    })
    .optional(),
});
export const TemplateButton = z.object({
  index: z.int().min(0).max(9),
  payload: z.string().optional(),
  text: z.string().optional(),
  couponCode: z.string().max(LIMITS.couponCode).optional(),
});

/** What a send carries: one shape for every provider; the gateway of each turns it into what the provider takes. */
export const OutboundContent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: text(LIMITS.text) }),
  z.object({
    kind: z.enum(['image', 'video', 'document']),
    ...Media,
    caption: z.string().max(LIMITS.caption).optional(),
    filename: z.string().optional(),
  }),
  z.object({ kind: z.enum(['audio', 'sticker']), ...Media }),
  z.object({
    kind: z.literal('location'),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    title: z.string().optional(),
    address: z.string().optional(),
  }),
  z.object({
    kind: z.literal('contacts'),
    contacts: z
      .array(z.object({ name: z.string().min(1), phones: z.array(z.string().min(1)).min(1) }))
      .min(1)
      .max(257),
  }),
  z.object({ kind: z.literal('reaction'), emoji: z.string(), to: z.string() }),
  z.object({
    kind: z.literal('buttons'),
    text: text(LIMITS.buttonBody),
    buttons: z.array(Button).min(1).max(LIMITS.buttons),
  }),
  z.object({
    kind: z.literal('list'),
    text: text(LIMITS.listBody),
    button: text(LIMITS.listButton),
    sections: z.array(ListSection).min(1).max(LIMITS.listSections),
  }),
  z.object({
    kind: z.literal('template'),
    name: text(LIMITS.templateName),
    language: z.string().min(2),
    parameters: Parameters.default({}),
    header: TemplateHeader.optional(),
    buttons: z.array(TemplateButton).optional(),
  }),
]);
export type OutboundContent = z.infer<typeof OutboundContent>;

/** The words an agent, a preview or a transcript shows for a send. */
export function previewOf(content: OutboundContent): string {
  switch (content.kind) {
    case 'text':
    case 'buttons':
    case 'list':
      return content.text;
    case 'template':
      return `Template ${content.name}`;
    case 'location':
      return content.title ?? content.address ?? 'Location';
    case 'contacts':
      return content.contacts.map((contact) => contact.name).join(', ');
    case 'reaction':
      return content.emoji;
    case 'image':
    case 'video':
    case 'document':
      return content.caption ?? content.filename ?? content.kind;
    default:
      return content.kind;
  }
}
