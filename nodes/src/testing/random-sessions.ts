import {
  after,
  type Compiled,
  canonicalJson,
  changeContact,
  compileFlow,
  deliver,
  type Facts,
  type Flow,
  type FlowEvent,
  INBOUND_TYPES,
  type InboundMessage,
  inboundMessage,
  inboundText,
  isFinal,
  MAX_WALK,
  type NodeTypes,
  portsOf,
  type Snapshot,
  type Step,
  type StepTimer,
  start,
} from '@parley/runtime';
import { createDraw, type Draw } from './draw.ts';
import { CONFIGS } from './random-configs.ts';
import { randomFlow } from './random-flow.ts';
import { replyTo } from './random-reply.ts';

export interface Options {
  sessions: number;
  seed: number;
  nodeTypes: NodeTypes;
}

export interface Outcome {
  sessions: number;
  steps: number;
  /** How often each port of each type was taken: `logic.loop done` -> 812. Ports that a config names count as `*`. */
  taken: Map<string, number>;
  /** Steps inside a sub-flow, by depth. */
  depths: number[];
  ends: Record<string, number>;
  faults: Record<string, number>;
  /** What must never be: with the seed of its session. */
  broken: string[];
}

const FLOWS_EVERY = 10; // sessions that share a set of flows: compiling takes longer than stepping
const MAX_STEPS = 30; // events of a session
const LIBRARY = ['sub_a', 'sub_b', 'sub_c'];
/** Ports that are the same for every config; all others are named by it (choices, cases, outcomes). */
const FIXED = new Set(
  'next error timeout other invalid yes no resumed closed each done open closing past ordered chosen nowhere to $end $failed $back'.split(
    ' ',
  ),
);

/** Plays random sessions of random flows and checks after every event what must always hold. */
export function playSessions({ sessions, seed, nodeTypes }: Options): Outcome {
  const outcome: Outcome = {
    sessions: 0,
    steps: 0,
    taken: new Map(),
    depths: [],
    ends: {},
    faults: {},
    broken: [],
  };
  const ports = Map.groupBy(portsWanted(nodeTypes), (port) => port.split(' ')[0] ?? '');
  const seen = (type: string) => Math.min(...(ports.get(type) ?? []).map((port) => outcome.taken.get(port) ?? 0));
  let compiled: Compiled | null = null;
  for (let session = 0; session < sessions; session++) {
    if (session % FLOWS_EVERY === 0) compiled = compiledFor(createDraw(seed + session), nodeTypes, seen);
    if (!compiled) continue;
    playOne(compiled, createDraw(seed * 7_919 + session), `${seed}/${session}`, outcome);
  }
  return outcome;
}

/** A flow that compiles, with flows for its sub-flows; a draw in a thousand gives none that does. */
function compiledFor(draw: Draw, nodeTypes: NodeTypes, seen: (type: string) => number): Compiled | null {
  for (let attempt = 0; attempt < 50; attempt++) {
    const flows: Record<string, Flow> = {};
    // Each may run only those behind it: a flow never runs itself
    LIBRARY.forEach((id, at) => {
      flows[id] = randomFlow(draw, nodeTypes, { callees: LIBRARY.slice(at + 1), inside: true, count: 4, seen });
    });
    const compiled = compileFlow(
      randomFlow(draw, nodeTypes, { callees: LIBRARY, inside: false, count: 9, seen }),
      nodeTypes,
      (id) => flows[id] ?? null,
    );
    if (compiled.machine) return compiled;
  }
  return null;
}

