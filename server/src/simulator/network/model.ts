/** What the simulator holds: businesses' numbers, customers' phones, and what went between them. All of it in memory. */

export interface MetaAccount {
  provider: 'meta';
  /** The WhatsApp Business Account. */
  id: string;
  businessId: string;
  appId: string;
  appSecret: string;
  accessToken: string;
  templates: Template[];
}

export interface TwilioAccount {
  provider: 'twilio';
  /** `AC…` */
  id: string;
  authToken: string;
  contents: Content[];
}

interface NumberBase {
  /** Meta's phone number id; Twilio's `PN…`. */
  id: string;
  name: string;
  /** E.164 */
  address: string;
  /** Where messages of customers are told to; null: nowhere. */
  inbound: string | null;
  limits: Limits;
}

export interface Limits {
  /** Messages a second to anybody. Meta and Twilio: 80. */
  perSecond: number;
  /** Messages that one customer may get at once before the number has to slow down. Meta: 45. */
  pairBurst: number;
}

export interface MetaNumber extends NumberBase {
  provider: 'meta';
  account: MetaAccount;
  verifyToken: string;
  /** Whether the address answered Meta's handshake. */
  verified: boolean;
  registered: boolean;
  pin: string | null;
  profile: Record<string, unknown>;
  automation: Record<string, unknown>;
  settings: Record<string, unknown>;
  /** Phones (digits) that the business does not want to hear from. */
  blocked: Set<string>;
}

export interface TwilioNumber extends NumberBase {
  provider: 'twilio';
  account: TwilioAccount;
  /** Where an inbound message goes when `inbound` fails. */
  fallback: string | null;
  /** Used by messages that name no StatusCallback of their own. */
  status: string | null;
  senderSid: string;
  /** The Messaging Service that the number sits in, `MG…`. */
  serviceSid: string | null;
  /** The service handles STOP and START by itself. */
  optOutHandled: boolean;
  /** Null: a number of its own. Otherwise customers have to write `join <code>` first. */
  sandboxCode: string | null;
}

export type BusinessNumber = MetaNumber | TwilioNumber;

export interface Phone {
  /** E.164 */
  phone: string;
  name: string;
  username: string | null;
  /** The business-scoped user id. */
  bsuid: string;
}

export interface Media {
  id: string;
  bytes: Buffer;
  contentType: string;
  filename: string | null;
  /** The account that uploaded it or got it. */
  account: string;
  at: Date;
}

/** Meta's words for the kinds of a message. */
export type Kind =
  | 'text'
  | 'image'
  | 'video'
  | 'audio'
  | 'document'
  | 'sticker'
  | 'location'
  | 'contacts'
  | 'interactive'
  | 'button'
  | 'template'
  | 'reaction'
  | 'order';

export interface Interactive {
  type:
    | 'buttons'
    | 'list'
    | 'cta_url'
    | 'flow'
    | 'location_request'
    | 'product'
    | 'product_list'
    | 'carousel'
    | 'other';
  header: { text: string | null; mediaUrl: string | null } | null;
  body: string | null;
  footer: string | null;
  /** What can be pressed. `url` opens a page, anything else is an answer. */
  buttons: { id: string; title: string; url?: string }[];
  /** Of a list, its button's words. */
  label: string | null;
  sections: { title: string | null; rows: { id: string; title: string; description: string | null }[] }[];
  url: string | null;
  flow: { id: string; token: string | null; screen: string | null } | null;
  cards: { header: string | null; body: string | null; buttons: { id: string; title: string; url?: string }[] }[];
}

export interface Place {
  latitude: number;
  longitude: number;
  name: string | null;
  address: string | null;
}

export interface Card {
  name: { formatted_name: string; [part: string]: unknown };
  phones?: { phone?: string; wa_id?: string; type?: string }[];
  [part: string]: unknown;
}

export type Status = 'accepted' | 'queued' | 'scheduled' | 'canceled' | 'sent' | 'delivered' | 'read' | 'failed';

