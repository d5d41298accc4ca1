import type { HttpReply, HttpRequest, InboundMessage, JsonObject } from '@parley/runtime';

/** What happens to a conversation: the person does something, a person hands back, the provider refuses the next send. */
export type Input =
  | { say: InboundMessage }
  | { happen: { name: string; data: JsonObject } }
  | { resume: true }
  | { refuse: true }
  | { nothing: true };

export interface Case {
  name: string;
  phone: string;
  /** The flow's id, and its document. */
  id: string;
  document: object;
  /** Live flows beside it; each may run those inside itself that follow. */
  others: { id: string; document: object }[];
  /** One for each round. After it the clock runs on by the round's wait, which all conversations of a batch share. */
  inputs: Input[];
}

/** What a conversation did: the same words from the browser and from the server. */
export interface Effects {
  /** Bodies as they reached the provider, without its references. */
  sent: unknown[];
  /** Requests to the world, without the key that makes them unique. */
  asked: unknown[];
  status: string;
  owner: string;
  at: string | null;
  fault: string | null;
  variables: unknown;
}

/** What the server made up for a conversation: what chance decides hangs on it. */
export interface Lot {
  contact: string;
  /** Ids of the sessions in their order. */
  sessions: string[];
}

export const REFUSED = 'Message undeliverable';
export const CONTACT = 'Zoë Ünal';

/** The world behind `http.request`: its answer depends on the address alone. */
export async function web({ url }: HttpRequest): Promise<HttpReply> {
  const [, kind] = /\/(json|text|missing|away)\b/.exec(url) ?? [];
  const json = { total: 12.5, state: 'on its way', tags: ['a', 'b'], asked: new URL(url).searchParams.get('q') };
  switch (kind) {
    case 'json':
      return { status: 200, headers: {}, text: JSON.stringify(json), json };
    case 'text':
      return { status: 200, headers: {}, text: 'plain words', json: null };
    case 'missing':
      return { status: 404, headers: {}, text: '{"error":"not found"}', json: { error: 'not found' } };
    default:
      throw new Error('The address did not answer.');
  }
}

export const shownFault = (fault: { code: string; message: string } | null): string | null =>
  fault && `${fault.code}: ${fault.message}`;

export function shownRequest({ method, url, headers, body }: HttpRequest): object {
  const { 'idempotency-key': _, ...rest } = headers;
  return { method, url, headers: rest, body };
}
