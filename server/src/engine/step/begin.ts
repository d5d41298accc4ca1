import {
  type Chain,
  chooseEventTrigger,
  FLOW_LOOP,
  type InboundMessage,
  type Json,
  type JsonObject,
  lengthened,
  start,
  startAt,
} from '@parley/runtime';
import type { EventPayload, SessionState, StartDecision, TailEntry } from '../documents.ts';
import type { Stepping } from './stepping.ts';

type StartPayload = Extract<EventPayload, { kind: 'start' }>;
type BusinessPayload = Extract<EventPayload, { kind: 'event' }>;

interface Beginning {
  flow: string;
  version: number;
  node: string;
  message: InboundMessage | null;
  variables: JsonObject;
  chain: Chain | null;
}

/** Puts a new session in the place of what was there. */
export function beginSession(turn: Stepping, beginning: Beginning, entry: TailEntry): void {
  const { flow, version, node, message, variables, chain } = beginning;
  const compiled = turn.world.compiled(flow, version);
  if (!compiled) {
    entry.fault = { code: 'version_gone', message: `Version ${version} of the flow cannot be read.`, node: null };
    return;
  }
  if (turn.inSession() && turn.state.session) turn.leave(turn.state.session, 'replaced', entry);
  turn.state.timers = [];
  turn.state.calls = [];
  const id = `${turn.document._id}.s${turn.document.step}.${turn.state.handled.length}`;
  const session: SessionState = {
    id,
    flow,
    version,
    snapshot: { at: '', memory: {} as never },
    status: 'waiting',
    chain,
  };
  const facts = turn.facts(session, compiled);
  turn.apply(session, start(compiled, { session: id, target: node, message, facts, variables }), entry);
}

/** A webhook, a schedule or another flow begins one; what does not begin says why. */
export function startFlow(turn: Stepping, payload: StartPayload, entry: TailEntry): void {
  const live = turn.world.flows.find(({ id }) => id === payload.flow);
  if (!live) {
    refuse(entry, 'flow_unknown', `There is no active flow ${payload.flow}. Publish it first.`);
    return;
  }
  const trigger = startAt(live, turn.world.nodeTypes, payload.node);
  if (!trigger) {
    const which = payload.node === null ? 'no trigger' : `no trigger ${payload.node}`;
    refuse(entry, 'trigger_unknown', `The flow ${live.document.name || live.id} has ${which}.`);
    return;
  }
  const decision = { flow: live.id, version: live.version, node: trigger.node, kind: 'start', by: payload.by } as const;
  // A flow that begins another one gives its own place to it
  const replaces = payload.by === 'flow' || trigger.whenBusy === 'replace';
  beginUnasked(turn, { ...decision, skipped: null }, replaces, payload, entry);
}

/** A business event of this contact: of the flows that listen, the higher priority begins, then the older flow. */
export function startByEvent(turn: Stepping, payload: BusinessPayload, entry: TailEntry): void {
  const { name, data } = payload;
  const { flows, nodeTypes } = turn.world;
  const best = chooseEventTrigger(flows, nodeTypes, { name, data }, turn.document.channel);
  if (!best) return;
  const { whenBusy, saveAs, ...chosen } = best;
  const decision: StartDecision = { ...chosen, kind: 'event', by: name, skipped: null };
  const variables = saveAs === null ? {} : nested(saveAs, data);
  beginUnasked(turn, decision, whenBusy === 'replace', { variables, chain: payload.chain }, entry);
}

/** Nobody wrote: what begins by itself may not disturb people, who said STOP, nor (unless told so) another flow. */
function beginUnasked(
  turn: Stepping,
  decision: StartDecision,
  replaces: boolean,
  { variables, chain }: { variables: JsonObject; chain: Chain | null },
  entry: TailEntry,
): void {
  const skipped =
    turn.state.owner.kind !== 'bot'
      ? 'people'
      : turn.withdrewConsent()
        ? 'consent'
        : turn.inSession() && !replaces
          ? 'busy'
          : null;
  entry.trigger = { ...decision, skipped };
  if (skipped !== null) return;
  const next = lengthened(chain, turn.state.session?.chain ?? null, turn.world.now.toISOString());
  if (next === 'too-long') {
    refuse(entry, 'flow_loop', FLOW_LOOP);
    return;
  }
  beginSession(turn, { ...decision, message: null, variables, chain: next }, entry);
}

function refuse(entry: TailEntry, code: string, message: string): void {
  entry.fault = { code, message, node: null };
}

/** `order.paid` and its value as variables: dots nest. */
export function nested(name: string, value: Json): JsonObject {
  const [last = name, ...outer] = name.split('.').reverse();
  return outer.reduce<JsonObject>((inner, part) => ({ [part]: inner }), { [last]: value });
}
