import type { Json } from '@parley/runtime';
import type { EventPayload, TailEntry } from '../documents.ts';
import type { Stepping } from './stepping.ts';

export type AnswerPayload = Extract<EventPayload, { kind: 'answer' }>;
type ResultPayload = Extract<EventPayload, { kind: 'result' }>;

/** What the world said to a call; it counts only while the conversation still waits for it. */
export function answered(turn: Stepping, payload: AnswerPayload, entry: TailEntry): void {
  const known = turn.state.calls.some((call) => call.id === payload.call);
  turn.state.calls = turn.state.calls.filter((call) => call.id !== payload.call);
  const { visit, port, set, error } = payload;
  entry.stale =
    !known ||
    turn.state.owner.kind !== 'bot' ||
    !turn.feed({ type: 'call.settled', visit, port, set: set as Record<string, Json>, error }, entry);
}

/** What became of a send: the machine may wait for it, and hears of every failure. */
export function settled(turn: Stepping, { session: id, ordinal, ok, error }: ResultPayload, entry: TailEntry): void {
  const { session, owner } = turn.state;
  const ours = session?.id === id && turn.inSession() && owner.kind === 'bot';
  if (!ours || !session) {
    entry.stale = true;
    return;
  }
  const awaited = session.snapshot.memory.awaiting.includes(ordinal);
  if (!awaited && ok) {
    entry.stale = true;
    return;
  }
  const event = awaited
    ? ({ type: 'effect.settled', ordinal, ok, error } as const)
    : ({ type: 'effect.failed', ordinal, error } as const);
  entry.stale = !turn.feed(event, entry);
}

/** People gave the conversation back: the session goes on where it was, or where they sent it. */
export function comeBack(turn: Stepping, entry: TailEntry): void {
  const { resumeAt, outbox } = turn.document;
  if (resumeAt !== null) {
    turn.feed({ type: 'jump', target: resumeAt }, entry);
    return;
  }
  const session = turn.state.session?.id;
  const awaited = turn.state.session?.snapshot.memory.awaiting ?? [];
  turn.feed({ type: 'resumed' }, entry);
  // What the flow waited for was dropped, or its result came while people spoke: nobody will tell it any more
  for (const ordinal of awaited) {
    const underWay = Object.values(outbox).some(
      (one) => one.state === 'sending' && one.session === session && one.ordinal === ordinal,
    );
    if (underWay || !turn.state.session?.snapshot.memory.awaiting.includes(ordinal)) continue;
    turn.feed({ type: 'effect.settled', ordinal, ok: true, error: null }, entry);
  }
}
