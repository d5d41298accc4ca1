import {
  type Compiled,
  chooseTrigger,
  consentConfirmation,
  consentOf,
  deliver,
  type Effect,
  type Facts,
  type FlowEvent,
  type InboundMessage,
  type Json,
  type LiveFlow,
  type NodeTypes,
  previewOf,
  type Step,
  start,
  type TriggerDecision,
} from '@parley/runtime';
import { type Contact, factsOf } from '../storage/contacts.ts';
import { derivedId } from '../storage/ids.ts';
import { type Author, inboundRow, type MessageRow, outboundRow } from '../storage/messages.ts';
import {
  type CallState,
  type ConversationDocument,
  type EventPayload,
  type EventRow,
  MAX_ATTEMPTS,
  OUTBOX_PAUSE,
  type OutboxEntry,
  type Owner,
  type SessionState,
  type TailEntry,
  type TimerState,
} from './documents.ts';

/** What a turn must know besides the conversation itself; gathered before, so that stepping is pure. */
export interface World {
  now: Date;
  contact: Contact;
  /** What live flows say, for messages that begin something. */
  flows: readonly LiveFlow[];
  nodeTypes: NodeTypes;
  /** A flow version that is live or that the session pinned; null where it is gone or broken. */
  compiled(flow: string, version: number): Compiled | null;
  retries: boolean;
  /** ms after which a call that nobody answered is asked again. */
  callWatch: number;
}

/** What one commit will write, and what is shown after it. */
export interface Stepped {
  session: SessionState | null;
  timers: TimerState[];
  calls: CallState[];
  owner: Owner;
  epoch: number;
  resume: number | null;
  entries: OutboxEntry[];
  handled: TailEntry[];
  /** Timers and hand-backs: the journal has no row of theirs. */
  fired: TailEntry[];
  messages: MessageRow[];
  summary: Pick<
    ConversationDocument,
    'unread' | 'heard' | 'lastInboundAt' | 'lastInboundId' | 'lastMessage' | 'orders'
  >;
}

const WINDOW = 24 * 3_600_000; // ms; Meta: free messages within 24 hours of the person's last one
const BOT: Author = { kind: 'bot', id: null, name: 'Bot' };
const IN_PROGRESS = ['waiting', 'calling'];

/** What could not be delivered; the rest of the turn stands without it. */
export interface Failure {
  id: string;
  error: unknown;
}

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
  const turn = new Turn(document, world);
  turn.resume();
  for (const row of rows) if (!turn.handle(row)) break;
  turn.fireTimers();
  return { stepped: turn.result(), failures: turn.failures };
}

/** Thrown inside a turn: a step changes the owner while earlier words are still queued, which that change would void. */
class DrainFirst extends Error {}

class Turn {
  readonly document: ConversationDocument;
  readonly world: World;
  readonly failures: Failure[] = [];
  state: Omit<Stepped, 'epoch'>;
  ownerChanged = false;
  consent: boolean | null = null;
  /** Nothing more is taken in this turn. */
  full = false;
  applied = 0;

  constructor(document: ConversationDocument, world: World) {
    this.document = document;
    this.world = world;
    const { session, timers, calls, owner, resume, unread, heard, lastInboundAt, lastInboundId, lastMessage, orders } =
      document;
    const summary = { unread, heard, lastInboundAt, lastInboundId, lastMessage, orders };
    this.state = { session, timers, calls, owner, resume, entries: [], handled: [], fired: [], messages: [], summary };
  }

  result(): Stepped | null {
    const { handled, fired, entries, resume } = this.state;
    if (handled.length + fired.length + entries.length === 0 && resume === this.document.resume) return null;
    // An effect carries the epoch that its own commit leaves behind: words before a handover still go out
    const epoch = this.document.epoch + (this.ownerChanged ? 1 : 0);
    for (const entry of entries) entry.epoch = epoch;
    for (const call of this.state.calls) if (call.epoch < 0) call.epoch = epoch;
    return { ...this.state, epoch };
  }

