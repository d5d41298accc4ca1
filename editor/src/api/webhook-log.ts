import { request } from './request.ts';

export type HeardState = 'new' | 'done' | 'parked' | 'raw';

/** Something that a provider told, or that fell due by itself. */
export interface Heard {
  id: string;
  kind: string;
  state: HeardState;
  /** Over which number it came. */
  channelId: string | null;
  conversationId: string | null;
  attempts: number;
  payload: Record<string, unknown>;
  /** What the step did: nodes visited, effects, fault. */
  step: Record<string, unknown> | null;
  createdAt: string;
}

const AT_ONCE = 50;

export function listHeard(state: HeardState | null, cursor: string | null) {
  const query = new URLSearchParams({ limit: String(AT_ONCE) });
  if (state) query.set('state', state);
  if (cursor) query.set('cursor', cursor);
  return request<{ items: Heard[]; next: string | null }>('GET', `/api/webhook-log?${query}`);
}
