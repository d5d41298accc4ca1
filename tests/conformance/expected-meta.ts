import { isObject, type Json, type JsonObject } from '@parley/runtime';
import type { ElementOf, InboundElement, Sender } from '@parley/server/src/channels/whatsapp/inbound.ts';
import type { MetaChange } from '@parley/server/src/channels/whatsapp/meta/parse.ts';

/** What one element says in the words of `expected`. Made of its normalised fields alone; its `raw` is never read. */
export type View = { event: string } & Record<string, unknown>;

/** Every view of one change: an identity may stand in `expected` as a message of the system or as its own event. */
export function viewsOf(change: MetaChange): View[][] {
  const place = { phone_number_id: change.phoneNumberId, waba_id: change.businessAccountId };
  return change.elements.map((element) => viewOf(element).map((view) => ({ ...place, ...view })));
}

function viewOf(element: InboundElement): View[] {
  switch (element.kind) {
    case 'message':
      return [{ event: 'message', ...who(element.from), ...saidIn(element), ...contentOf(element) }];
    case 'edit':
    case 'revoke': {
      const part = { original_message_id: element.target };
      return [{ event: 'message', ...who(element.from), ...saidIn(element), type: element.kind, [element.kind]: part }];
    }
    case 'echo':
      return [{ event: 'echo', ...saidIn(element), to: element.to.waId, ...contentOf({ ...element, error: null }) }];
    case 'identity':
      return identityOf(element);
    case 'preference':
      return [{ event: 'field', field: 'user_preferences' }];
    case 'status':
      return [statusOf(element)];
    case 'other':
      return [otherOf(element)];
  }
}

const seconds = (at: Date | null): number | null => (at === null ? null : at.getTime() / 1_000);

const saidIn = ({ providerId, sentAt }: { providerId: string; sentAt: Date | null }) => ({
  id: providerId,
  timestamp: seconds(sentAt),
});

const who = ({ waId, bsuid, parentBsuid, username, groupId, name }: Sender) => ({
  from: waId,
  wa_id: waId,
  from_user_id: bsuid,
  contact_user_id: bsuid,
  from_parent_user_id: parentBsuid,
  username,
  group_id: groupId,
  profile_name: name,
});

type Said = Pick<ElementOf<'message'>, 'message' | 'files' | 'error'> &
  Partial<Pick<ElementOf<'message'>, 'replyTo' | 'forwarded'>>;

function contentOf({ message, files, error, replyTo = null, forwarded = false }: Said) {
  const { data, location, referral } = message;
  const [word, part = null] = String(data?.type ?? message.type).split('.');
  const [file] = files;
  return {
    type: typeOf(message.type, word),
    text: message.text,
    context: {
      id: replyTo,
      forwarded,
      referred_product: isObject(data?.product)
        ? { catalog_id: data.product.catalogId, product_retailer_id: data.product.productId }
        : null,
    },
    media: file && {
      id: file.id,
      url: file.url,
      mime_type: file.contentType,
      sha256: file.sha256,
      filename: file.filename,
      voice: file.voice,
      animated: file.animated,
      caption: message.media?.caption,
    },
    // What has no coordinates keeps its words in `data`
    location: { ...data, ...location },
    button: { payload: message.payload, text: message.text },
    interactive: interactiveOf(message, word, part),
    reaction: { message_id: replyTo, emoji: message.text, removed: message.text === null },
    contacts: contactsOf(data?.contacts),
    order: {
      catalog_id: data?.catalog_id,
      text: data?.text,
      items: Array.isArray(data?.product_items) ? data.product_items.length : null,
    },
    referral: referral && {
      source_id: referral.sourceId,
      source_type: referral.sourceType,
      source_url: referral.sourceUrl,
      ctwa_clid: referral.clickId,
      headline: isObject(data?.ad) ? data.ad.headline : null,
    },
    system: { body: message.text, type: part, wa_id: data?.wa_id },
    unsupported_type: part,
    error_codes: error && [Number(error.code)],
  };
}

