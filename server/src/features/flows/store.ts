import type { Problem } from '@parley/runtime';
import type { Connection, Model } from 'mongoose';
import type { Index } from '../../storage/indexes.ts';
import { type Page, type PageRequest, readPage } from '../../storage/page.ts';
import { plain, type TenantRow, tenantModel } from '../../storage/tenancy.ts';
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
  published: Publication | null;
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
}

export const flowIndexes: Index[] = [
  { collection: 'flows', keys: { organization: 1, createdAt: -1, _id: -1 } },
  { collection: 'flows', keys: { organization: 1, active: 1 } },
  { collection: 'flow_versions', keys: { organization: 1, flow: 1, version: -1 }, options: { unique: true } },
];

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
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  });
  const versions = createVersionStore(connection);
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
      return { ...found, items: found.items.map(plain) };
    },

    async find(organization: string, id: string): Promise<StoredFlow | null> {
      const row = await flows.findOne({ organization, _id: id }).lean<FlowRow>();
      return row && flowOf(row);
    },

    async create(organization: string, id: string, { name, document, problems }: Draft): Promise<StoredFlow> {
      const at = now();
      const text = JSON.stringify(document);
      const fresh = { revision: 1, active: false, published: null, changes: [], createdAt: at, updatedAt: at };
      const row = { _id: id, organization, name, document: text, problems, ...fresh };
      await flows.create(row);
      return flowOf(row);
    },

    /** Null when somebody saved since `before` was read. */
    async save(before: StoredFlow, { name, document, problems }: Draft, words: string[]): Promise<StoredFlow | null> {
      const { organization, id, revision } = before;
      const changes = [...before.changes, { revision: revision + 1, words }].slice(-KEPT_CHANGES);
      const text = JSON.stringify(document);
      const row = await flows
        .findOneAndUpdate(
          { organization, _id: id, revision },
          { $set: { name, document: text, problems, changes, updatedAt: now() }, $inc: { revision: 1 } },
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
      const publication = await versions.freeze({ organization, flow: id, document, at: now(), ...rest });
      // Never back to an older version, if another publishing overtook this one
      const notOlder = { $or: [{ published: null }, { 'published.version': { $lte: publication.version } }] };
      await flows.updateOne(
        { organization, _id: id, ...notOlder },
        { $set: { published: publication, active: activate } },
      );
      cache.forget(organization);
      return publication;
    },

    /** Null for an unknown flow. Switching on what was never published is the caller's to refuse. */
    async setActive(organization: string, id: string, active: boolean): Promise<StoredFlow | null> {
      const row = await flows
        .findOneAndUpdate({ organization, _id: id }, { $set: { active } }, { returnDocument: 'after' })
        .lean<FlowRow>();
      cache.forget(organization);
      return row && flowOf(row);
    },

    async remove(organization: string, id: string): Promise<boolean> {
      const { deletedCount } = await flows.deleteOne({ organization, _id: id });
      cache.forget(organization);
      return deletedCount === 1;
    },
  };
  return store;
}

const flowOf = (row: FlowRow): StoredFlow => ({ ...plain(row), document: JSON.parse(row.document) });
