import { parseFlow } from '@parley/runtime';
import type { Connection, Model } from 'mongoose';
import { flowsNamedIn, gatherCallees } from '../../engine/flow-library.ts';
import { nextAfter, scheduledNodes } from '../../engine/schedule/occasions.ts';
import { createScheduleStore } from '../../engine/schedule/schedule-store.ts';
import type { Index } from '../../storage/indexes.ts';
import { acrossOrganizations, plain, tenantModel } from '../../storage/tenancy.ts';
import { activeFlowCache, testFlowCache } from './active-flows.ts';
import { createFlowList } from './flow-list.ts';
import type { PublishedFlow } from './published-flow.ts';
import type { Draft, FlowRow, Said, StoredFlow } from './stored-flow.ts';
import { createTestDraftStore, type TestFlow, type Testing, testDraftIndexes } from './test-drafts.ts';
import { createVersionStore, type VersionWords } from './versions.ts';

export type { Change, Draft, FlowSummary, Said, StoredFlow } from './stored-flow.ts';

export const flowIndexes: Index[] = [
  { collection: 'flows', keys: { organization: 1, createdAt: -1, _id: -1 } },
  { collection: 'flows', keys: { organization: 1, updatedAt: -1, _id: -1 } },
  { collection: 'flows', keys: { organization: 1, active: 1 } },
  { collection: 'flows', keys: { organization: 1, uses: 1 } },
  { collection: 'flow_versions', keys: { organization: 1, flow: 1, version: -1 }, options: { unique: true } },
  ...testDraftIndexes,
];

const SHOWN_USERS = 20; // flows named in a refusal
const KEPT_CHANGES = 20; // savings; who comes later than that is told so

export type FlowStore = ReturnType<typeof createFlowStore>;

export function createFlowStore(connection: Connection, now: () => Date = () => new Date()) {
  const flows: Model<FlowRow> = tenantModel<FlowRow>(connection, 'flows', {
    organization: String,
    name: { type: String, required: true },
    tags: { type: [String], default: [] },
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
  const tests = createTestDraftStore(connection, versions.documents);
  const schedules = createScheduleStore(connection, now);

  /** Before the flow is switched on: a crash in between leaves a row that finds no active flow, and goes. */
  async function schedule(organization: string, id: string, document: unknown): Promise<void> {
    const { flow } = parseFlow(document);
    const wanted = flow ? scheduledNodes(flow) : [];
    const rows = wanted.map((one) => ({ node: one.node, nextAt: nextAfter(one, now()) }));
    await schedules.follow(organization, id, rows);
  }
  const cache = activeFlowCache(connection);
  const testCache = testFlowCache(connection);

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

    /** Drafts that testers get instead, each with who they are; kept in memory like the active flows. */
    testFlows: (organization: string): Promise<TestFlow[]> => testCache.get(organization, tests.shared),

    /** A version as a session pinned it. It stays when its flow is deleted: conversations may still be in it. */
    version: versions.find,
    versions: versions.list,
    describeVersion: versions.describe,
    testing: tests.find,

    ...createFlowList(flows),

    async find(organization: string, id: string): Promise<StoredFlow | null> {
      const row = await flows.findOne({ organization, _id: id }).lean<FlowRow>();
      return row && flowOf(row);
    },

    async create(
      organization: string,
      id: string,
      { name, document, problems, tags = [] }: Draft,
    ): Promise<StoredFlow> {
      const at = now();
      const text = JSON.stringify(document);
      const fresh = { revision: 1, active: false, published: null, changes: [], createdAt: at, updatedAt: at };
      const uses = flowsNamedIn(document);
      const row = { _id: id, organization, name, tags, document: text, problems, uses, ...fresh };
      await flows.create(row);
      return flowOf(row);
    },

    /** Null when somebody saved since `before` was read. */
    async save(before: StoredFlow, { name, document, problems }: Draft, said: Said): Promise<StoredFlow | null> {
      const { organization, id, revision } = before;
      const changes = [...before.changes, { ...said, revision: revision + 1, at: now() }].slice(-KEPT_CHANGES);
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
    async publish(flow: StoredFlow, given: { by: string; activate: boolean } & VersionWords) {
      const { organization, id, document } = flow;
      const { activate, by, name = null, note = null } = given;
      const callees = await store.callees(organization, document);
      const fresh = { organization, flow: id, document, callees, at: now(), by, name, note };
      const frozen = await versions.freeze(fresh);
      // The same document once more is the same version; its new name or note is taken over
      const words = { ...(name !== null && { name }), ...(note !== null && { note }) };
      if (Object.keys(words).length > 0) await versions.describe(organization, id, frozen.version, words);
      // What testers had is live now, or overtaken: they get what everybody gets
      await store.endTest(organization, id);
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

    /** Freezes the draft for its testers, under a number of its own. */
    async shareDraft(flow: StoredFlow, by: string): Promise<Testing> {
      const { organization, id, document, revision } = flow;
      const callees = await store.callees(organization, document);
      const fresh = { organization, flow: id, document, callees, at: now(), by, name: null, note: null };
      const frozen = await versions.freezeDraft(fresh);
      const testing = await tests.share(flow, { ...frozen, at: now(), by, revision });
      testCache.forget(organization);
      return testing;
    },

    async chooseTesters(flow: StoredFlow, testers: string[]): Promise<Testing> {
      const testing = await tests.choose(flow, testers);
      testCache.forget(flow.organization);
      return testing;
    },

    async endTest(organization: string, id: string): Promise<void> {
      await tests.end(organization, id);
      testCache.forget(organization);
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

    /** The other flows that run this one inside themselves, or start it. */
    async usersOf(organization: string, id: string): Promise<{ id: string; name: string }[]> {
      const rows = await flows
        .find({ organization, uses: id, _id: { $ne: id } }, { name: 1 })
        .limit(SHOWN_USERS)
        .lean<Pick<FlowRow, '_id' | 'name'>[]>();
      return rows.map(plain);
    },

    /** Whose flow this is, for callers whom only the flow tells (a webhook of its own). */
    async ownerOf(id: string): Promise<string | null> {
      const row = await acrossOrganizations(flows.findOne({ _id: id }, { organization: 1 })).lean<FlowRow>();
      return row?.organization ?? null;
    },

    async remove(organization: string, id: string): Promise<boolean> {
      // First: a crash in between leaves a flow without testers, never testers of a flow that is gone
      await tests.forget(organization, id);
      testCache.forget(organization);
      const { deletedCount } = await flows.deleteOne({ organization, _id: id });
      await schedules.follow(organization, id, []);
      cache.forget(organization);
      return deletedCount === 1;
    },
  };
  return store;
}

const flowOf = ({ uses: _, tags = [], ...row }: FlowRow): StoredFlow => ({
  ...plain(row),
  tags,
  document: JSON.parse(row.document),
});