  /** The hand-back comes before everything else that waited meanwhile. */
  resume(): void {
    const { resume, _id } = this.document;
    if (resume === null) return;
    const forget = () => {
      this.state.resume = null;
    };
    this.fire(`owner.${_id}.${resume}`, forget, (entry) => {
      if (this.state.owner.kind === 'bot' && this.inSession()) this.comeBack(entry);
      else entry.stale = true;
    });
  }

  comeBack(entry: TailEntry): void {
    const { resumeAt, outbox } = this.document;
    if (resumeAt !== null) {
      this.feed({ type: 'jump', target: resumeAt }, entry);
      return;
    }
    const session = this.state.session?.id;
    const awaited = this.state.session?.snapshot.memory.awaiting ?? [];
    this.feed({ type: 'resumed' }, entry);
    // What the flow waited for was dropped, or its result came while people spoke: nobody will tell it any more
    for (const ordinal of awaited) {
      const underWay = Object.values(outbox).some(
        (one) => one.state === 'sending' && one.session === session && one.ordinal === ordinal,
      );
      if (underWay || !this.state.session?.snapshot.memory.awaiting.includes(ordinal)) continue;
      this.feed({ type: 'effect.settled', ordinal, ok: true, error: null }, entry);
    }
  }

  /** False where the turn must stop: earlier sends first, or a call is under way and the rest waits in the mailbox. */
  handle(row: EventRow): boolean {
    if (this.full || this.waiting() >= OUTBOX_PAUSE) return false;
    const entry = this.entry(row._id);
    const payload = row.payload as EventPayload;
    const attempt = this.attempt(row._id, () => {
      if (row.attempts >= MAX_ATTEMPTS) this.park(payload, entry, row);
      else if (!this.take(payload, entry, row)) return false;
      this.state.handled.push(entry);
      return true;
    });
    if (attempt === 'failed') this.full = true; // what came later may not overtake it
    return attempt === 'done';
  }

  /** What no attempt could deliver is set aside where people see it, so that the next one gets its turn. */
  park(payload: EventPayload, entry: TailEntry, row: EventRow): void {
    const error = `This event could not be delivered in ${row.attempts} attempts.`;
    if (payload.kind === 'message') this.show(payload, entry, row);
    if (payload.kind === 'answer') this.giveUp({ ...payload, port: 'error', set: {}, error }, entry);
    entry.parked = true;
    entry.fault = { code: 'parked', message: error, node: null };
  }

  /** A call is answered once: a flow that waits for a parked answer would wait for ever, and all messages with it. */
  giveUp(failed: Extract<EventPayload, { kind: 'answer' }>, entry: TailEntry): void {
    const told = this.attempt(entry.id, () => this.answered(failed, entry));
    if (told === 'stopped') throw new DrainFirst();
    if (told === 'failed') this.end();
  }

  /** Hand-backs and timers have no row that could count attempts: one that throws is journalled, and gone. */
  fire(id: string, forget: () => void, work: (entry: TailEntry) => void): void {
    if (this.full) return;
    if (this.waiting() >= OUTBOX_PAUSE) {
      this.full = true;
      return;
    }
    const entry = this.entry(id);
    const attempt = this.attempt(id, () => {
      forget();
      work(entry);
      this.state.fired.push(entry);
      return true;
    });
    if (attempt !== 'failed') return;
    forget();
    const fault = { code: 'not_delivered', message: 'The flow could not be told of this.', node: null };
    this.state.fired.push({ ...this.entry(id), stale: true, fault });
  }

  /** Undoes what the work did where earlier sends must leave first, or where it throws. */
  attempt(id: string, work: () => boolean): 'done' | 'stopped' | 'failed' {
    const { entries, handled, fired, messages, summary } = this.state;
    const before = {
      ...this.state,
      entries: [...entries],
      handled: [...handled],
      fired: [...fired],
      messages: [...messages],
      summary: { ...summary },
    };
    const { ownerChanged, consent } = this;
    try {
      return work() ? 'done' : 'stopped';
    } catch (error) {
      this.state = before;
      this.ownerChanged = ownerChanged;
      this.consent = consent;
      if (!(error instanceof DrainFirst)) {
        this.failures.push({ id, error });
        return 'failed';
      }
      this.full = true;
      return 'stopped';
    }
  }

