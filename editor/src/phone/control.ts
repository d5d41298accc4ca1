import { RequestError, request } from '../api/request.ts';
import { words } from './words.ts';

/** What the simulator's control answers under `/_`; its README describes it. Moments are ISO 8601. */
export interface SimulatorState {
  numbers: BusinessNumber[];
  phones: Phone[];
  clock: { now: string };
}

export type Provider = 'meta' | 'twilio';

export interface BusinessNumber {
  id: string;
  provider: Provider;
  name: string;
  /** E.164 */
  address: string;
  /** What is typed into Parley to connect the number. */
  credentials: Record<string, string | null>;
  webhook: { inbound: string | null; status: string | null; verifyToken: string | null; verified?: boolean };
}

export interface Phone {
  /** E.164 */
  phone: string;
  name: string;
  username: string | null;
  chats: { number: string; unread: number; last: { text: string; at: string } | null }[];
}

export interface PhoneMessage {
  id: string;
  from: 'customer' | 'business';
  at: string;
  /** Meta's word for what it is: text, image, interactive, template… */
  kind: string;
  text: string | null;
  media: { url: string | null; contentType: string | null; filename: string | null } | null;
  interactive: Interactive | null;
  location: Place | null;
  contacts: Contact[] | null;
  /** The message that it answers. */
  replyTo: string | null;
  reactions: { from: 'customer' | 'business'; emoji: string }[];
  status: string;
  /** Why it failed, in the provider's code. */
  error: { code: number; details: string | null } | null;
  edited: boolean;
  revoked: boolean;
}

export interface Place {
  latitude: number;
  longitude: number;
  name: string | null;
  address: string | null;
}

export interface Contact {
  name: { formatted_name: string };
  phones?: { phone?: string }[];
}

export interface PressButton {
  id: string;
  title: string;
  /** It opens this and answers nothing. */
  url?: string;
}

export interface Interactive {
  type: string;
  header: { text: string | null; mediaUrl: string | null } | null;
  body: string | null;
  footer: string | null;
  buttons: PressButton[];
  /** The words on the button of a list or a form. */
  label: string | null;
  sections: { title: string | null; rows: { id: string; title: string; description: string | null }[] }[];
  url: string | null;
  flow: { id: string; token: string | null; screen: string | null } | null;
  cards: { header: string | null; body: string | null; buttons: PressButton[] }[];
}

export interface ChatId {
  phone: string;
  number: string;
}

/** What the customer does; the simulator says what each type needs. */
export type CustomerAct = { type: string } & Record<string, unknown>;

export interface Script {
  rules: Rule[];
  statuses: {
    order: 'right' | 'shuffled';
    delayMs: number;
    duplicate: boolean;
    delivered: boolean;
    read: 'on-open' | 'at-once';
  };
  webhooks: { batch: number; delayMs: number; duplicate: boolean };
}

export interface Rule {
  match: Record<string, string>;
  times?: number;
  then: string;
  code?: number;
  delayMs?: number;
}

export interface LogEntry {
  at: string;
  /** `in`: somebody called the provider. `out`: the provider called a webhook. */
  way: 'in' | 'out';
  provider: Provider | null;
  method: string;
  path: string;
  status: number | null;
  request: string | null;
  response: string | null;
  note: string | null;
}

const chatPath = ({ phone, number }: ChatId) =>
  `/_/phones/${encodeURIComponent(phone)}/chats/${encodeURIComponent(number)}`;

/** Each call rejects with a RequestError; `wordsOf` gives its sentence. */
export const control = {
  readState: () => request<SimulatorState>('GET', '/_/state'),
  addNumber: (number: Record<string, string>) => request<BusinessNumber>('POST', '/_/numbers', number),
  changeNumber: (id: string, changes: Record<string, string>) =>
    request<BusinessNumber>('PATCH', `/_/numbers/${encodeURIComponent(id)}`, changes),
  addPhone: (phone: Record<string, string>) => request<Pick<Phone, 'phone' | 'name'>>('POST', '/_/phones', phone),
  readChat: (chat: ChatId) => request<{ messages: PhoneMessage[]; typing: boolean }>('GET', chatPath(chat)),
  /** `told` is false for what the number's owner never hears of. */
  act: (chat: ChatId, what: CustomerAct) => request<{ id: string; told: boolean }>('POST', chatPath(chat), what),
  markRead: (chat: ChatId) => request<void>('POST', `${chatPath(chat)}/read`, {}),
  readScript: () => request<Script>('GET', '/_/script'),
  putScript: (script: Script) => request<Script>('PUT', '/_/script', script),
  readLog: () => request<{ entries: LogEntry[] }>('GET', '/_/log'),
  advance: (duration: string) => request<{ now: string }>('POST', '/_/clock', { advance: duration }),
  reset: () => request<void>('POST', '/_/reset', {}),
};
export type Control = typeof control;

/** The simulator says what is wrong in `error`. */
export function wordsOf(error: unknown): string {
  if (error instanceof RequestError && error.status === 0) return words.noAnswer;
  if (error instanceof RequestError && typeof error.facts.error === 'string') return error.facts.error;
  return error instanceof Error ? error.message : String(error);
}
