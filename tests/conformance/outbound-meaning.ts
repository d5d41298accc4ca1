import { isWebAddress, OutboundContent } from '@parley/runtime';
import { bodyOf, markReadBody } from '@parley/server/src/channels/whatsapp/meta/body.ts';

/** Anything read from a recorded body: what is not there reads as undefined, however deep. */
export type Recorded = { [key: string]: Recorded } & Recorded[];

const text = (value: unknown): string | undefined =>
  value === undefined ? undefined : typeof value === 'string' ? value : String(value);

/**
 * Our body for what a recorded one means, made from the meaning alone; in words why Parley sends no such thing.
 *
 * @throws Error where the recorded body is none that we know, or our content has no room for it
 */
export function ourBody(recorded: Recorded): object | string {
  if (recorded.status) return markReadBody(text(recorded.message_id) ?? '', recorded.typing_indicator !== undefined);
  const meaning = contentOf(recorded);
  if (typeof meaning === 'string') return meaning;
  const content = OutboundContent.safeParse(meaning);
  if (!content.success) {
    const [issue] = content.error.issues;
    throw new Error(`our content refuses it: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  const phone = text(recorded.to);
  const to = phone
    ? { kind: 'phone' as const, value: phone }
    : { kind: 'bsuid' as const, value: `${recorded.recipient}` };
  const replyTo = text(recorded.context?.message_id) ?? null;
  const body = bodyOf({ to, content: content.data, reference: 'msg_1', lastInbound: null, replyTo });
  // Our own mark, which comes back with the statuses: nobody else has it
  const { biz_opaque_callback_data: _, ...rest } = JSON.parse(JSON.stringify(body));
  return rest;
}

type Meaning = Record<string, unknown>;

function contentOf(recorded: Recorded): Meaning | string {
  const kind = text(recorded.type) ?? (recorded.interactive ? 'interactive' : 'text');
  const part = recorded[kind];
  if (!part) throw new Error(`there is no ${kind} in it`);
  switch (kind) {
    case 'text':
      return { kind, text: part.body };
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return { kind, ...fileOf(part), caption: part.caption, filename: part.filename };
    case 'location':
      return { kind, ...placeOf(part) };
    case 'contacts':
      return {
        kind,
        contacts: part.map(({ name, phones }) => ({
          name: name?.formatted_name,
          phones: phones?.map(({ phone }) => phone),
        })),
      };
    case 'reaction':
      return { kind, emoji: part.emoji, to: part.message_id };
    case 'template':
      return templateOf(part);
    case 'interactive':
      return interactiveOf(part);
    default:
      throw new Error(`no message of the type ${kind} is known`);
  }
}

/** Samples have placeholders where an address stands. */
const fileOf = ({ id, link }: Recorded): Meaning => (id === undefined ? { url: link } : { mediaId: id });
const placeOf = ({ latitude, longitude, name, address }: Recorded): Meaning => ({
  latitude: Number(latitude),
  longitude: Number(longitude),
  title: name,
  address,
});

const NOT_SENT: Record<string, string> = {
  catalog_message:
    'the whole catalogue in one message: Parley sends products by their ids, or the template of the same look',
  order_details: 'payments in the chat, in India, Singapore and Brazil only',
  order_status: 'payments in the chat, in India, Singapore and Brazil only',
};

function interactiveOf({ type, header, body, footer, action }: Recorded): Meaning | string {
  const kind = `${type}`.toLowerCase();
  const framed = { text: body?.text, footer: footer?.text, header: header && headerOf(header) };
  switch (kind) {
    case 'button':
      return { kind: 'buttons', ...framed, buttons: action?.buttons?.map(({ reply }) => reply) };
    case 'list':
      return { kind, ...framed, button: action?.button, sections: action?.sections };
    case 'flow':
      return { kind: 'form', ...framed, ...formOf(action?.parameters as Recorded) };
    case 'product':
      return { kind, ...framed, catalogId: action?.catalog_id, productId: action?.product_retailer_id };
    case 'product_list': {
      const sections = action?.sections?.map(({ title, product_items }) => ({
        title,
        productIds: product_items?.map(({ product_retailer_id }) => product_retailer_id),
      }));
      return { kind: 'products', ...framed, header: header?.text, catalogId: action?.catalog_id, sections };
    }
    default:
      if (NOT_SENT[kind]) return NOT_SENT[kind];
      throw new Error(`no interactive message of the type ${kind} is known`);
  }
}

function headerOf(header: Recorded): unknown {
  const kind = text(header.type) ?? '';
  return kind === 'text'
    ? header.text
    : { kind, ...fileOf(header[kind] as Recorded), filename: header[kind]?.filename };
}

const formOf = ({ flow_id, flow_name, flow_cta, flow_token, mode, flow_action_payload }: Recorded): Meaning => ({
  button: flow_cta,
  formId: flow_id,
  formName: flow_name,
  token: flow_token,
  mode,
  screen: flow_action_payload?.screen,
  data: flow_action_payload?.data,
});

function templateOf({ name, language, components }: Recorded): Meaning {
  const parts: Recorded[] = components ?? [];
  const typed = (type: string) => parts.find((part) => text(part.type) === type);
  const [top] = (typed('header')?.parameters ?? []) as Recorded[];
  const words = (typed('body')?.parameters ?? []) as Recorded[];
  const named = words.map((one, at) => [text(one.parameter_name) ?? `${at + 1}`, wordsOf(one)]);
  const buttons = parts.filter((part) => text(part.type) === 'button').map(buttonOf);
  return {
    kind: 'template',
    name,
    language: language?.code,
    parameters: Object.fromEntries(named),
    header: top && templateHeaderOf(top),
    ...(buttons.length > 0 ? { buttons } : {}),
  };
}

/** What Meta shows where it does not format an amount or a date itself. */
const wordsOf = (one: Recorded): string | undefined =>
  text(one.text) ?? text(one.currency?.fallback_value) ?? text(one.date_time?.fallback_value);

function templateHeaderOf(top: Recorded): Meaning {
  const kind = text(top.type) ?? '';
  if (kind === 'text') return { text: top.text };
  if (kind === 'location') return { location: placeOf(top.location as Recorded) };
  const file = top[kind] as Recorded;
  return { ...fileOf(file), mediaKind: kind, filename: file.filename };
}

function buttonOf({ sub_type, index, parameters }: Recorded): Meaning {
  const at = { index: Number(index) };
  const filled = parameters?.[0];
  const action = filled?.action;
  switch (`${sub_type}`.toLowerCase()) {
    case 'quick_reply':
      return { ...at, payload: text(filled?.payload ?? filled?.text) };
    case 'copy_code':
      return { ...at, couponCode: filled?.coupon_code };
    case 'flow':
      return { ...at, form: { token: action?.flow_token, data: action?.flow_action_data } };
    case 'catalog':
      return { ...at, catalogProductId: action?.thumbnail_product_retailer_id };
    default:
      return { ...at, text: filled?.text };
  }
}

/** Where a sample says in words what belongs there, something of the sort. Everything else stays as it was recorded. */
export function withoutPlaceholders(body: unknown): Recorded {
  return JSON.parse(JSON.stringify(body), (key, value) => {
    if (typeof value !== 'string') return value;
    if (key === 'link' && !isWebAddress(value)) return 'https://x.example/file';
    if (value === '<LOCATION_LATITUDE>' || value === '<LOCATION_LONGITUDE>') return 1;
    if (key === 'type' && value === '<HEADER_TYPE>') return 'text';
    return value;
  });
}