  /** Sends that have not left yet. */
  waiting(): number {
    return this.document.next - this.document.head + this.state.entries.length;
  }

  take(payload: EventPayload, entry: TailEntry, row: EventRow): boolean {
    switch (payload.kind) {
      case 'message':
        return this.hear(payload, entry, row);
      case 'answer':
        return this.answered(payload, entry);
      case 'result':
        return this.settled(payload, entry);
      case 'closed': {
        entry.stale = !this.inSession() || !this.feed({ type: 'closed' }, entry);
        return true;
      }
      case 'agent': {
        this.send(
          payload.content,
          payload.author,
          'agent',
          { session: null, ordinal: null, answers: false },
          entry,
          derivedId('msg', row._id),
        );
        return true;
      }
    }
  }

  hear(payload: Extract<EventPayload, { kind: 'message' }>, entry: TailEntry, row: EventRow): boolean {
    const bot = this.state.owner.kind === 'bot';
    if (bot && payload.speaks && this.state.session?.status === 'calling' && consentOf(payload.message) === null)
      return false;
    const first = this.state.summary.heard === 0;
    this.show(payload, entry, row);
    if (!bot || !payload.speaks) return true;
    if (this.consents(payload.message, entry, first)) return true;
    if (this.inSession() && this.feed({ type: 'message', message: payload.message }, entry)) return true;
    this.begin(payload.message, first, entry);
    return true;
  }

  /** STOP and its kind are handled before any flow, unless a flow's trigger asks for exactly that word. */
  consents(message: InboundMessage, entry: TailEntry, first: boolean): boolean {
    const { contact, flows, nodeTypes } = this.world;
    const change = consentOf(message);
    const withdrawn = (this.consent ?? contact.consent.service) === false;
    if (change === null) return withdrawn; // who said STOP is answered by people only, until START
    const wanted = chooseTrigger(flows, nodeTypes, { message, first, channel: this.document.channel });
    if (change === 'given' && !withdrawn) return false;
    entry.consent = change;
    if (change === 'withdrawn') this.end();
    if (wanted?.kind === 'equals') {
      if (change === 'given') this.consent = true;
      this.begin(message, first, entry);
      if (change === 'withdrawn') this.consent = false;
      return true;
    }
    if ((change === 'withdrawn') === withdrawn) return true; // acknowledged once
    this.consent = change === 'given';
    const text = consentConfirmation(change, contact.language);
    this.send({ kind: 'text', text }, BOT, 'bot', { session: null, ordinal: null, answers: false }, entry);
    return true;
  }

  end(): void {
    const { session } = this.state;
    this.state.session = session && IN_PROGRESS.includes(session.status) ? { ...session, status: 'done' } : session;
    this.state.timers = [];
    this.state.calls = [];
  }

  /** A message that nobody waits for may begin a flow. While only a timer is awaited, a catch-all may not end that wait. */
  begin(message: InboundMessage, first: boolean, entry: TailEntry): void {
    const { flows, nodeTypes } = this.world;
    const decision = chooseTrigger(flows, nodeTypes, { message, first, channel: this.document.channel });
    entry.trigger = decision;
    if (!decision || (this.inSession() && (decision.kind === 'any' || decision.kind === 'first'))) return;
    const compiled = this.world.compiled(decision.flow, decision.version);
    if (!compiled) return;
    this.state.timers = [];
    this.state.calls = [];
    const id = `${this.document._id}.s${this.document.step}.${this.state.handled.length}`;
    const session: SessionState = {
      id,
      flow: decision.flow,
      version: decision.version,
      snapshot: { at: '', memory: {} as never },
      status: 'waiting',
    };
    const facts = this.facts(session, compiled);
    this.apply(session, start(compiled, { session: id, target: decision.node, message, facts }), entry);
  }

  answered(payload: Extract<EventPayload, { kind: 'answer' }>, entry: TailEntry): boolean {
    const known = this.state.calls.some((call) => call.id === payload.call);
    this.state.calls = this.state.calls.filter((call) => call.id !== payload.call);
    const { visit, port, set, error } = payload;
    entry.stale =
      !known ||
      this.state.owner.kind !== 'bot' ||
      !this.feed({ type: 'call.settled', visit, port, set: set as Record<string, Json>, error }, entry);
    return true;
  }

