import { type Compiled, compileFlow } from '../compile/compile-flow.ts';
import type { FlowLibrary } from '../compile/inline.ts';
import type { Fault, FlowEvent, Visit } from '../compile/memory.ts';
import { changeContact, namesOf } from '../effect/change-contact.ts';
import type { Effect, StepCall, StepEffect } from '../effect/effect.ts';
import type { ContactFacts, Facts } from '../node/context.ts';
import { after } from '../node/duration.ts';
import { isFinal, type Snapshot } from '../session/advance.ts';
import { callOf } from '../session/call.ts';
import { deliver, type StartInput, type Step, start, startFrom } from '../session/session.ts';
import { type Chain, chainOf } from '../trigger/chain.ts';
import type { LiveFlow } from '../trigger/choose-trigger.ts';
import type { Frame, Said, SimulationOptions, Timer } from './contract.ts';
import { framesOfStep, type Outside, variablesIn } from './frames-of-step.ts';
import { outcomeOfSend } from './outcome-of-send.ts';
import { inTurn, timersAfter } from './timers.ts';

const CONTACT: ContactFacts = {
  id: 'con_simulated',
  name: 'Ana Silva',
  firstName: null,
  lastName: null,
  phone: '+447700900001',
  email: null,
  language: null,
  tags: [],
  groups: [],
  attributes: {},
  consent: { service: true, marketing: false },
};

/** Another flow, or an event that may begin one, in the words of the flow that asks for it. */
export type Asked = Extract<Effect, { type: 'flow.start' | 'event.emit' }>;

interface Session {
  /** Counts the sessions: what belongs to an older one is of no use any more. */
  number: number;
  flow: LiveFlow;
  snapshot: Snapshot;
  chain: Chain | null;
}

/** What waits for its turn, in the order in which it came: what became of a send, or what a flow asks for. */
type Waiting = { session: number; outcome: FlowEvent } | { asked: Asked; chain: Chain };

/** A conversation as it grows: what happened in it, and how its session is told of an event. What begins when is not its matter. */
export class SimulatedConversation {
  readonly options: SimulationOptions;
  readonly transcript: Said[] = [];
  readonly trace: (Visit & { flow: string })[] = [];
  readonly frames: Frame[] = [];
  readonly effects: Exclude<StepEffect, { type: 'message.send' }>[] = [];
  /** Why the provider refuses the next sends. */
  readonly failures: string[] = [];
  contact: ContactFacts;
  now: string;
  session: Session | null = null;
  status: Step['status'] | 'idle' = 'idle';
  owner: 'bot' | 'queue' = 'bot';
  timers: Timer[] = [];
  fault: Fault | null = null;
  heardAt: string | null;
  readonly #compiled = new Map<string, Compiled>();
  #sessions = 0;
  #inbox: Waiting[] = [];
  /** What was asked of the world stays asked, whatever becomes of the session meanwhile. */
  #calls: { session: Session; call: StepCall }[] = [];

  constructor(options: SimulationOptions) {
    this.options = options;
    this.now = options.now;
    this.heardAt = options.heardAt ?? null;
    this.contact = withNames({ ...CONTACT, ...options.contact });
  }

  /** Meta: 24 hours after the person last wrote. */
  get windowClosesAt(): string | null {
    return this.heardAt === null ? null : after(this.heardAt, 'PT24H');
  }

  get channel(): string {
    return this.options.channel ?? 'simulator';
  }

  get inSession(): boolean {
    return this.session !== null && (this.status === 'waiting' || this.status === 'calling');
  }

  /** Who said STOP is answered by people only, until START. */
  get hasOptedOut(): boolean {
    return this.contact.consent?.service === false;
  }

  tell(event: Extract<Said, { from: 'system' }>['event'], text: string | null = null): void {
    this.transcript.push({ at: this.now, from: 'system', event, text });
  }

