import {
  type Compiled,
  type ContactFacts,
  changeContact,
  deliver,
  EXPIRY,
  type Facts,
  type FlowEvent,
  type LiveFlow,
  type NodeTypes,
  type Step,
  type StepEffect,
} from '@parley/runtime';
import { type Contact, factsOf } from '../../storage/contacts.ts';
import type { MessageRow } from '../../storage/messages.ts';
import type {
  CallState,
  ConversationDocument,
  Deed,
  OutboxEntry,
  Owner,
  Run,
  RunEnd,
  SessionState,
  TailEntry,
  TimerState,
} from '../documents.ts';
import type { MessageChange } from '../message-of.ts';

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
  /** A person who writes from the business phone's own app makes a bot that is talking stop. */
  phonePauses: boolean;
  /** The provider's ids of our own sends among the echoes: they tell nothing new. */
  sentByUs: ReadonlySet<string>;
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
  deeds: Deed[];
  handled: TailEntry[];
  /** Timers and hand-backs: the journal has no row of theirs. */
  fired: TailEntry[];
  messages: MessageRow[];
  /** What people did to messages that are there or will come; after `messages`. */
  changes: MessageChange[];
  summary: Pick<
    ConversationDocument,
    'unread' | 'heard' | 'lastInboundAt' | 'lastInboundId' | 'lastMessage' | 'orders'
  >;
}

/** What could not be delivered; the rest of the turn stands without it. */
export interface Failure {
  id: string;
  error: unknown;
}

/** Thrown inside a turn: a step changes the owner while earlier words are still queued, which that change would void. */
export class DrainFirst extends Error {}

type WithoutFacts<Event> = Event extends FlowEvent ? Omit<Event, 'facts'> : never;

type PerformEffect = (turn: Stepping, effect: StepEffect, session: SessionState, entry: TailEntry) => void;

const WINDOW = 24 * 3_600_000; // ms; Meta: free messages within 24 hours of the person's last one
const IN_PROGRESS = ['waiting', 'calling'];

/** One turn at a conversation as it grows: what the next commit will hold, and how a session is told of an event. */
export class Stepping {
  readonly document: ConversationDocument;
  readonly world: World;
  readonly perform: PerformEffect;
  readonly failures: Failure[] = [];
  state: Omit<Stepped, 'epoch'>;
  /** With what the flow did to it in this turn: the next event of the turn sees it. */
  contact: ContactFacts;
  ownerChanged = false;
  /** So many of the turn's entries came before somebody else began to speak: the bot's among them are not said. */
  overtaken = 0;
  /** Nothing more is taken in this turn. */
  full = false;
  applied = 0;

  constructor(document: ConversationDocument, world: World, perform: PerformEffect) {
    this.perform = perform;
    this.document = document;
    this.world = world;
    this.contact = factsOf(world.contact);
    const { session, timers, calls, owner, resume, unread, heard, lastInboundAt, lastInboundId, lastMessage, orders } =
      document;
    const summary = { unread, heard, lastInboundAt, lastInboundId, lastMessage, orders };
    const collected = { entries: [], deeds: [], handled: [], fired: [], messages: [], changes: [] };
    this.state = { session, timers, calls, owner, resume, summary, ...collected };
  }

  result(): Stepped | null {
    const { handled, fired, entries, resume } = this.state;
    if (handled.length + fired.length + entries.length === 0 && resume === this.document.resume) return null;
    // An effect carries the epoch that its own commit leaves behind: words before a handover still go out
    const epoch = this.document.epoch + (this.ownerChanged ? 1 : 0);
    entries.forEach((entry, index) => {
      entry.epoch = index < this.overtaken ? this.document.epoch : epoch;
    });
    for (const call of this.state.calls) if (call.epoch < 0) call.epoch = epoch;
    return { ...this.state, epoch };
  }

