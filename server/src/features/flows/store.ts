import { type Problem, parseFlow } from '@parley/runtime';
import type { Connection, Model } from 'mongoose';
import { flowsNamedIn, gatherCallees } from '../../engine/flow-library.ts';
import { nextAfter, scheduledNodes } from '../../engine/schedule/occasions.ts';
import { createScheduleStore } from '../../engine/schedule/schedule-store.ts';
import type { Index } from '../../storage/indexes.ts';
import { type Page, type PageRequest, readPage } from '../../storage/page.ts';
import { acrossOrganizations, plain, type TenantRow, tenantModel } from '../../storage/tenancy.ts';
import { activeFlowCache, type PublishedFlow } from './active-flows.ts';
import { createVersionStore, type Publication } from './versions.ts';

/** A saved flow. Its document may be broken: the problems say how. */
export interface StoredFlow {
  id: string;
  organization: string;
  name: string;
  document: unknown;
  /** Rises with every saving; a write names the one it began from. */
  revision: number;
  active: boolean;
  published: (Publication & { uses?: string[] }) | null;
  problems: Problem[];
  /** What the latest savings changed, in words, oldest first. */
  changes: Change[];
  createdAt: Date;
  updatedAt: Date;
}

export interface Change {
  revision: number;
  words: string[];
}

export type FlowSummary = Omit<StoredFlow, 'document' | 'changes'>;

export interface Draft {
  name: string;
  document: unknown;
  problems: Problem[];
}

/**
 * The document is kept as JSON text: its keys may hold dots and dollars, its nesting is its author's, and it comes back
 * byte for byte as it was saved.
 */
interface FlowRow extends TenantRow, Omit<StoredFlow, 'id' | 'organization' | 'document'> {
  document: string;
  /** Flows that the draft or the published version names. */
  uses: string[];
}

export const flowIndexes: Index[] = [
  { collection: 'flows', keys: { organization: 1, createdAt: -1, _id: -1 } },
  { collection: 'flows', keys: { organization: 1, active: 1 } },
  { collection: 'flows', keys: { organization: 1, uses: 1 } },
  { collection: 'flow_versions', keys: { organization: 1, flow: 1, version: -1 }, options: { unique: true } },
];

const SHOWN_USERS = 20; // flows named in a refusal
const KEPT_CHANGES = 20; // savings; who comes later than that is told so

export type FlowStore = ReturnType<typeof createFlowStore>;

