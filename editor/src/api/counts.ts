import type { Person } from './conversations.ts';
import { request } from './request.ts';

export interface NodeCount {
  entered: number;
  /** How many went no further here: failed, expired, replaced, stopped, handedOver; `done` is the flow's end. */
  left: Readonly<Record<string, number>>;
  waiting: number;
}

export interface FlowCounts {
  from: string;
  to: string;
  sessions: number;
  ended: Readonly<Record<string, number>>;
  nodes: Readonly<Record<string, NodeCount>>;
  /** By node and port, with a space between. */
  ports: Readonly<Record<string, number>>;
  series: { unit: 'hour' | 'day'; points: readonly { at: string; sessions: number; entered: number }[] };
}

export interface CountsQuery {
  from: Date;
  to: Date;
  version: number | null;
  /** Whose arrivals the series holds beside the sessions. */
  node: string | null;
  /** Of the series; hours are kept for 90 days. */
  unit: 'hour' | 'day';
}

export interface Passing {
  at: string;
  conversationId: string;
  contact: Person;
  text: string | null;
}

export interface JourneyStep {
  id: string;
  at: string;
  session: string;
  event: {
    kind: 'message' | 'answer' | 'result' | 'timer' | 'handback' | 'start' | 'event' | 'closed' | 'other';
    text: string | null;
    /** Of a message what it is, such as `text` or `image`. */
    type: string | null;
    choice: string | null;
  };
  visits: readonly { node: string; port: string | null }[];
  node: string;
  effects: readonly { kind: string; text: string | null; problem: string | null }[];
  handedOver: boolean;
  ended: string | null;
  fault: { code: string; message: string; node: string | null } | null;
}

export interface Journey {
  conversation: { id: string; contact: Person };
  sessions: readonly { id: string; flow: string; flowName: string | null; version: number; ended: string | null }[];
  steps: readonly JourneyStep[];
  variables: Readonly<Record<string, unknown>> | null;
  next: number | null;
}

const flowAt = (id: string) => `/api/flows/${encodeURIComponent(id)}/counts`;

export function readCounts(flow: string, { from, to, version, node, unit }: CountsQuery): Promise<FlowCounts> {
  const parameters = new URLSearchParams({ from: from.toISOString(), to: to.toISOString(), unit });
  if (version !== null) parameters.set('version', String(version));
  if (node !== null) parameters.set('node', node);
  return request('GET', `${flowAt(flow)}?${parameters}`);
}

/** The last ten who took a way: a port, `$in` for all who came, `$out` for those who went no further. */
export const readLastContacts = (flow: string, node: string, way: string) =>
  request<{ items: Passing[] }>(
    'GET',
    `${flowAt(flow)}/${encodeURIComponent(node)}/contacts?${new URLSearchParams({ port: way })}`,
  ).then(({ items }) => items);

const journeyAt = (conversation: string, query: string) =>
  request<Journey>('GET', `/api/conversations/${encodeURIComponent(conversation)}/journey${query}`);

export const readJourney = (conversation: string, before: number | null) =>
  journeyAt(conversation, before === null ? '' : `?before=${before}`);

/** Its last step, and the others that were made at once with it. */
export const readLastSteps = (conversation: string) => journeyAt(conversation, '?limit=1');
