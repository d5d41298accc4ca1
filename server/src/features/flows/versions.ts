import { createHash } from 'node:crypto';
import { canonicalJson } from '@parley/runtime';
import type { Connection } from 'mongoose';
import type { Callee } from '../../engine/flow-library.ts';
import { isDuplicate } from '../../storage/indexes.ts';
import { type Page, type PageRequest, readPage } from '../../storage/page.ts';
import { type TenantRow, tenantModel } from '../../storage/tenancy.ts';

/** What a flow says of its published version. `by` is a user or an API key. */
export interface Publication {
  version: number;
  /** `sha256:` of the document with its keys in order, and of what runs inside it: the same hash is the same behaviour. */
  hash: string;
  at: Date;
  by: string;
}

export interface FlowVersion extends Publication {
  flow: string;
  /** What people call it; null where nobody named it. */
  name: string | null;
  note: string | null;
  document: unknown;
  /** The sub-flows, frozen with it: what they become later changes nothing here. */
  callees: Callee[];
}

/** Documents are kept as JSON text, see store.ts. */
interface VersionRow extends TenantRow, Omit<FlowVersion, 'document' | 'callees'> {
  document: string;
  callees: string | null;
}

interface NewVersion extends Omit<FlowVersion, 'version' | 'hash'> {
  organization: string;
}

export type VersionSummary = Omit<FlowVersion, 'document' | 'callees'>;
export type VersionWords = Partial<Pick<FlowVersion, 'name' | 'note'>>;

/**
 * Which numbers a document is frozen under: published versions count up from 1, drafts that only testers get count down
 * from -1. Both stay for the sessions that pinned them; see decisions/test-drafts.md.
 */
interface Series {
  range: { $gt: 0 } | { $lt: 0 };
  newestFirst: 1 | -1;
  step: 1 | -1;
}
const PUBLISHED: Series = { range: { $gt: 0 }, newestFirst: -1, step: 1 };
const DRAFTS: Series = { range: { $lt: 0 }, newestFirst: 1, step: -1 };

const MAX_TRIES = 10; // each means that somebody else published in between

/** Frozen documents: written once, never changed. What people call a version, and their note, they may change. */
export function createVersionStore(connection: Connection) {
  const versions = tenantModel<VersionRow>(connection, 'flow_versions', {
    organization: String,
    flow: { type: String, required: true },
    version: { type: Number, required: true },
    hash: { type: String, required: true },
    document: { type: String, required: true },
    callees: { type: String, default: null },
    name: { type: String, default: null },
    note: { type: String, default: null },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  });

  async function freezeIn(
    { range, newestFirst, step }: Series,
    { organization, flow, document, callees, ...rest }: NewVersion,
  ): Promise<Publication> {
    const hash = hashOf(document, callees);
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const latest = await versions
        .findOne({ organization, flow, version: range }, { document: 0, callees: 0 })
        .sort({ version: newestFirst })
        .lean<VersionRow>();
      if (latest?.hash === hash) return publicationOf(latest);
      const version = (latest?.version ?? 0) + step;
      const row = { _id: `${flow}.${version}`, organization, flow, version, hash, ...rest };
      try {
        const inside = callees.length > 0 ? JSON.stringify(callees) : null;
        await versions.create({ ...row, document: JSON.stringify(document), callees: inside });
        return publicationOf(row);
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
    }
    throw new Error(`could not find a free version number for ${flow}`);
  }

  return {
    /** The version of this document: the latest if it is the same, else the next one. */
    freeze: (given: NewVersion): Promise<Publication> => freezeIn(PUBLISHED, given),

    /** The same for a draft that testers get; its number is below zero. */
    freezeDraft: (given: NewVersion): Promise<Publication> => freezeIn(DRAFTS, given),

    /** Names a published version, or notes something on it. Null where there is none. */
    async describe(
      organization: string,
      flow: string,
      version: number,
      words: VersionWords,
    ): Promise<VersionSummary | null> {
      const row = await versions
        .findOneAndUpdate({ organization, flow, version }, { $set: words }, { returnDocument: 'after' })
        .select({ document: 0, callees: 0 })
        .lean<VersionRow>();
      return row && summaryOf(row);
    },

    async find(organization: string, flow: string, version: number): Promise<FlowVersion | null> {
      const row = await versions.findOne({ organization, flow, version }).lean<VersionRow>();
      return row && versionOf(row);
    },

    /** The published ones without their documents, in the order that is asked for. */
    async list(organization: string, flow: string, page: PageRequest): Promise<Page<VersionSummary>> {
      const published = { organization, flow, version: PUBLISHED.range };
      const found = await readPage(versions, published, page, {
        search: ['name', 'note'],
        without: ['document', 'callees'],
      });
      return { ...found, items: found.items.map(summaryOf) };
    },

    /** Documents by `flow.version`. */
    async documents(organization: string, wanted: { flow: string; version: number }[]): Promise<Map<string, unknown>> {
      const ids = wanted.map(({ flow, version }) => `${flow}.${version}`);
      const rows = await versions.find({ organization, _id: { $in: ids } }, { callees: 0 }).lean<VersionRow[]>();
      return new Map(rows.map((row) => [row._id, JSON.parse(row.document)]));
    },
  };
}

function hashOf(document: unknown, callees: readonly Callee[]): string {
  const inside = callees.map(({ flow, version, latest }) => [flow, version, latest]).sort();
  const text = canonicalJson(document) + (inside.length > 0 ? canonicalJson(inside) : '');
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

const publicationOf = ({ version, hash, at, by }: Publication): Publication => ({ version, hash, at, by });

/** Rows of earlier releases have no name. */
const summaryOf = ({ flow, version, hash, at, by, name = null, note }: VersionSummary): VersionSummary => ({
  flow,
  version,
  hash,
  at,
  by,
  name,
  note,
});

const versionOf = ({ document, callees, ...row }: VersionRow): FlowVersion => ({
  ...summaryOf(row),
  document: JSON.parse(document),
  callees: callees ? JSON.parse(callees) : [],
});
