import { type Compiled, compileFlow } from '../compile/compile-flow.ts';
import type { FlowLibrary } from '../compile/inline.ts';
import type { Fault, FlowEvent, Visit } from '../compile/memory.ts';
import { changeContact, namesOf } from '../effect/change-contact.ts';
import type { Effect, StepCall, StepEffect } from '../effect/effect.ts';
import type { InboundMessage } from '../message/inbound.ts';
import { isDecoration, providerContent } from '../message/provider-content.ts';
import type { ContactFacts, Facts } from '../node/context.ts';
import type { BusinessEvent } from '../node/define-node.ts';
import { after } from '../node/duration.ts';
import { isFinal, type Snapshot } from '../session/advance.ts';
import { callOf } from '../session/call.ts';
import { deliver, EXPIRY, type StartInput, type Step, start, startFrom } from '../session/session.ts';
import { chooseEventTrigger, type StartDecision, startAt } from '../trigger/choose-start.ts';
import { chooseTrigger, type LiveFlow } from '../trigger/choose-trigger.ts';
import type { Frame, Said, Simulation, SimulationOptions, Timer } from './contract.ts';
import { framesOfStep, type Outside, variablesIn } from './frames-of-step.ts';

/** Meta's code, and the remedy. */
const WINDOW_CLOSED = '131047: more than 24 hours have passed since the person last wrote. Send a template instead.';
/** Flows that begin each other without anybody saying a word: more are a circle. */
const MAX_HOPS = 10;

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

