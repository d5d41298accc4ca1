import type { Connection } from 'mongoose';
import { encodeKey } from '../../engine/counting/count-key.ts';
import type { Passing } from '../../engine/counting/tally.ts';
import { type TenantRow, tenantModel } from '../../storage/tenancy.ts';
import { hoursOf, type Span, spansOf } from './spans.ts';
import { type CountRow, type Counts, seriesOf, sumCounts } from './sum-counts.ts';

interface PassingsRow extends TenantRow {
  flow: string;
  node: string;
  batch: number;
  ways: Record<string, Passing[]>;
}

export interface CountQuery {
  flow: string;
  from: Date;
  to: Date;
  /** Null: all that were published; drafts for testers have numbers below zero. */
  version: number | null;
  /** Whose arrivals the series tells, besides the sessions. */
  node: string | null;
  /** Of the series. */
  unit: 'hour' | 'day';
}

export type FlowCountStore = ReturnType<typeof createFlowCountStore>;

/** The sums that the engine keeps, read by flow and time; nothing is counted here. */
export function createFlowCountStore(connection: Connection) {
  const mixed = { type: Object };
  const rows = tenantModel<CountRow>(connection, 'flow_counts', {
    organization: String,
    flow: String,
    version: Number,
    unit: String,
    at: Date,
    batch: Number,
    expiresAt: Date,
    began: Number,
    ended: mixed,
    nodes: mixed,
    ports: mixed,
  } as never);
  const passings = tenantModel<PassingsRow>(connection, 'flow_passings', {
    organization: String,
    flow: String,
    node: String,
    batch: Number,
    ways: mixed,
  } as never);

  return {
    async counts(organization: string, { flow, from, to, version, node, unit }: CountQuery): Promise<Counts> {
      const versions = version === null ? { $gt: 0 } : version;
      const read = ({ unit, from, to }: Span, fields: Record<string, 1> = {}) =>
        rows
          .find({ organization, flow, unit, at: { $gte: from, $lt: to }, version: versions }, fields)
          .sort({ at: 1 })
          .lean<CountRow[]>();
      const spans = spansOf(from, to);
      const found = (await Promise.all(spans.map((span) => read(span)))).flat();
      // Days are sums already: of their hours only what the series tells is read
      const isByDay = unit === 'hour' && spans.some((span) => span.unit === 'day');
      const told = isByDay ? await read(hoursOf(from, to), fieldsOf(node)) : found;
      return { ...sumCounts(found), series: seriesOf(told, unit, node) };
    },

    /** The newest who took the way: a port, all who came, or those who went no further. Newest first. */
    async passings(organization: string, flow: string, node: string, way: string): Promise<Passing[]> {
      const row = await passings.findOne({ organization, flow, node }).lean<PassingsRow>();
      return (row?.ways[encodeKey(way)] ?? []).toReversed();
    },
  };
}

const fieldsOf = (node: string | null): Record<string, 1> => ({
  at: 1,
  began: 1,
  ...(node !== null && { [`nodes.${encodeKey(node)}.entered`]: 1 }),
});
