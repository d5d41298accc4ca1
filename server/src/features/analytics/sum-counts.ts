import { decodeKey, encodeKey } from '../../engine/counting/count-key.ts';
import type { NodeTally } from '../../engine/counting/tally.ts';
import type { TenantRow } from '../../storage/tenancy.ts';

/** A flow version's hour or day, as the engine keeps it. */
export interface CountRow extends TenantRow {
  flow: string;
  version: number;
  unit: 'hour' | 'day';
  at: Date;
  batch: number;
  expiresAt: Date;
  began?: number;
  ended?: Record<string, number>;
  nodes?: Record<string, NodeTally>;
  ports?: Record<string, Record<string, number>>;
}

export interface NodeCount {
  entered: number;
  left: Record<string, number>;
}

interface Point {
  at: Date;
  sessions: number;
  entered: number;
}

export interface Counts {
  sessions: number;
  ended: Record<string, number>;
  nodes: Record<string, NodeCount>;
  /** By `node port`. */
  ports: Record<string, number>;
  /** Only where something happened. */
  series: { unit: 'hour' | 'day'; points: Point[] };
}

const LENGTHS = { hour: 3_600_000, day: 86_400_000 }; // ms

/** Adds up rows of whatever unit. */
export function sumCounts(rows: readonly CountRow[]): Omit<Counts, 'series'> {
  // Maps: a node may be named like something that every object has
  const entered = new Map<string, number>();
  const left = new Map<string, Map<string, number>>();
  const ports = new Map<string, number>();
  const ended = new Map<string, number>();
  for (const row of rows) {
    addAll(ended, row.ended);
    for (const [key, tally] of Object.entries(row.nodes ?? {})) {
      const id = decodeKey(key);
      add(entered, id, tally.entered);
      left.set(id, addAll(left.get(id) ?? new Map(), tally.left));
    }
    for (const [key, taken] of Object.entries(row.ports ?? {})) {
      for (const [port, count] of Object.entries(taken)) add(ports, `${decodeKey(key)} ${decodeKey(port)}`, count);
    }
  }
  const nodes = [...left].map(([id, ways]) => [id, { entered: entered.get(id) ?? 0, left: Object.fromEntries(ways) }]);
  return {
    sessions: rows.reduce((sum, { began = 0 }) => sum + began, 0),
    ended: Object.fromEntries(ended),
    nodes: Object.fromEntries(nodes),
    ports: Object.fromEntries(ports),
  };
}

/** By hours or UTC days, in order; `node` is the one whose arrivals are told. */
export function seriesOf(rows: readonly CountRow[], unit: 'hour' | 'day', node: string | null): Counts['series'] {
  const points = new Map<number, Point>();
  const wanted = node === null ? null : encodeKey(node);
  for (const row of rows) {
    const point = pointOf(points, row.at, LENGTHS[unit]);
    point.sessions += row.began ?? 0;
    if (wanted !== null) point.entered += row.nodes?.[wanted]?.entered ?? 0;
  }
  return { unit, points: [...points.values()].sort((one, other) => one.at.getTime() - other.at.getTime()) };
}

function add(sums: Map<string, number>, key: string, count = 0): void {
  sums.set(key, (sums.get(key) ?? 0) + count);
}

function addAll(sums: Map<string, number>, counts: Partial<Record<string, number>> = {}): Map<string, number> {
  for (const [key, count] of Object.entries(counts)) add(sums, key, count);
  return sums;
}

function pointOf(points: Map<number, Point>, at: Date, length: number): Point {
  const start = Math.floor(at.getTime() / length) * length;
  const known = points.get(start) ?? { at: new Date(start), sessions: 0, entered: 0 };
  points.set(start, known);
  return known;
}