function playOne(compiled: Compiled, draw: Draw, name: string, outcome: Outcome): void {
  const world = new World(compiled, draw);
  const target = draw.from([...compiled.places.values()].filter(({ caller, type }) => caller === null && type.begins));
  const { saveAs } = target.config as { saveAs?: string };
  const first = target.type.begins === 'message' ? inboundText('hi') : null;
  const given = { session: name, target: target.path, message: first, facts: world.facts() };
  const data = saveAs === undefined ? {} : { data: { total: 12, items: [1, 2, 3] } };
  try {
    let step = start(compiled, { ...given, ...data });
    outcome.sessions++;
    for (let turn = 0; ; turn++) {
      outcome.steps++;
      check(step, compiled, name, outcome);
      count(step, compiled, outcome);
      world.take(step);
      if (isFinal(step.snapshot.at) || turn >= MAX_STEPS) break;
      const event = world.next(step);
      const kept = deliver(compiled, step.snapshot, event);
      step = deliver(compiled, stored(step.snapshot), event);
      if (canonicalJson(kept) !== canonicalJson(step))
        outcome.broken.push(`${name}: the snapshot from JSON steps otherwise at ${step.snapshot.at}`);
    }
    const end = isFinal(step.snapshot.at) ? step.status : 'going on';
    outcome.ends[end] = (outcome.ends[end] ?? 0) + 1;
    if (step.fault) outcome.faults[step.fault.code] = (outcome.faults[step.fault.code] ?? 0) + 1;
  } catch (error) {
    outcome.broken.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const stored = (snapshot: Snapshot): Snapshot => JSON.parse(JSON.stringify(snapshot));

function check(step: Step, compiled: Compiled, name: string, { broken }: Outcome): void {
  const { snapshot, status, fault, trace } = step;
  const must = (holds: boolean, words: string) => {
    if (!holds) broken.push(`${name}: ${words} at ${snapshot.at}`);
  };
  const final = isFinal(snapshot.at);
  must(trace.filter((visit) => visit.port === null).length <= MAX_WALK + 2, 'a step walks without end');
  must(canonicalJson(stored(snapshot)) === canonicalJson(snapshot), 'JSON loses a part of the snapshot');
  must((status === 'done' || status === 'failed') === final, `the status is ${status}`);
  must((fault !== undefined) === (status === 'failed'), `the status is ${status}, the fault ${fault?.code}`);
  if (final) return;
  must(compiled.places.has(snapshot.at), 'it stands nowhere');
  must(snapshot.memory.port === null, `a decision stays: ${snapshot.memory.port}`);
  const scopes = Object.keys(snapshot.memory.scopes);
  must(
    scopes.every((scope) => scope === '' || compiled.places.get(scope.slice(0, -1))?.inside !== undefined),
    `there are scopes of no sub-flow: ${scopes}`,
  );
}

function count({ snapshot, trace }: Step, { places }: Compiled, { taken, depths }: Outcome): void {
  for (const { node, port } of trace) {
    const type = places.get(node)?.type.type;
    if (port === null || type === undefined) continue;
    const key = `${type} ${FIXED.has(port) ? port : '*'}`;
    taken.set(key, (taken.get(key) ?? 0) + 1);
  }
  const depth = snapshot.at.split('/').length - 1;
  depths[depth] = (depths[depth] ?? 0) + 1;
}

/** Every port that a session could take, in the words of `taken`. */
export function portsWanted(nodeTypes: NodeTypes): string[] {
  const wanted = new Set<string>();
  for (const [name, type] of nodeTypes)
    for (const sample of SAMPLES[name] ?? CONFIGS[name] ?? []) {
      const config = type.schema.parse(sample);
      const ports = [...portsOf(type, config), ...Object.keys(type.links(config))];
      // Ways out that are no ports: the end of the flow, and back to where it was left
      if (ports.length === 0) ports.push('$end');
      if (name === 'logic.goBack') ports.push('$back');
      for (const port of ports) wanted.add(`${name} ${FIXED.has(port) ? port : '*'}`);
    }
  return [...wanted].sort();
}

/** Types whose config names nodes or flows of the random flow itself. */
const SAMPLES: Record<string, Record<string, unknown>[]> = {
  'logic.goTo': [{ target: 'n0', comeBack: true }],
  'logic.subflow': [{ flow: 'sub_a', outcomes: ['declined'] }],
  'logic.goBack': [{}],
};

/** The clock, the contact, the timers and the open questions of one session. */
class World {
  readonly compiled: Compiled;
  readonly draw: Draw;
  now = '2026-03-02T09:00:00.000Z';
  timers: Extract<StepTimer, { start: unknown }>['start'][] = [];
  away = false;
  contact: Facts['contact'] = {
    id: 'con_1',
    name: 'Ana Silva',
    firstName: 'Ana',
    lastName: 'Silva',
    phone: '+447700900001',
    email: null,
    language: null,
    tags: [],
    groups: [],
    attributes: {},
    consent: { service: true, marketing: false },
  };

  constructor(compiled: Compiled, draw: Draw) {
    this.compiled = compiled;
    this.draw = draw;
    const language = draw.from([null, 'pt', 'es-MX', 'ar']);
    this.contact = { ...this.contact, id: `con_${draw.below(1_000)}`, language };
  }

  facts(): Facts {
    const closes = this.draw.from([null, 'PT0S', 'PT1H', 'PT20H']);
    return {
      now: this.now,
      contact: this.contact,
      conversation: { id: 'cnv_1', channel: 'chn_1', windowClosesAt: closes && after(this.now, closes) },
      flow: { id: 'flw_1', name: 'Random', version: 1 },
    };
  }

  take(step: Step): void {
    for (const effect of step.effects) this.contact = changeContact(this.contact, effect);
    for (const change of step.timers)
      if ('cancel' in change) this.timers = this.timers.filter(({ visit }) => visit !== change.cancel);
      else this.timers.push(change.start);
  }

  /** What comes next: mostly what the session waits for, now and then anything at all. */
  next({ snapshot, status }: Step): FlowEvent {
    const { draw } = this;
    const { memory } = snapshot;
    const place = this.compiled.places.get(snapshot.at);
    const facts = this.facts();
    if (draw.one(12)) return this.anything(memory);
    if (memory.awaiting.length > 0 && draw.one(2)) {
      const ok = !draw.one(3);
      return { type: 'effect.settled', ordinal: draw.from(memory.awaiting), ok, error: ok ? null : 'refused', facts };
    }
    if (status === 'calling') {
      const port = place ? draw.from([...place.ports.keys()]) : 'next';
      return { type: 'call.settled', visit: memory.visit, port, set: draw.one(2) ? { a: 1 } : {}, error: null, facts };
    }
    const due = this.timers.filter(({ visit }) => visit === memory.visit || visit === 0);
    const timer = due.length > 0 && (draw.one(3) || !listens(place)) ? draw.from(due) : null;
    if (timer) {
      this.timers = this.timers.filter((one) => one !== timer);
      if (timer.due > this.now) this.now = timer.due;
      return { type: 'timer', visit: timer.visit, name: timer.name, facts: { ...facts, now: this.now } };
    }
    if (place?.type.type === 'people.handoff') return { type: draw.from(['resumed', 'closed'] as const), facts };
    return { type: 'message', message: this.reply(place), facts };
  }

  reply(place: Parameters<typeof listens>[0]): InboundMessage {
    const { draw } = this;
    if (!place || draw.one(4)) return draw.one(4) ? inboundText('menu') : this.noise();
    return replyTo(place, draw);
  }

  noise(): InboundMessage {
    const { draw } = this;
    const text = draw.from(['', 'yes', '1', '{{a}}', 'x'.repeat(5_000), '\u{202e}\0', null]);
    return inboundMessage({ type: draw.from([...INBOUND_TYPES]), text, payload: draw.from([null, 'yes', 'gone']) });
  }

  anything(memory: Snapshot['memory']): FlowEvent {
    const { draw } = this;
    const facts = this.facts();
    const visit = memory.visit - draw.below(2);
    const ordinal = memory.sent - 1 - draw.below(3);
    return draw.from<FlowEvent>([
      { type: 'timer', visit, name: draw.from(['timeout', 'over', '$expire', 'none']), facts },
      { type: 'timer', visit: 0, name: '$expire', facts },
      { type: 'call.settled', visit, port: draw.from(['next', '$again', 'none']), set: { a: [1] }, error: null, facts },
      { type: 'effect.settled', ordinal, ok: draw.one(2), error: null, facts },
      { type: 'effect.failed', ordinal, error: 'refused', facts },
      { type: 'jump', target: draw.from([...this.compiled.places.keys(), 'none']), facts },
      { type: 'resumed', facts },
      { type: 'closed', facts },
      { type: 'message', message: this.noise(), facts },
    ]);
  }
}

const listens = (place: Compiled['places'] extends ReadonlyMap<string, infer P> ? P | undefined : never): boolean =>
  place?.type.verb.kind === 'wait' && place.type.verb.wait.on.includes('message');
