import { derivedId } from '../storage/ids.ts';
import {
  type ConversationDocument,
  DEEDS_PAUSE,
  type EventPayload,
  type EventRow,
  MAX_ATTEMPTS,
  OUTBOX_PAUSE,
  type TailEntry,
} from './documents.ts';
import { type AnswerPayload, answered, comeBack, settled } from './step/answers.ts';
import { changeMessage, hearEcho } from './step/aside.ts';
import { startByEvent, startFlow } from './step/begin.ts';
import { hear, show } from './step/hear.ts';
import { NOWHERE, performEffect, send } from './step/perform-effect.ts';
import { DrainFirst, type Failure, type Stepped, Stepping, type World } from './step/stepping.ts';

/**
 * Feeds a hand-back, new events and due timers to the flow, in that order, and collects what comes of it. Pure: the same
 * document, rows and world give the same commit. `stepped` is null where nothing is to be committed, or where earlier
 * sends must leave first.
 */
export function stepConversation(
  document: ConversationDocument,
  rows: readonly EventRow[],
  world: World,
): { stepped: Stepped | null; failures: Failure[] } {
  const turn = new Stepping(document, world, performEffect);
  handBack(turn);
  for (const row of rows) if (!handle(turn, row)) break;
  fireTimers(turn);
  return { stepped: turn.result(), failures: turn.failures };
}

/** The hand-back comes before everything else that waited meanwhile. */
function handBack(turn: Stepping): void {
  const { resume, _id } = turn.document;
  if (resume === null) return;
  const forget = () => {
    turn.state.resume = null;
  };
  fire(turn, `owner.${_id}.${resume}`, forget, (entry) => {
    if (turn.state.owner.kind !== 'bot' || !turn.inSession()) entry.stale = true;
    else if (turn.withdrewConsent()) silence(turn, entry);
    else comeBack(turn, entry);
  });
}

/** False where the turn must stop: earlier sends first, or a call is under way and the rest waits in the mailbox. */
function handle(turn: Stepping, row: EventRow): boolean {
  if (turn.full || isLoaded(turn)) return false;
  const entry = turn.entry(row._id);
  const payload = row.payload as EventPayload;
  const attempt = turn.attempt(row._id, () => {
    if (row.attempts >= MAX_ATTEMPTS) park(turn, payload, entry, row);
    else if (!take(turn, payload, entry, row)) return false;
    turn.state.handled.push(entry);
    return true;
  });
  if (attempt === 'failed') turn.full = true; // what came later may not overtake it
  return attempt === 'done';
}

function take(turn: Stepping, payload: EventPayload, entry: TailEntry, row: EventRow): boolean {
  switch (payload.kind) {
    case 'message':
      return hear(turn, payload, entry, row);
    case 'edit':
    case 'revoke':
      changeMessage(turn, entry, row);
      return true;
    case 'echo':
      hearEcho(turn, payload, entry, row);
      return true;
    case 'answer':
      answered(turn, payload, entry);
      return true;
    case 'result':
      settled(turn, payload, entry);
      return true;
    case 'closed':
      entry.stale = !turn.inSession() || !turn.feed({ type: 'closed' }, entry);
      return true;
    case 'agent':
      send(turn, payload.content, payload.author, 'agent', NOWHERE, entry, derivedId('msg', row._id));
      return true;
    case 'start':
      if (turn.isCalling()) return false;
      startFlow(turn, payload, entry);
      return true;
    case 'event':
      if (turn.isCalling()) return false;
      startByEvent(turn, payload, entry);
      return true;
  }
}

/** What no attempt could deliver is set aside where people see it, so that the next one gets its turn. */
function park(turn: Stepping, payload: EventPayload, entry: TailEntry, row: EventRow): void {
  const error = `This event could not be delivered in ${row.attempts} attempts.`;
  if (payload.kind === 'message') show(turn, payload, entry, row);
  if (payload.kind === 'answer') giveUp(turn, { ...payload, port: 'error', set: {}, error }, entry);
  entry.parked = true;
  entry.fault = { code: 'parked', message: error, node: null };
}

/** A call is answered once: a flow that waits for a parked answer would wait for ever, and all messages with it. */
function giveUp(turn: Stepping, failed: AnswerPayload, entry: TailEntry): void {
  const told = turn.attempt(entry.id, () => {
    answered(turn, failed, entry);
    return true;
  });
  if (told === 'stopped') throw new DrainFirst();
  if (told === 'failed') turn.end(entry);
}

/** Hand-backs and timers have no row that could count attempts: one that throws is journalled, and gone. */
function fire(turn: Stepping, id: string, forget: () => void, work: (entry: TailEntry) => void): void {
  if (turn.full) return;
  if (isLoaded(turn)) {
    turn.full = true;
    return;
  }
  const entry = turn.entry(id);
  const attempt = turn.attempt(id, () => {
    forget();
    work(entry);
    turn.state.fired.push(entry);
    return true;
  });
  if (attempt !== 'failed') return;
  forget();
  const fault = { code: 'not_delivered', message: 'The flow could not be told of this.', node: null };
  turn.state.fired.push({ ...turn.entry(id), stale: true, fault });
}

/** Timers wait while people own the conversation, but for those that were set for just that. */
function fireTimers(turn: Stepping): void {
  const due = turn.state.timers
    .filter((timer) => timer.due <= turn.world.now)
    .sort((a, b) => a.due.getTime() - b.due.getTime());
  for (const timer of due) {
    if (!turn.state.timers.includes(timer)) continue;
    if (turn.state.owner.kind !== 'bot' && !timer.whileAway) continue;
    const forget = () => {
      turn.state.timers = turn.state.timers.filter((one) => one !== timer);
    };
    fire(turn, `fired.${timer.id}`, forget, (entry) => {
      if (turn.withdrewConsent()) silence(turn, entry);
      else entry.stale = !turn.feed({ type: 'timer', visit: timer.visit, name: timer.name }, entry);
    });
  }
}

/** STOP was said on another channel, or the flow withdrew the consent itself: what waited here is not said any more. */
function silence(turn: Stepping, entry: TailEntry): void {
  turn.end(entry);
  entry.stale = true;
  entry.fault = { code: 'consent_withdrawn', message: 'The person said STOP: this flow goes no further.', node: null };
}

/** So much is to be sent or done already that it comes first. */
const isLoaded = ({ document, state }: Stepping): boolean =>
  document.next - document.head + state.entries.length >= OUTBOX_PAUSE || state.deeds.length >= DEEDS_PAUSE;
