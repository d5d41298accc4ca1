import type { Visit } from '@parley/runtime';
import type { EventPayload, EventRow, Run, RunEnd } from '../documents.ts';

/** How sessions left a node without a port; `handedOver` stays in the session, a person speaks. */
export type Leaving = RunEnd | 'handedOver';

export interface NodeTally {
  entered?: number;
  left?: Partial<Record<Leaving, number>>;
}

/** What is added to one flow version's hour. */
export interface HourTally {
  flow: string;
  version: number;
  hour: Date;
  began: number;
  ended: Partial<Record<Leaving, number>>;
  nodes: Map<string, NodeTally>;
  /** By node, then port. */
  ports: Map<string, Map<string, number>>;
}

/** Somebody who came by; their name and words are looked up when they are shown. */
export interface Passing {
  conversation: string;
  /** What they wrote then; null where a timer or an answer led on. */
  message: string | null;
  at: Date;
}

/** The newest of a node, oldest first: by port taken, with `IN` for all who came and `OUT` for those who went no further. */
export interface NodePassings {
  flow: string;
  node: string;
  ways: Map<string, Passing[]>;
}

export interface Tally {
  hours: HourTally[];
  passings: NodePassings[];
}

export const IN = '$in';
export const OUT = '$out';
export const KEPT_PASSINGS = 10; // of a node and port; people look at the last few, and each is a look-up
const HOUR = 3_600_000; // ms

/** Adds up journal rows. Pure: the same rows give the same sums, whoever finishes a batch that another began. */
export function tallyRows(rows: readonly EventRow[]): Tally {
  const hours = new Map<string, HourTally>();
  const passings = new Map<string, NodePassings>();
  for (const row of rows) {
    const { step } = row;
    const { runs = [], at } = step ?? {};
    if (!at) continue;
    const visited = (step?.visited ?? []) as Visit[];
    const passing = { conversation: row.conversation, message: messageIn(row), at };
    runs.forEach((run, index) => {
      const visits = visited.slice(run.from, runs[index + 1]?.from);
      addRun(hourOf(hours, run, at), run, visits);
      keepPassings(passings, run, visits, passing);
    });
  }
  return { hours: [...hours.values()], passings: [...passings.values()] };
}

function hourOf(hours: Map<string, HourTally>, { flow, version }: Run, at: Date): HourTally {
  const hour = new Date(Math.floor(at.getTime() / HOUR) * HOUR);
  const key = `${flow} ${version} ${hour.getTime()}`;
  const known = hours.get(key);
  if (known) return known;
  const fresh = { flow, version, hour, began: 0, ended: {}, nodes: new Map(), ports: new Map() };
  hours.set(key, fresh);
  return fresh;
}

function addRun(tally: HourTally, run: Run, visits: readonly Visit[]): void {
  if (run.before === null) tally.began++;
  for (const node of arrivals(run, visits)) {
    const counted = nodeOf(tally, node);
    counted.entered = (counted.entered ?? 0) + 1;
  }
  for (const { node, port } of visits) {
    if (port === null || port.startsWith('$')) continue;
    const ports = tally.ports.get(node) ?? new Map<string, number>();
    tally.ports.set(node, ports.set(port, (ports.get(port) ?? 0) + 1));
  }
  for (const how of leavings(run)) {
    tally.ended[how] = (tally.ended[how] ?? 0) + 1;
    const { left = {} } = nodeOf(tally, run.at);
    nodeOf(tally, run.at).left = { ...left, [how]: (left[how] ?? 0) + 1 };
  }
}

function nodeOf({ nodes }: HourTally, node: string): NodeTally {
  const known = nodes.get(node) ?? {};
  nodes.set(node, known);
  return known;
}

/** A question that is asked again is no second arrival. */
export function arrivals({ before }: Pick<Run, 'before'>, visits: readonly Visit[]): string[] {
  let resting = before;
  return visits.flatMap(({ node, port }) => {
    const again = port === null && node === resting;
    resting = port === null ? node : null;
    return port === null && !again ? node : [];
  });
}

const leavings = ({ ended, handedOver }: Run): Leaving[] => [
  ...(handedOver ? (['handedOver'] as const) : []),
  ...(ended ? [ended] : []),
];

function keepPassings(all: Map<string, NodePassings>, run: Run, visits: readonly Visit[], passing: Passing): void {
  const keep = (node: string, way: string) => {
    const key = `${run.flow} ${node}`;
    const one = all.get(key) ?? { flow: run.flow, node, ways: new Map() };
    all.set(key, one);
    one.ways.set(way, [...(one.ways.get(way) ?? []), passing].slice(-KEPT_PASSINGS));
  };
  for (const node of arrivals(run, visits)) keep(node, IN);
  for (const { node, port } of visits) if (port !== null && !port.startsWith('$')) keep(node, port);
  if (leavings(run).length > 0) keep(run.at, OUT);
}

function messageIn({ payload }: EventRow): string | null {
  const told = payload as EventPayload;
  return told.kind === 'message' ? told.messageId : null;
}
