import { nodeTypes } from '@parley/nodes';
import type { ContactFacts, Flow, Frame, HttpRequest, JsonObject, Said, Simulation, Timer } from '@parley/runtime';
import { nodeTitle } from '../../document/node-title.ts';
import { nodeOf, stopBefore } from './playback.ts';

type SystemLine = Extract<Said, { from: 'system' }> & { team: string | null };

/** A line of the chat. `key` is its place in the talk and stays while the talk goes on. */
export type ChatLine = { key: number } & (Exclude<Said, { from: 'system' }> | SystemLine);

/** `live`: all that happened is shown. `halted`: the bot went on, and is shown bit by bit. `back`: an earlier moment is looked at. */
export type Mode = 'live' | 'halted' | 'back';

/** All that the simulator shows, made anew after every change. */
export interface TalkView {
  mode: Mode;
  lines: ChatLine[];
  /** What the customer wrote while the talk is halted. */
  waiting: readonly ChatLine[];
  /** Lines that are not shown yet, or not just now. */
  hidden: number;
  status: Frame['status'];
  owner: Frame['owner'];
  now: string;
  place: { id: string; name: string } | null;
  variables: JsonObject;
  /** Those of the flows that run inside, by the name of the node that runs each. */
  inside: readonly { path: string; name: string; variables: JsonObject; before: JsonObject }[];
  /** What they were at the stop before, to see what changed. */
  before: JsonObject;
  contact: ContactFacts;
  windowClosesAt: string | null;
  timers: readonly Timer[];
  nextTimer: string | null;
  effects: Simulation['effects'];
  fault: Simulation['fault'];
  /** Where in the moments we are, of how many. */
  at: number;
  frames: readonly Frame[];
  /** The request that the flow waits for. */
  question: HttpRequest | null;
  /** Inputs that wait until what is under way is done. */
  queued: number;
  /** Why the simulator itself stopped. */
  crash: string | null;
  /** The flow that answers: as it was when the talk began. */
  flow: Flow;
  /** The id under which it runs. */
  tried: string;
  stepping: boolean;
  /** The breakpoint at the moment that is shown; null where there is none. */
  breakpoint: string | null;
  turns: number;
}

interface Open {
  flow: Flow;
  tried: string;
  question: HttpRequest | null;
  queued: number;
  crash: string | null;
  stepping: boolean;
  breakpoint: string | null;
  turns: number;
  /** Where the last turn began, in moments. */
  lastTurn: number;
}

const NO_LINES: readonly ChatLine[] = [];

/** The talk at its end, or at the moment `cursor`. */
export function viewOf(simulation: Simulation, cursor: number | null, mode: Mode, open: Open): TalkView {
  const { flow, lastTurn, ...rest } = open;
  const { frames, transcript, effects } = simulation;
  const at = cursor ?? frames.length;
  const frame = frames[at] ?? null;
  const shown = frame ?? liveFrame(simulation);
  const running = shown.status === 'waiting' || shown.status === 'calling' || shown.status === 'running';
  const lines = linesOf(simulation, flow);
  const before = cursor === null ? lastTurn : stopBefore(frames, at);
  return {
    ...rest,
    mode,
    flow,
    question: frame ? null : rest.question,
    lines: lines.slice(0, shown.lines),
    waiting: mode === 'halted' ? lines.slice(shown.lines).filter(({ from }) => from === 'contact') : NO_LINES,
    hidden: transcript.length - shown.lines,
    status: shown.status,
    owner: shown.owner,
    now: shown.now,
    place: running ? placeOf(flow, shown, open.tried) : null,
    variables: shown.variables,
    inside: Object.entries(shown.inside).map(([path, variables]) => ({
      path,
      name: nameOf(flow, path.split('/')[0] ?? '') ?? path,
      variables,
      before: (before === null ? undefined : frames[before]?.inside[path]) ?? {},
    })),
    before: (before === null ? undefined : frames[before]?.variables) ?? {},
    contact: shown.contact,
    windowClosesAt: shown.windowClosesAt,
    timers: shown.timers,
    nextTimer: frame ? null : simulation.nextTimer,
    effects: effects.slice(0, shown.effects),
    fault: frame ? null : simulation.fault,
    at,
    frames,
  };
}

type Shown = Pick<
  Frame,
  | 'flow'
  | 'node'
  | 'status'
  | 'owner'
  | 'now'
  | 'variables'
  | 'inside'
  | 'contact'
  | 'windowClosesAt'
  | 'timers'
  | 'lines'
  | 'effects'
>;

const liveFrame = (simulation: Simulation): Shown => ({
  flow: simulation.at?.flow ?? null,
  node: simulation.at?.node ?? null,
  status: simulation.status,
  owner: simulation.owner,
  now: simulation.now,
  variables: simulation.variables,
  // It has just come to rest, and nothing was heard since
  inside: simulation.frames.at(-1)?.inside ?? {},
  contact: simulation.contact,
  windowClosesAt: simulation.windowClosesAt,
  timers: simulation.timers,
  lines: simulation.transcript.length,
  effects: simulation.effects.length,
});

function placeOf(flow: Flow, at: Pick<Frame, 'flow' | 'node'>, tried: string): TalkView['place'] {
  const id = nodeOf(at, tried);
  const name = id === null ? null : nameOf(flow, id);
  return id !== null && name !== null ? { id, name } : null;
}

function nameOf(flow: Flow, id: string): string | null {
  const node = flow.nodes.find((one) => one.id === id);
  return node ? (nodeTitle(node) ?? nodeTypes.get(node.type)?.title ?? node.type) : null;
}

const drawn = new WeakMap<Simulation, { flow: Flow; lines: ChatLine[] }>();

/** Made anew only when something was said: each step of a long talk shows the same lines, more of them. */
function linesOf(simulation: Simulation, flow: Flow): ChatLine[] {
  const known = drawn.get(simulation);
  if (known && known.flow === flow && known.lines.length === simulation.transcript.length) return known.lines;
  const lines = newLinesOf(simulation, flow);
  drawn.set(simulation, { flow, lines });
  return lines;
}

/** The transcript names a handoff's note; its team stands in the node that asked for it. */
function newLinesOf({ transcript, trace }: Simulation, flow: Flow): ChatLine[] {
  const handoffs = trace.filter(({ node, port }) => port === null && typeOf(flow, node) === 'people.handoff');
  let handed = 0;
  return transcript.map((said, key) => {
    if (said.from !== 'system') return { key, ...said };
    if (said.event !== 'handed-over') return { key, ...said, team: null };
    const node = handoffs[handed]?.node;
    handed += 1;
    const { team } = flow.nodes.find((one) => one.id === node)?.config ?? {};
    return { key, ...said, team: typeof team === 'string' && !team.includes('{{') ? team : null };
  });
}

const typeOf = (flow: Flow, id: string) => flow.nodes.find((node) => node.id === id)?.type;
