import type { JsonObject } from '../json.ts';
import type { InboundMessage } from '../message/inbound.ts';
import type { BusinessEvent } from '../node/define-node.ts';
import { after } from '../node/duration.ts';
import type { StartInput } from '../session/session.ts';
import { type Chain, FLOW_LOOP, lengthened } from '../trigger/chain.ts';
import { chooseEventTrigger, type StartDecision, startAt } from '../trigger/choose-start.ts';
import { chooseTrigger } from '../trigger/choose-trigger.ts';
import { consentConfirmation, consentOf } from '../trigger/consent.ts';
import type { Simulation, SimulationOptions } from './contract.ts';
import { type Asked, SimulatedConversation } from './conversation.ts';
import { inTurn } from './timers.ts';

interface Heard {
  message: InboundMessage;
  /** Whether it is the first one that the person ever wrote. */
  first: boolean;
  channel: string;
}

/** A conversation in memory with its own clock, on the very runtime that production uses. */
export function createSimulation(options: SimulationOptions): Simulation {
  const { flows, nodeTypes } = options;
  const talk = new SimulatedConversation(options);
  /** Whether the person has written before: a trigger may ask for their first message. */
  let spoken = false;

  function say(message: InboundMessage): void {
    talk.transcript.push({ at: talk.now, from: 'contact', message });
    const heard = { message, first: !spoken, channel: talk.channel };
    spoken = true;
    talk.heardAt = talk.now;
    if (consents(heard) || talk.owner === 'queue') return;
    if (talk.session) talk.session.chain = null; // a person is there: no runaway
    if (!talk.inSession || !talk.feed({ type: 'message', message })) answerAnew(heard);
  }

  /** A message that nobody waits for. While only a timer is awaited, a catch-all may not end that wait. */
  function answerAnew(heard: Heard): void {
    const decision = chooseTrigger(flows, nodeTypes, heard);
    const flow = decision && flows.find((one) => one.id === decision.flow);
    if (talk.inSession && (!decision || decision.kind === 'any' || decision.kind === 'first')) talk.tell('unheard');
    else if (!decision || !flow) talk.tell('no-flow');
    else talk.begin(flow, { target: decision.node, message: heard.message }, null);
  }

  /** STOP and its kind come before any flow, unless a trigger asks for exactly that word. True where nothing more is to be done. */
  function consents(heard: Heard): boolean {
    const change = consentOf(heard.message);
    const { hasOptedOut, owner } = talk;
    if (change === null && hasOptedOut && owner === 'bot') talk.tell('opted-out');
    if (change === null) return hasOptedOut;
    if (change === 'given' && !hasOptedOut) return false;
    if (change === 'withdrawn') talk.end();
    const isWanted = owner === 'bot' && chooseTrigger(flows, nodeTypes, heard)?.kind === 'equals';
    // STOP has the last word, whatever that flow writes
    if (change === 'given') keepConsent(change);
    if (isWanted) answerAnew(heard);
    if (change === 'withdrawn') keepConsent(change);
    // Confirmed once, by whoever heard it first
    if (!isWanted && owner === 'bot' && (change === 'withdrawn') !== hasOptedOut) confirm(change);
    return true;
  }

  function keepConsent(change: 'withdrawn' | 'given'): void {
    talk.contact = { ...talk.contact, consent: { service: change === 'given', marketing: false } };
    talk.tell(change === 'given' ? 'opted-in' : 'opted-out');
  }

  function confirm(change: 'withdrawn' | 'given'): void {
    const content = { kind: 'text' as const, text: consentConfirmation(change, talk.contact.language) };
    talk.transcript.push({ at: talk.now, from: 'bot', content, node: null, failed: talk.failures.shift() });
  }

  /** What no message began: never over a person's head, and beside a session only where the trigger says so. */
  function startUnasked(
    decision: StartDecision | null,
    given: Pick<StartInput, 'data' | 'variables'>,
    asking: Chain | null = null,
  ): boolean {
    const flow = decision && flows.find((one) => one.id === decision.flow);
    if (!decision || !flow) return false;
    const isTaken = talk.owner === 'queue' || (talk.inSession && decision.whenBusy === 'skip');
    const chain = lengthened(asking, talk.session?.chain ?? null, talk.now);
    if (isTaken) talk.tell('skipped', `${flow.document.name || flow.id} does not begin: the conversation is taken.`);
    else if (talk.hasOptedOut) talk.tell('opted-out');
    else if (chain === 'too-long') talk.tell('failed', FLOW_LOOP);
    else {
      talk.begin(flow, { target: decision.node, message: null, ...given }, chain);
      return true;
    }
    return false;
  }

  const startByEvent = (event: BusinessEvent, asking: Chain | null = null): boolean =>
    startUnasked(chooseEventTrigger(flows, nodeTypes, event, talk.channel), { data: event.data }, asking);

  /** What a flow asked for: another flow takes its place, an event is for whoever listens. */
  function beginAsked(asked: Asked, chain: Chain): void {
    if (asked.type === 'event.emit') startByEvent(asked, chain);
    else startInPlace(asked.flow, asked.trigger, asked.variables, chain);
  }

  function startInPlace(id: string, trigger: string | null, variables: JsonObject, chain: Chain): void {
    const flow = flows.find((one) => one.id === id);
    const decision = flow && startAt(flow, nodeTypes, trigger);
    if (decision) startUnasked({ ...decision, whenBusy: 'replace' }, { variables }, chain);
    else talk.tell('failed', `There is no live flow ${id} to begin.`);
  }

  function begin({ flow: id, node, ...given }: Parameters<Simulation['begin']>[0]): boolean {
    const flow = id === undefined ? flows[0] : flows.find((one) => one.id === id);
    return startUnasked(flow ? startAt(flow, nodeTypes, node) : null, given);
  }

  function playFrom({ node, variables }: Parameters<Simulation['playFrom']>[0]): void {
    const [flow] = flows;
    if (!flow) return;
    // Whoever is in the middle of a flow has written
    talk.heardAt ??= talk.now;
    talk.begin(flow, { target: node, message: null, variables }, null, 'node');
  }

  async function wait(duration: string): Promise<void> {
    const until = after(talk.now, duration);
    if (until === null) throw new Error(`${duration} is not a duration. Write one such as PT30M.`);
    for (let next = talk.nextTimer(until); next; next = talk.nextTimer(until)) {
      talk.now = next.due > talk.now ? next.due : talk.now;
      await talk.settle(beginAsked);
    }
    talk.now = until;
    talk.rest();
  }

  async function settled<Result>(act: () => Result): Promise<Result> {
    const result = act();
    await talk.settle(beginAsked);
    talk.rest();
    return result;
  }

  function handBack(type: 'resumed' | 'closed'): void {
    if (talk.owner !== 'queue') return;
    talk.owner = 'bot';
    if (type === 'resumed') talk.tell('taken-back');
    if (talk.hasOptedOut) talk.silence();
    else if (talk.inSession) talk.feed({ type });
  }

  return {
    transcript: talk.transcript,
    trace: talk.trace,
    frames: talk.frames,
    effects: talk.effects,
    get timers() {
      return inTurn(talk.timers);
    },
    get windowClosesAt() {
      return talk.windowClosesAt;
    },
    get status() {
      return talk.status;
    },
    get owner() {
      return talk.owner;
    },
    get now() {
      return talk.now;
    },
    get at() {
      return talk.session && { flow: talk.session.flow.id, node: talk.session.snapshot.at };
    },
    get snapshot() {
      return talk.session?.snapshot ?? null;
    },
    get variables() {
      return talk.session?.snapshot.memory.scopes[''] ?? {};
    },
    get fault() {
      return talk.fault;
    },
    get contact() {
      return talk.contact;
    },
    get nextTimer() {
      return talk.nextTimer(null)?.due ?? null;
    },
    say: (message) => settled(() => say(message)),
    wait,
    happen: (event) => settled(() => startByEvent(event)),
    begin: (given) => settled(() => begin(given)),
    playFrom: (given) => settled(() => playFrom(given)),
    resume: () => settled(() => handBack('resumed')),
    close: () => settled(() => handBack('closed')),
    failNextSend: (reason) => void talk.failures.push(reason),
  };
}