  settled(payload: Extract<EventPayload, { kind: 'result' }>, entry: TailEntry): boolean {
    const { session } = this.state;
    const { ordinal, ok, error } = payload;
    const ours = session?.id === payload.session && this.inSession() && this.state.owner.kind === 'bot';
    if (!ours || !session) {
      entry.stale = true;
      return true;
    }
    const awaited = session.snapshot.memory.awaiting.includes(ordinal);
    if (!awaited && ok) entry.stale = true;
    else
      entry.stale = !this.feed(
        awaited ? { type: 'effect.settled', ordinal, ok, error } : { type: 'effect.failed', ordinal, error },
        entry,
      );
    return true;
  }

  /** Timers wait while people own the conversation, but for those that were set for just that. */
  fireTimers(): void {
    const due = this.state.timers
      .filter((timer) => timer.due <= this.world.now)
      .sort((a, b) => a.due.getTime() - b.due.getTime());
    for (const timer of due) {
      if (!this.state.timers.includes(timer)) continue;
      if (this.state.owner.kind !== 'bot' && !timer.whileAway) continue;
      const forget = () => {
        this.state.timers = this.state.timers.filter((one) => one !== timer);
      };
      this.fire(`fired.${timer.id}`, forget, (entry) => {
        entry.stale = !this.feed({ type: 'timer', visit: timer.visit, name: timer.name }, entry);
      });
    }
  }

  inSession(): boolean {
    return this.state.session !== null && IN_PROGRESS.includes(this.state.session.status);
  }

  /** Delivers one event to the session; false where nothing took it. */
  feed(event: FlowEventWithoutFacts, entry: TailEntry): boolean {
    const { session } = this.state;
    if (!session) return false;
    const compiled = this.world.compiled(session.flow, session.version);
    if (!compiled) {
      entry.fault = {
        code: 'version_gone',
        message: `Version ${session.version} of the flow cannot be read.`,
        node: null,
      };
      this.end();
      return true;
    }
    const step = deliver(compiled, session.snapshot, { ...event, facts: this.facts(session, compiled) } as FlowEvent);
    this.apply(session, step, entry);
    return step.handled;
  }

  apply(session: SessionState, step: Step, entry: TailEntry): void {
    for (const effect of step.effects) this.perform(effect, effect, session, entry);
    this.state.session = { ...session, snapshot: step.snapshot, status: step.status };
    entry.visited.push(...step.trace);
    if (step.fault && step.status === 'failed') entry.fault = step.fault;
    this.applied++; // no two steps of a commit give their timers and calls the same names
    this.setTimers(step);
    const { visit } = step.snapshot.memory;
    const kept = step.status === 'calling' ? this.state.calls.filter((call) => call.visit === visit) : [];
    // The epoch is known only at the end of the turn
    const asked = step.calls.map((call, index) => ({
      ...call,
      id: `${this.document._id}.${this.document.step}.${this.applied}.c${index}`,
      epoch: -1,
      until: new Date(this.world.now.getTime() + this.world.callWatch),
    }));
    this.state.calls = [...kept, ...asked];
  }

  setTimers(step: Step): void {
    let timers = IN_PROGRESS.includes(step.status) ? this.state.timers : [];
    step.timers.forEach((change, index) => {
      if ('cancel' in change) {
        timers = timers.filter((timer) => timer.visit !== change.cancel);
        return;
      }
      const { visit, name, due, whileAway } = change.start;
      const id = `${this.document._id}.${this.document.step}.${this.applied}.t${index}`;
      timers = [
        ...timers.filter((timer) => timer.visit !== visit || timer.name !== name),
        { id, due: new Date(due), visit, name, whileAway },
      ];
    });
    this.state.timers = IN_PROGRESS.includes(step.status) ? timers : [];
  }

  perform(effect: Effect, from: { ordinal: number; answers: boolean }, session: SessionState, entry: TailEntry): void {
    if (effect.type === 'message.send') {
      this.send(
        effect.content,
        BOT,
        'bot',
        { session: session.id, ordinal: from.ordinal, answers: from.answers },
        entry,
      );
      return;
    }
    if (this.document.head < this.document.next) throw new DrainFirst();
    this.ownerChanged = true;
    this.state.owner = effect.to === 'queue' ? { kind: 'queue', team: effect.team } : { kind: 'bot' };
  }