/** What a message says, however it was written. */
export interface Said {
  kind: Kind;
  text: string | null;
  /** A file of ours, or where to fetch it. */
  media: Media | { link: string; filename: string | null } | null;
  voice: boolean;
  interactive: Interactive | null;
  location: Place | null;
  contacts: Card[] | null;
  template: { name: string; language: string; category: string } | null;
  replyTo: string | null;
}

export interface Message extends Said {
  id: string;
  number: string;
  /** The customer's, E.164. */
  phone: string;
  from: 'customer' | 'business';
  at: Date;
  status: Status;
  failure: Failure | null;
  reactions: { from: 'customer' | 'business'; emoji: string }[];
  revoked: boolean;
  edited: boolean;
  /** The business's own id of it, given back with every status. */
  reference: string | null;
  sentTo: string;
  /** What only Twilio keeps of a message. */
  twilio: TwilioFacts | null;
}

export interface TwilioFacts {
  statusCallback: string | null;
  serviceSid: string | null;
  contentSid: string | null;
  sendAt: Date | null;
  updatedAt: Date;
  mediaIds: string[];
}

/** Why a message failed, in the provider's code. */
export interface Failure {
  code: number;
  details: string | null;
}

export interface Chat {
  number: string;
  phone: string;
  messages: Message[];
  /** Of the customer's last message: opens the 24 hours. */
  heardAt: Date | null;
  unread: number;
  /** The business shows that it writes, until then. */
  typingUntil: Date | null;
  joined: boolean;
  optedOut: boolean;
  /** When the pair's messages of the last minutes left, for the pair rate limit. */
  paceFull: { tokens: number; at: Date } | null;
}

export interface Template {
  id: string;
  name: string;
  language: string;
  category: string;
  status: 'APPROVED' | 'PENDING' | 'REJECTED' | 'PAUSED' | 'DISABLED';
  parameterFormat: 'POSITIONAL' | 'NAMED';
  components: TemplateComponent[];
}

export interface TemplateComponent {
  type: string;
  format?: string;
  text?: string;
  buttons?: { type: string; text?: string; url?: string; phone_number?: string; [fact: string]: unknown }[];
  [fact: string]: unknown;
}

/** A resource of Twilio's Content API. */
export interface Content {
  sid: string;
  friendlyName: string;
  language: string;
  variables: Record<string, string>;
  types: Record<string, Record<string, unknown>>;
  approval: { name: string; category: string; contentType: string; status: string; rejectionReason: string } | null;
  createdAt: Date;
  updatedAt: Date;
}

/** One thing that a number's owner is told. */
export type Telling =
  | { kind: 'message'; message: Message; extra: MessageExtra }
  | { kind: 'edit'; message: Message; target: string; text: string }
  | { kind: 'revoke'; message: Message; target: string }
  | { kind: 'status'; message: Message; status: Status | 'played'; failure: Failure | null; at: Date }
  | { kind: 'field'; field: string; value: Record<string, unknown> };

/** What only some messages of customers carry. */
export interface MessageExtra {
  /** The press of a button, a row, a filled-in form. */
  answer:
    | { type: 'button'; id: string; title: string; ofTemplate: boolean }
    | { type: 'list'; id: string; title: string; description: string | null }
    | { type: 'flow'; answers: Record<string, unknown>; name: string }
    | null;
  reaction: { target: string; emoji: string } | null;
  referral: Record<string, unknown> | null;
  order: Record<string, unknown> | null;
  optOut: 'STOP' | 'START' | 'HELP' | null;
}

export const nothingSaid = (): Said => ({
  kind: 'text',
  text: null,
  media: null,
  voice: false,
  interactive: null,
  location: null,
  contacts: null,
  template: null,
  replyTo: null,
});

export const noExtra = (): MessageExtra => ({
  answer: null,
  reaction: null,
  referral: null,
  order: null,
  optOut: null,
});

export const digitsOf = (phone: string): string => phone.replace(/\D/g, '');