/** A conversation in memory with its own clock, on the very runtime that production uses. */
export function createSimulation(options: SimulationOptions): Simulation {
  const { flows, nodeTypes, services = {} } = options;
  const compiled = new Map<string, Compiled>();
  let contact = withNames({ ...CONTACT, ...options.contact });
  const effects: Exclude<StepEffect, { type: 'message.send' }>[] = [];
  /** Starts that flows asked for themselves, one after the other, since somebody from outside did something. */
  let hops = 0;
  const transcript: Said[] = [];
  const trace: (Visit & { flow: string })[] = [];
  const frames: Frame[] = [];
  const failures: string[] = [];
  let now = options.now;
  let session: { flow: LiveFlow; snapshot: Snapshot } | null = null;
  let sessions = 0;
  let status: Step['status'] | 'idle' = 'idle';
  let owner: 'bot' | 'queue' = 'bot';
  let timers: Timer[] = [];
  let fault: Fault | null = null;
  let heardAt: string | null = options.heardAt ?? null;
  /** Whether the person has written before: a trigger may ask for their first message. */
  let spoken = false;

  // Meta: 24 hours after the person last wrote
  const windowClosesAt = () => (heardAt === null ? null : after(heardAt, 'PT24H'));

  const factsOf = (flow: LiveFlow): Facts => ({
    now,
    contact,
    conversation: {
      id: 'cnv_simulated',
      channel: options.channel ?? 'simulator',
      windowClosesAt: windowClosesAt(),
    },
    flow: { id: flow.id, name: flow.document.name, version: flow.version },
  });

  const library: FlowLibrary = (id, version) =>
    options.library?.(id, version) ?? flows.find((flow) => flow.id === id)?.document ?? null;

  const compiledOf = (flow: LiveFlow): Compiled => {
    const known = compiled.get(flow.id) ?? compileFlow(flow.document, nodeTypes, library);
    compiled.set(flow.id, known);
    return known;
  };

  function tell(event: Extract<Said, { from: 'system' }>['event'], text: string | null = null): void {
    transcript.push({ at: now, from: 'system', event, text });
  }

  async function say(message: InboundMessage): Promise<void> {
    transcript.push({ at: now, from: 'contact', message });
    const first = !spoken;
    spoken = true;
    heardAt = now;
    hops = 0;
    if (owner === 'queue') return;
    if (inSession() && session) {
      if (await feed({ type: 'message', message, facts: factsOf(session.flow) })) return;
      // Only a timer is awaited: a trigger that was meant for this message may begin anew, a catch-all may not.
      const better = chooseTrigger(flows, nodeTypes, { message, first, channel: options.channel ?? 'simulator' });
      if (!better || better.kind === 'any' || better.kind === 'first') return tell('unheard');
    }
    const decision = chooseTrigger(flows, nodeTypes, { message, first, channel: options.channel ?? 'simulator' });
    const flow = decision && flows.find((one) => one.id === decision.flow);
    if (!decision || !flow) return tell('no-flow');
    await startSession(flow, { target: decision.node, message });
  }

  function nextSession(): string {
    sessions++;
    return options.sessions?.[sessions - 1] ?? `simulated.s${sessions}`;
  }

  const inSession = () => session !== null && (status === 'waiting' || status === 'calling');

  async function startSession(
    flow: LiveFlow,
    from: Pick<StartInput, 'target' | 'message' | 'data' | 'variables'>,
  ): Promise<void> {
    timers = [];
    fault = null;
    const machine = compiledOf(flow);
    if (!machine.machine) return tell('failed', machine.problems[0]?.message ?? null);
    await take(flow, start(machine, { ...from, session: nextSession(), facts: factsOf(flow) }));
  }

  async function playFrom({ node, variables }: Parameters<Simulation['playFrom']>[0]): Promise<void> {
    const [flow] = flows;
    if (!flow) return;
    // Whoever is in the middle of a flow has written
    heardAt ??= now;
    timers = [];
    fault = null;
    const machine = compiledOf(flow);
    if (!machine.machine) return tell('failed', machine.problems[0]?.message ?? null);
    const session = nextSession();
    await take(flow, startFrom(machine, { target: node, message: null, variables, session, facts: factsOf(flow) }));
  }

  /** What no message began: never over a person's head, and beside a session only where the trigger says so. */
  async function startUnasked(
    decision: StartDecision | null,
    given: Pick<StartInput, 'data' | 'variables'>,
  ): Promise<boolean> {
    const flow = decision && flows.find((one) => one.id === decision.flow);
    if (!decision || !flow) return false;
    if (owner === 'queue' || (inSession() && decision.whenBusy === 'skip')) {
      tell('skipped', `${flow.document.name || flow.id} does not begin: the conversation is taken.`);
      return false;
    }
    await startSession(flow, { target: decision.node, message: null, ...given });
    return true;
  }

  const happen = (event: BusinessEvent) =>
    startUnasked(chooseEventTrigger(flows, nodeTypes, event, options.channel ?? 'simulator'), { data: event.data });

  function begin({ flow: id, node, ...given }: Parameters<Simulation['begin']>[0]): Promise<boolean> {
    const flow = id === undefined ? flows[0] : flows.find((one) => one.id === id);
    return startUnasked(flow ? startAt(flow, nodeTypes, node) : null, given);
  }

  /** Another flow, in place of the session that asked for it. */
  async function startNext(effect: Extract<Effect, { type: 'flow.start' }>): Promise<void> {
    const flow = flows.find((one) => one.id === effect.flow);
    const decision = flow && startAt(flow, nodeTypes, effect.trigger);
    if (!flow || !decision) return tell('failed', `There is no live flow ${effect.flow} to begin.`);
    await startSession(flow, { target: decision.node, message: null, variables: effect.variables });
  }

  /** Delivers one event to the running session; false where nothing took it. */
  async function feed(event: FlowEvent): Promise<boolean> {
    if (!session) return false;
    const { flow, snapshot } = session;
    if (isFinal(snapshot.at)) return false;
    const step = deliver(compiledOf(flow), snapshot, event);
    await take(flow, step);
    return step.handled;
  }

  async function take(flow: LiveFlow, step: Step): Promise<void> {
    session = { flow, snapshot: step.snapshot };
    const ours = sessions;
    status = step.status;
    trace.push(...step.trace.map((visit) => ({ ...visit, flow: flow.id })));
    for (const timer of step.timers) {
      if ('cancel' in timer) timers = timers.filter((one) => one.visit !== timer.cancel);
      else
        timers = [
          ...timers.filter((one) => one.visit !== timer.start.visit || one.name !== timer.start.name),
          timer.start,
        ];
    }
    const results: FlowEvent[] = [];
    const outsides = [outside()];
    const next: Extract<Effect, { type: 'flow.start' | 'event.emit' }>[] = [];
    for (const effect of step.effects) {
      if (effect.type === 'message.send') {
        results.push(...sent(flow, effect));
      } else {
        perform(effect);
        if (effect.type === 'flow.start' || effect.type === 'event.emit') next.push(effect);
      }
      outsides.push(outside());
    }
    frames.push(...framesOfStep(flow.id, step, outsides));
    if (step.status === 'done' || step.status === 'failed') {
      timers = [];
      fault = step.fault ?? null;
      tell(step.status === 'done' ? 'ended' : 'failed', step.fault?.message ?? null);
    }
    // While people own the conversation a send's outcome is theirs to see; on the server it moves no session either
    // A result may have begun another flow: the next one is not for that
    for (const result of results) if (owner === 'bot' && sessions === ours) await feed(result);
    for (const call of step.calls) if (sessions === ours) await answer(flow, call);
    for (const effect of next) {
      hops++;
      if (hops > MAX_HOPS) return tell('failed', `Flows began each other more than ${MAX_HOPS} times.`);
      if (effect.type === 'flow.start') await startNext(effect);
      else await happen({ name: effect.name, data: effect.data });
    }
  }

  function perform(effect: Exclude<StepEffect, { type: 'message.send' }>): void {
    effects.push(effect);
    contact = changeContact(contact, effect);
    if (effect.type !== 'conversation.assign') return;
    owner = effect.to;
    tell(effect.to === 'queue' ? 'handed-over' : 'taken-back', effect.note ?? effect.team);
  }

  const outside = (): Outside => ({
    now,
    owner,
    contact,
    windowClosesAt: windowClosesAt(),
    timers,
    lines: transcript.length,
    effects: effects.length,
  });

  function rest(): void {
    const { flow = null, node = null } = session ? { flow: session.flow.id, node: session.snapshot.at } : {};
    const variables = variablesIn(session?.snapshot.memory.scopes ?? {});
    frames.push({ ...outside(), kind: 'rest', flow, node, port: null, status, ...variables });
  }

  /** What the provider says to a send, where the flow hears of it. */
  function sent(flow: LiveFlow, effect: Extract<StepEffect, { type: 'message.send' }>): FlowEvent[] {
    const { node, ordinal, answers } = effect;
    const language = contact.language ?? flow.document.settings.language;
    const made = providerContent(effect.content, options.provider ?? 'simulator', language);
    const closes = windowClosesAt();
    const tooLate = effect.content.kind !== 'template' && (closes === null || closes <= now);
    const failed = 'unsupported' in made ? made.unsupported : tooLate ? WINDOW_CLOSED : failures.shift();
    const content = 'unsupported' in made ? effect.content : made.content;
    transcript.push({ at: now, from: 'bot', content, node, failed });
    const facts = factsOf(flow);
    if (answers) return [{ type: 'effect.settled', ordinal, ok: failed === undefined, error: failed ?? null, facts }];
    const isMissed = failed !== undefined && !('unsupported' in made && isDecoration(effect.content));
    return isMissed ? [{ type: 'effect.failed', ordinal, error: failed, facts }] : [];
  }

  async function answer(flow: LiveFlow, call: StepCall): Promise<void> {
    if (!session) return;
    const refused = () => Promise.reject(new Error('This simulation answers no HTTP request.'));
    const runsNone = () => Promise.reject(new Error('This simulation runs no code.'));
    const world = {
      facts: factsOf(flow),
      services: { http: services.http ?? refused, code: services.code ?? runsNone },
      idempotencyKey: `simulated.c${call.visit}`,
    };
    const { port, set = {}, error = null } = await callOf(compiledOf(flow), session.snapshot, call, world);
    await feed({ type: 'call.settled', visit: call.visit, port, set, error, facts: factsOf(flow) });
  }

  async function wait(duration: string): Promise<void> {
    const until = after(now, duration);
    if (until === null) throw new Error(`${duration} is not a duration. Write one such as PT30M.`);
    hops = 0;
    await fireUntil(until);
    now = until;
    rest();
  }

  async function fireUntil(until: string): Promise<void> {
    for (let next = nextTimer(until); next; next = nextTimer(until)) {
      now = next.due > now ? next.due : now;
      timers = timers.filter((one) => one !== next);
      if (session) await feed({ type: 'timer', visit: next.visit, name: next.name, facts: factsOf(session.flow) });
    }
  }

  /** What is due at once, such as a moment that is over, does not wait for the clock. */
  async function andDue<Result>(work: Promise<Result>): Promise<Result> {
    const result = await work;
    await fireUntil(now);
    rest();
    return result;
  }

  const nextTimer = (until: string | null): Timer | undefined =>
    timers
      .filter((timer) => (until === null || timer.due <= until) && (owner === 'bot' || timer.whileAway))
      .sort(byMoment)[0];

  async function handBack(type: 'resumed' | 'closed'): Promise<void> {
    if (owner !== 'queue') return;
    owner = 'bot';
    if (type === 'resumed') tell('taken-back');
    if (session) await feed({ type, facts: factsOf(session.flow) });
  }

  return {
    transcript,
    trace,
    frames,
    get timers() {
      return [...timers].sort(byMoment);
    },
    get windowClosesAt() {
      return windowClosesAt();
    },
    get status() {
      return status;
    },
    get owner() {
      return owner;
    },
    get now() {
      return now;
    },
    get at() {
      return session && { flow: session.flow.id, node: session.snapshot.at };
    },
    get snapshot() {
      return session?.snapshot ?? null;
    },
    get variables() {
      return session?.snapshot.memory.scopes[''] ?? {};
    },
    get fault() {
      return fault;
    },
    effects,
    get contact() {
      return contact;
    },
    get nextTimer() {
      return nextTimer(null)?.due ?? null;
    },
    say: (message) => andDue(say(message)),
    wait,
    happen: (event) => andDue(happen(event)),
    begin: (given) => andDue(begin(given)),
    playFrom: (given) => andDue(playFrom(given)),
    resume: () => andDue(handBack('resumed')),
    close: () => andDue(handBack('closed')),
    failNextSend: (reason) => void failures.push(reason),
  };
}

const byMoment = (a: Timer, b: Timer): number =>
  a.due < b.due ? -1 : a.due > b.due ? 1 : Number(a.name === EXPIRY) - Number(b.name === EXPIRY);

function withNames(contact: ContactFacts): ContactFacts {
  const { firstName, lastName } = namesOf(contact.name);
  return { ...contact, firstName: contact.firstName ?? firstName, lastName: contact.lastName ?? lastName };
}