  send(
    content: OutboxEntry['content'],
    author: Author,
    by: OutboxEntry['by'],
    from: Pick<OutboxEntry, 'session' | 'ordinal' | 'answers'>,
    entry: TailEntry,
    id = derivedId('msg', `${this.document._id}.e${this.document.next + this.state.entries.length}`),
  ): void {
    const order = this.nextOrder();
    const { now } = this.world;
    const policy = content.kind === 'template' || !this.world.retries ? 'once' : 'retry';
    this.state.entries.push({
      id,
      content,
      author,
      by,
      ...from,
      policy,
      order,
      at: now,
      epoch: 0,
      state: 'queued',
      permit: null,
      attempt: 0,
      notBefore: null,
    });
    this.state.messages.push(messageOfEntry(this.document, { id, content, author, order, at: now, ...from }));
    this.state.summary.lastMessage = {
      id,
      preview: previewOf(content).slice(0, 200),
      direction: 'OUTBOUND',
      createdAt: now,
    };
    entry.effects.push(id);
  }

  show(payload: Extract<EventPayload, { kind: 'message' }>, entry: TailEntry, row: EventRow): void {
    const { summary } = this.state;
    entry.order = this.nextOrder();
    this.state.messages.push(messageOfEvent(this.document, row, entry));
    summary.heard++;
    summary.unread++;
    summary.lastInboundAt = row.acceptedAt;
    summary.lastInboundId = payload.providerId;
    const preview = (payload.message.text ?? payload.message.type).slice(0, 200);
    summary.lastMessage = { id: payload.messageId, preview, direction: 'INBOUND', createdAt: row.acceptedAt };
  }

  nextOrder(): number {
    this.state.summary.orders++;
    return this.state.summary.orders;
  }

  entry(id: string): TailEntry {
    return {
      id,
      step: this.document.step + 1,
      order: 0,
      visited: [],
      effects: [],
      stale: false,
      trigger: null,
      fault: null,
      consent: null,
      parked: false,
    };
  }

  facts(session: { flow: string; version: number }, compiled: Compiled): Facts {
    const { lastInboundAt } = this.state.summary;
    const closes = lastInboundAt === null ? null : new Date(lastInboundAt.getTime() + WINDOW).toISOString();
    return {
      now: this.world.now.toISOString(),
      contact: factsOf(this.world.contact),
      conversation: { id: this.document._id, channel: this.document.channel, windowClosesAt: closes },
      flow: { id: session.flow, name: compiled.flow.name, version: session.version },
    };
  }
}

type FlowEventWithoutFacts = FlowEvent extends infer Event
  ? Event extends FlowEvent
    ? Omit<Event, 'facts'>
    : never
  : never;

type Shown = Pick<OutboxEntry, 'id' | 'content' | 'author' | 'order' | 'at' | 'session' | 'ordinal'>;

const commonOf = ({ _id, organization, contact, channel }: ConversationDocument) => ({
  conversation: _id,
  organization,
  contact,
  channel,
});

/** The Message of a send, as S8 writes it, also when a crash came between the commit and S8. */
export const messageOfEntry = (
  document: ConversationDocument,
  { id, content, author, order, at, session, ordinal }: Shown,
): MessageRow =>
  outboundRow({ ...commonOf(document), _id: id, order, createdAt: at }, { content, author, session, ordinal });

/** The Message of an inbound event. */
export function messageOfEvent(
  document: ConversationDocument,
  row: EventRow,
  entry: Pick<TailEntry, 'order'> & { trigger: TriggerDecision | null },
): MessageRow {
  const { messageId, message, providerId, name, replyTo } = row.payload as Extract<EventPayload, { kind: 'message' }>;
  return inboundRow(
    { ...commonOf(document), _id: messageId, order: entry.order, createdAt: row.acceptedAt },
    { message, providerId, name, replyTo, trigger: entry.trigger },
  );
}