export function createFlowStore(connection: Connection, now: () => Date = () => new Date()) {
  const flows: Model<FlowRow> = tenantModel<FlowRow>(connection, 'flows', {
    organization: String,
    name: { type: String, required: true },
    document: { type: String, required: true },
    revision: { type: Number, required: true },
    active: { type: Boolean, required: true },
    published: { type: Object, default: null },
    problems: { type: [Object], required: true },
    changes: { type: [Object], required: true },
    uses: { type: [String], default: [] },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  });
  const versions = createVersionStore(connection);
  const schedules = createScheduleStore(connection, now);

  /** Before the flow is switched on: a crash in between leaves a row that finds no active flow, and goes. */
  async function schedule(organization: string, id: string, document: unknown): Promise<void> {
    const { flow } = parseFlow(document);
    const wanted = flow ? scheduledNodes(flow) : [];
    const rows = wanted.map((one) => ({ node: one.node, nextAt: nextAfter(one, now()) }));
    await schedules.follow(organization, id, rows);
  }
  const cache = activeFlowCache(connection);

  async function loadActive(organization: string): Promise<PublishedFlow[]> {
    const rows = await flows.find({ organization, active: true }, { document: 0, changes: 0 }).lean<FlowRow[]>();
    const published = rows.flatMap((row) =>
      row.published ? [{ flow: row._id, createdAt: row.createdAt, ...row.published }] : [],
    );
    const documents = await versions.documents(organization, published);
    return published.flatMap(({ flow, version, hash, createdAt }) => {
      const document = documents.get(`${flow}.${version}`);
      return document === undefined ? [] : [{ flow, version, hash, document, createdAt, organization }];
    });
  }

  async function newest(organization: string, flow: string): Promise<number | null> {
    const row = await flows.findOne({ organization, _id: flow }, { published: 1 }).lean<FlowRow>();
    return row?.published?.version ?? null;
  }

  const store = {
    /** The flows that answer messages, for every message: kept in memory, see active-flows.ts. */
    activeFlows: (organization: string): Promise<PublishedFlow[]> => cache.get(organization, loadActive),

    /** A version as a session pinned it. It stays when its flow is deleted: conversations may still be in it. */
    version: versions.find,
    versions: versions.list,

    async list(organization: string, page: PageRequest): Promise<Page<FlowSummary>> {
      const found = await readPage(flows, { organization }, page, {
        search: ['name'],
        without: ['document', 'changes'],
      });
      return { ...found, items: found.items.map(({ uses: _, ...row }) => plain(row)) };
    },

    async find(organization: string, id: string): Promise<StoredFlow | null> {
      const row = await flows.findOne({ organization, _id: id }).lean<FlowRow>();
      return row && flowOf(row);
    },

    async create(organization: string, id: string, { name, document, problems }: Draft): Promise<StoredFlow> {
      const at = now();
      const text = JSON.stringify(document);
      const fresh = { revision: 1, active: false, published: null, changes: [], createdAt: at, updatedAt: at };
      const uses = flowsNamedIn(document);
      const row = { _id: id, organization, name, document: text, problems, uses, ...fresh };
      await flows.create(row);
      return flowOf(row);
    },

    /** Null when somebody saved since `before` was read. */
    async save(before: StoredFlow, { name, document, problems }: Draft, words: string[]): Promise<StoredFlow | null> {
      const { organization, id, revision } = before;
      const changes = [...before.changes, { revision: revision + 1, words }].slice(-KEPT_CHANGES);
      const text = JSON.stringify(document);
      const uses = [...new Set([...flowsNamedIn(document), ...(before.published?.uses ?? [])])];
      const row = await flows
        .findOneAndUpdate(
          { organization, _id: id, revision },
          { $set: { name, document: text, problems, changes, uses, updatedAt: now() }, $inc: { revision: 1 } },
          { returnDocument: 'after' },
        )
        .lean<FlowRow>();
      return row && flowOf(row);
    },

    /**
     * Freezes the document as a version and points the flow to it. Two who publish at once agree on the number by the
     * versions' unique key; the one who comes second with the same document gets the same version.
     */
    async publish(flow: StoredFlow, given: { by: string; note: string | null; activate: boolean }) {
      const { organization, id, document } = flow;
      const { activate, ...rest } = given;
      const callees = await store.callees(organization, document);
      const frozen = await versions.freeze({ organization, flow: id, document, callees, at: now(), ...rest });
      const uses = flowsNamedIn(document);
      const publication = { ...frozen, uses };
      if (activate) await schedule(organization, id, document);
      // Never back to an older version, if another publishing overtook this one
      const notOlder = { $or: [{ published: null }, { 'published.version': { $lte: publication.version } }] };
      await flows.updateOne(
        { organization, _id: id, ...notOlder },
        { $set: { published: publication, active: activate, uses } },
      );
      if (!activate) await schedules.follow(organization, id, []);
      cache.forget(organization);
      return publication;
    },

    /** Null for an unknown flow. Switching on what was never published is the caller's to refuse. */
    async setActive(organization: string, id: string, active: boolean): Promise<StoredFlow | null> {
      const before = active ? await newest(organization, id) : null;
      if (before !== null) await schedule(organization, id, (await versions.find(organization, id, before))?.document);
      const row = await flows
        .findOneAndUpdate({ organization, _id: id }, { $set: { active } }, { returnDocument: 'after' })
        .lean<FlowRow>();
      if (!active) await schedules.follow(organization, id, []);
      cache.forget(organization);
      return row && flowOf(row);
    },

    /** The flows that run inside this document, as they are published now. */
    callees: (organization: string, document: unknown) =>
      gatherCallees(document, {
        async find(flow, wanted) {
          const version = wanted === 'latest' ? await newest(organization, flow) : wanted;
          return version === null ? null : versions.find(organization, flow, version);
        },
      }),

    /** Names of the other flows that run this one inside themselves, or start it. */
    async usersOf(organization: string, id: string): Promise<string[]> {
      const rows = await flows
        .find({ organization, uses: id, _id: { $ne: id } }, { name: 1 })
        .limit(SHOWN_USERS)
        .lean<Pick<FlowRow, 'name'>[]>();
      return rows.map(({ name }) => name);
    },

    /** Whose flow this is, for callers whom only the flow tells (a webhook of its own). */
    async ownerOf(id: string): Promise<string | null> {
      const row = await acrossOrganizations(flows.findOne({ _id: id }, { organization: 1 })).lean<FlowRow>();
      return row?.organization ?? null;
    },

    async remove(organization: string, id: string): Promise<boolean> {
      const { deletedCount } = await flows.deleteOne({ organization, _id: id });
      await schedules.follow(organization, id, []);
      cache.forget(organization);
      return deletedCount === 1;
    },
  };
  return store;
}

const flowOf = ({ uses: _, ...row }: FlowRow): StoredFlow => ({ ...plain(row), document: JSON.parse(row.document) });