  /** In the place of whatever was there. A flow that cannot run is told, and changes nothing. */
  begin(
    flow: LiveFlow,
    from: Pick<StartInput, 'target' | 'message' | 'data' | 'variables'>,
    chain: Chain | null,
    at: 'trigger' | 'node' = 'trigger',
  ): void {
    const compiled = this.#compiledOf(flow);
    if (!compiled.machine) {
      this.tell('failed', compiled.problems[0]?.message ?? null);
      return;
    }
    this.#sessions++;
    const session = this.options.sessions?.[this.#sessions - 1] ?? `simulated.s${this.#sessions}`;
    const step = (at === 'trigger' ? start : startFrom)(compiled, { ...from, session, facts: this.#factsOf(flow) });
    this.timers = [];
    this.fault = null;
    this.#take({ number: this.#sessions, flow, snapshot: step.snapshot, chain }, step);
  }

  /** Delivers one event to the running session; false where nothing took it. */
  feed(event: WithoutFacts<FlowEvent>): boolean {
    if (!this.session || isFinal(this.session.snapshot.at)) return false;
    const { flow, snapshot } = this.session;
    const step = deliver(this.#compiledOf(flow), snapshot, { ...event, facts: this.#factsOf(flow) } as FlowEvent);
    this.#take({ ...this.session, snapshot: step.snapshot }, step);
    return step.handled;
  }

  /** Ends what is in progress, for a reason that the flow does not know. */
  end(): void {
    if (this.inSession) this.status = 'done';
    this.timers = [];
  }

  /** A flow goes no further with who said STOP. */
  silence(): void {
    if (this.inSession) this.tell('opted-out');
    this.end();
  }

  /**
   * Goes on until nothing waits any more, in turns as on the server: what waits, in its order, then the timers that are
   * due; words and requests go out between two turns.
   */
  async settle(beginAsked: (asked: Asked, chain: Chain) => void): Promise<void> {
    this.#fireDue();
    for (;;) {
      const [heard, fired] = [this.#deliver(beginAsked), this.#fireDue()];
      if (heard || fired) continue;
      const call = this.#calls.shift();
      if (!call) return;
      await this.#answer(call);
      this.#fireDue();
    }
  }

  /** Notes that the bot has nothing more to do. */
  rest(): void {
    const { flow = null, node = null } = this.session
      ? { flow: this.session.flow.id, node: this.session.snapshot.at }
      : {};
    const variables = variablesIn(this.session?.snapshot.memory.scopes ?? {});
    this.frames.push({ ...this.#outside(), kind: 'rest', flow, node, port: null, status: this.status, ...variables });
  }

  /** The next to fire, where one may: some rest while people own the conversation. */
  nextTimer(until: string | null): Timer | undefined {
    return inTurn(this.timers).find((timer) => (until === null || timer.due <= until) && this.#mayFire(timer));
  }

  #mayFire({ whileAway }: Timer): boolean {
    return this.owner === 'bot' || whileAway;
  }

  /** What waited when the turn began; while a call is under way only what became of sends. False where there was nothing. */
  #deliver(beginAsked: (asked: Asked, chain: Chain) => void): boolean {
    const isHeldUp = (one: Waiting) =>
      'asked' in one && (this.#calls.length > 0 || (this.owner === 'bot' && this.status === 'calling'));
    const batch = this.#inbox.filter((one) => !isHeldUp(one));
    for (const one of batch) {
      if (isHeldUp(one)) break;
      this.#inbox = this.#inbox.filter((other) => other !== one);
      if ('asked' in one) beginAsked(one.asked, one.chain);
      // While people own the conversation a send's outcome is theirs to see
      else if (this.owner === 'bot' && this.session?.number === one.session) this.feed(one.outcome);
    }
    return batch.length > 0;
  }

  /** False where none is due. */
  #fireDue(): boolean {
    const due = inTurn(this.timers).filter((timer) => timer.due <= this.now && this.#mayFire(timer));
    for (const timer of due) {
      if (!this.timers.includes(timer) || !this.#mayFire(timer)) continue;
      this.timers = this.timers.filter((one) => one !== timer);
      if (this.hasOptedOut) this.silence();
      else this.feed({ type: 'timer', visit: timer.visit, name: timer.name });
    }
    return due.length > 0;
  }

  #compiledOf(flow: LiveFlow): Compiled {
    const { flows, library, nodeTypes } = this.options;
    const inside: FlowLibrary = (id, version) =>
      library?.(id, version) ?? flows.find((one) => one.id === id)?.document ?? null;
    const compiled = this.#compiled.get(flow.id) ?? compileFlow(flow.document, nodeTypes, inside);
    this.#compiled.set(flow.id, compiled);
    return compiled;
  }

  #factsOf({ id, document, version }: LiveFlow): Facts {
    return {
      now: this.now,
      contact: this.contact,
      conversation: { id: 'cnv_simulated', channel: this.channel, windowClosesAt: this.windowClosesAt },
      flow: { id, name: document.name, version },
    };
  }

  #take(session: Session, step: Step): void {
    const { number, flow, chain } = session;
    const { status } = step;
    this.session = session;
    this.status = status;
    this.trace.push(...step.trace.map((visit) => ({ ...visit, flow: flow.id })));
    this.timers = timersAfter(this.timers, step);
    this.#calls.push(...step.calls.map((call) => ({ session, call })));
    const outcomes: Waiting[] = [];
    const outsides = [this.#outside()];
    for (const effect of step.effects) {
      if (effect.type === 'message.send') {
        const outcome = this.#send(flow, effect);
        if (outcome) outcomes.push({ session: number, outcome });
      } else this.#perform(effect, chain);
      outsides.push(this.#outside());
    }
    // What a flow asks for is noted before its words go out
    this.#inbox.push(...outcomes);
    this.frames.push(...framesOfStep(flow.id, step, outsides));
    if (status !== 'done' && status !== 'failed') return;
    this.fault = step.fault ?? null;
    this.tell(status === 'done' ? 'ended' : 'failed', step.fault?.message ?? null);
  }

  #perform(effect: Exclude<StepEffect, { type: 'message.send' }>, chain: Chain | null): void {
    this.effects.push(effect);
    this.contact = changeContact(this.contact, effect);
    if (effect.type === 'flow.start' || effect.type === 'event.emit')
      this.#inbox.push({ asked: effect, chain: chainOf(chain, this.now) });
    if (effect.type !== 'conversation.assign') return;
    this.owner = effect.to;
    this.tell(effect.to === 'queue' ? 'handed-over' : 'taken-back', effect.note ?? effect.team);
  }

  /** What the flow is told of it, if anything. */
  #send(flow: LiveFlow, effect: Extract<StepEffect, { type: 'message.send' }>): FlowEvent | null {
    const { content, failed, event } = outcomeOfSend(effect, {
      provider: this.options.provider ?? 'simulator',
      language: this.contact.language ?? flow.document.settings.language,
      facts: this.#factsOf(flow),
      refusal: () => this.failures.shift(),
    });
    this.transcript.push({ at: this.now, from: 'bot', content, node: effect.node, failed });
    return event;
  }

  async #answer({ session, call }: { session: Session; call: StepCall }): Promise<void> {
    const { number, flow, snapshot } = session;
    const refused = () => Promise.reject(new Error('This simulation answers no HTTP request.'));
    const runsNone = () => Promise.reject(new Error('This simulation runs no code.'));
    const { http = refused, code = runsNone } = this.options.services ?? {};
    const world = {
      facts: this.#factsOf(flow),
      services: { http, code },
      idempotencyKey: `simulated.c${call.visit}`,
    };
    const { port, set = {}, error = null } = await callOf(this.#compiledOf(flow), snapshot, call, world);
    // It may be late: people own the conversation, or another session has it
    if (this.owner === 'bot' && this.inSession && this.session?.number === number)
      this.feed({ type: 'call.settled', visit: call.visit, port, set, error });
  }

  #outside(): Outside {
    const { now, owner, contact, windowClosesAt, timers } = this;
    return { now, owner, contact, windowClosesAt, timers, lines: this.transcript.length, effects: this.effects.length };
  }
}

type WithoutFacts<Event> = Event extends FlowEvent ? Omit<Event, 'facts'> : never;

function withNames(contact: ContactFacts): ContactFacts {
  const { firstName, lastName } = namesOf(contact.name);
  return { ...contact, firstName: contact.firstName ?? firstName, lastName: contact.lastName ?? lastName };
}