/** Our `button` is a template's where nothing tells what was tapped; our `other` names Meta's type. */
function typeOf(type: string, word: string | undefined): string | undefined {
  if (type === 'button') return word === 'button' ? 'button' : 'interactive';
  if (type === 'form') return 'interactive';
  return type === 'other' ? word : type;
}

function interactiveOf({ type, text, payload, data }: Said['message'], word: string | undefined, part: string | null) {
  if (type === 'form') return { kind: 'nfm_reply', name: data?.name, body: text, response: data?.answers };
  if (type === 'button') return { kind: word, id: payload, title: text, description: data?.description };
  return { ...data, kind: part };
}

const contactsOf = (contacts: Json | undefined) =>
  Array.isArray(contacts)
    ? contacts
        .filter((one) => isObject(one))
        .map(({ name, phones }: Record<string, unknown>) => ({
          name: isObject(name) ? name.formatted_name : null,
          phones: (Array.isArray(phones) ? phones : []).filter(isObject).map(({ phone, wa_id }) => wa_id ?? phone),
        }))
    : null;

function identityOf({ key, at, previous, current, notice = null, name = null }: ElementOf<'identity'>): View[] {
  const changed = current.bsuid === null ? 'user_changed_number' : 'user_changed_user_id';
  const system = {
    body: notice,
    type: changed,
    wa_id: current.waId,
    new_wa_id: current.waId,
    user_id: current.bsuid,
    parent_user_id: current.parentBsuid,
    customer: previous.waId,
  };
  const said = { id: key, from: previous.waId, profile_name: name, timestamp: seconds(at) };
  const data = {
    wa_id: current.waId,
    detail: notice,
    user_id: { previous: previous.bsuid, current: current.bsuid },
    parent_user_id: { previous: previous.parentBsuid, current: current.parentBsuid },
    timestamp: seconds(at),
  };
  return [
    { event: 'message', type: 'system', ...said, system },
    { event: 'user_id_update', data },
  ];
}

function statusOf({
  providerId,
  reference,
  word,
  at,
  error,
  recipient,
  pricing,
  conversation,
}: ElementOf<'status'>): View {
  return {
    event: 'status',
    id: providerId,
    status: word,
    timestamp: seconds(at),
    biz_opaque_callback_data: reference,
    recipient_id: recipient.waId ?? recipient.groupId,
    recipient_type: recipient.groupId === null ? null : 'group',
    recipient_user_id: recipient.bsuid,
    recipient_parent_user_id: recipient.parentBsuid,
    parent_recipient_user_id: recipient.parentBsuid,
    recipient_participant_id: recipient.participant,
    recipient_participant_user_id: recipient.participantBsuid,
    error_codes: error && [Number(error.code)],
    pricing: pricing && {
      category: pricing.category,
      pricing_model: pricing.model,
      billable: pricing.billable,
      type: pricing.type,
    },
    conversation: conversation && {
      id: conversation.id,
      origin: conversation.origin,
      expiration_timestamp: seconds(conversation.expiresAt),
    },
  };
}

/** Calls and the statuses that are no message's keep Meta's names in `facts`, under the part that they came in. */
function otherOf({ field, facts, problem }: ElementOf<'other'>): View {
  const part = (name: string): JsonObject | null => (isObject(facts[name]) ? (facts[name] as JsonObject) : null);
  const [call, status] = [part('calls'), part('statuses')];
  if (call) return { ...call, event: 'call', id: call.id ?? call.wacid, call_event: call.event };
  if (status) return { ...status, event: 'status' };
  // What nobody can read is kept for people to see: it tells nothing, and `expected` says nothing of it
  if (problem !== null) return { event: 'quarantined', field };
  return { ...facts, event: 'field', field, value_event: facts.event };
}
