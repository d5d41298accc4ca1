import { z } from 'zod';
import {
  CallToAction,
  Carousel,
  FileAddress,
  Form,
  Header,
  hasFile,
  LocationRequest,
  NO_FILE,
  Product,
  Products,
} from './interactive.ts';
import { LIMITS } from './limits.ts';

export { LIMITS } from './limits.ts';

const text = (limit: number) => z.string().min(1).max(limit);
const Media = { url: FileAddress.optional(), mediaId: z.string().min(1).optional() };

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
  /** What the template calls the variable that `text` fills, where it names its variables. */
  variable: z.string().optional(),
  url: z.string().optional(),
  mediaId: z.string().optional(),
  /** What the file is, where its address does not end in it; a file of the provider's own (`mediaId`) never tells. */
  mediaKind: z.enum(['image', 'video', 'document']).optional(),
  /** What a document is called on the phone. */
  filename: z.string().optional(),
  location: z
    .object({
      latitude: z.number(),
      longitude: z.number(),
      title: z.string().optional(),
      address: z.string().optional(),
    })
    .optional(),
});
/** One button of a template by its place, and the one thing that it is filled with. */
export const TemplateButton = z.object({
  index: z.int().min(0).max(9),
  payload: z.string().optional(),
  text: z.string().optional(),
  couponCode: z.string().max(LIMITS.couponCode).optional(),
  /** Opens a form ("Flow"); the token comes back with the answers. */
  form: z
    .object({ token: z.string().min(1).max(LIMITS.formToken), data: z.record(z.string(), z.json()).optional() })
    .optional(),
  /** Opens the catalogue; its picture is this product's. */
  catalogProductId: z.string().min(1).max(LIMITS.productId).optional(),
});

const footer = z.string().max(LIMITS.footer).optional();

/** Meta: ten rows in all sections together; with more than one section each has a title. */
function sectionsFit(sections: z.infer<typeof ListSection>[], ctx: z.core.$RefinementCtx<unknown>): void {
  const issue = (path: PropertyKey[], message: string) => ctx.addIssue({ code: 'custom', path, message });
  if (sections.flatMap(({ rows }) => rows).length > LIMITS.listRows)
    issue([], `Keep at most ${LIMITS.listRows} rows in all sections together.`);
  sections.forEach(({ title }, index) => {
    if (sections.length > 1 && !title) issue([index, 'title'], 'Each of several sections needs a title.');
  });
}

/** What a send carries: one shape for every provider; the gateway of each turns it into what the provider takes. */
export const OutboundContent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: text(LIMITS.text) }),
  z
    .object({
      kind: z.enum(['image', 'video', 'document']),
      ...Media,
      caption: z.string().max(LIMITS.caption).optional(),
      filename: z.string().optional(),
    })
    .refine(hasFile, NO_FILE),
  /** `voice`: shown as a voice note; Meta takes only ogg with opus for one. */
  z.object({ kind: z.literal('audio'), ...Media, voice: z.boolean().optional() }).refine(hasFile, NO_FILE),
  z.object({ kind: z.literal('sticker'), ...Media }).refine(hasFile, NO_FILE),
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
      .max(LIMITS.contacts),
  }),
  z.object({ kind: z.literal('reaction'), emoji: z.string(), to: z.string() }),
  z.object({
    kind: z.literal('buttons'),
    text: text(LIMITS.buttonBody),
    buttons: z.array(Button).min(1).max(LIMITS.buttons),
    header: Header.optional(),
    footer,
  }),
  z.object({
    kind: z.literal('list'),
    text: text(LIMITS.listBody),
    button: text(LIMITS.listButton),
    sections: z.array(ListSection).min(1).max(LIMITS.listSections).superRefine(sectionsFit),
    header: z.string().max(LIMITS.headerText).optional(),
    footer,
  }),
  CallToAction,
  LocationRequest,
  Form,
  Product,
  Products,
  Carousel,
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
export type OutboundKind = OutboundContent['kind'];
/** The content of a kind, or of any of several; kinds that share a shape (pictures and videos) share it here too. */
export type ContentOf<Kind extends OutboundKind, Any = OutboundContent> = Any extends { kind: infer Own }
  ? [Kind & Own] extends [never]
    ? never
    : Any
  : never;

/** The words an agent, a preview or a transcript shows for a send. */
export function previewOf(content: OutboundContent): string {
  switch (content.kind) {
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
    case 'audio':
    case 'sticker':
      return content.kind;
    case 'product':
      return content.text ?? `Product ${content.productId}`;
    default:
      return content.text;
  }
}