  /** Undoes what the work did where earlier sends must leave first, or where it throws. */
  attempt(id: string, work: () => boolean): 'done' | 'stopped' | 'failed' {
    const { entries, deeds, handled, fired, messages, changes, summary } = this.state;
    const before = {
      ...this.state,
      entries: [...entries],
      deeds: [...deeds],
      handled: [...handled],
      fired: [...fired],
      messages: [...messages],
      changes: [...changes],
      summary: { ...summary },
    };
    const { ownerChanged, overtaken, contact } = this;
    try {
      return work() ? 'done' : 'stopped';
    } catch (error) {
      this.state = before;
      this.ownerChanged = ownerChanged;
      this.overtaken = overtaken;
      this.contact = contact;
      if (!(error instanceof DrainFirst)) {
        this.failures.push({ id, error });
        return 'failed';
      }
      this.full = true;
      return 'stopped';
    }
  }

  inSession(): boolean {
    return this.state.session !== null && IN_PROGRESS.includes(this.state.session.status);
  }

  /** The flow waits for the world: answers reach it and STOP ends it, all else waits in the mailbox. */
  isCalling(): boolean {
    return this.state.owner.kind === 'bot' && this.state.session?.status === 'calling';
  }

  /** Who said STOP is answered by people only, until START. */
  withdrewConsent(): boolean {
    return this.contact.consent?.service === false;
  }

  /** Ends what is in progress, for a reason that the flow does not know. */
  end(entry: TailEntry): void {
    const { session } = this.state;
    if (session && IN_PROGRESS.includes(session.status)) this.leave(session, 'stopped', entry);
    this.state.session = session && IN_PROGRESS.includes(session.status) ? { ...session, status: 'done' } : session;
    this.state.timers = [];
    this.state.calls = [];
  }

  /** Delivers one event to the session; false where nothing took it. */
  feed(event: WithoutFacts<FlowEvent>, entry: TailEntry): boolean {
    const { session } = this.state;
    if (!session) return false;
    const compiled = this.world.compiled(session.flow, session.version);
    if (!compiled) {
      const message = `Version ${session.version} of the flow cannot be read.`;
      entry.fault = { code: 'version_gone', message, node: null };
      this.end(entry);
      return true;
    }
    const step = deliver(compiled, session.snapshot, { ...event, facts: this.facts(session, compiled) } as FlowEvent);
    const expires = event.type === 'timer' && event.name === EXPIRY;
    this.apply(session, step, entry, expires && step.trace.length === 0);
    return step.handled;
  }

  /** The session goes no further, and no step says so. */
  leave({ id, flow, version, snapshot: { at } }: SessionState, ended: RunEnd, entry: TailEntry): void {
    const from = entry.visited.length;
    entry.runs?.push({ session: id, flow, version, from, before: at, at, handedOver: false, ended });
  }

  apply(session: SessionState, step: Step, entry: TailEntry, expired = false): void {
    for (const effect of step.effects) {
      this.perform(this, effect, session, entry);
      this.contact = changeContact(this.contact, effect);
    }
    this.state.session = { ...session, snapshot: step.snapshot, status: step.status };
    entry.runs?.push(runOf(session, step, entry.visited.length, expired));
    entry.visited.push(...step.trace);
    if (step.fault && step.status === 'failed') entry.fault = step.fault;
    this.applied++; // no two steps of a commit give their timers and calls the same names
    this.setTimers(step);
    this.setCalls(step);
  }

  setCalls(step: Step): void {
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

  nextOrder(): number {
    this.state.summary.orders++;
    return this.state.summary.orders;
  }

  entry(id: string): TailEntry {
    return {
      id,
      step: this.document.step + 1,
      at: this.world.now,
      order: 0,
      visited: [],
      runs: [],
      effects: [],
      deeds: [],
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
      contact: this.contact,
      conversation: { id: this.document._id, channel: this.document.channel, windowClosesAt: closes },
      flow: { id: session.flow, name: compiled.flow.name, version: session.version },
    };
  }
}

function runOf({ id, flow, version, snapshot }: SessionState, step: Step, from: number, expired: boolean): Run {
  const before = snapshot.at === '' ? null : snapshot.at;
  const { status } = step;
  const over = status === 'done' || status === 'failed';
  // The final place is nobody's node: it ended where it was last
  const at = over ? (step.trace.at(-1)?.node ?? before ?? '') : step.snapshot.at;
  const handedOver = step.effects.some((effect) => effect.type === 'conversation.assign' && effect.to === 'queue');
  const ended = !over ? null : expired ? 'expired' : status;
  return { session: id, flow, version, from, before, at, handedOver, ended };
}
