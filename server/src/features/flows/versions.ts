import { createHash } from 'node:crypto';
import { canonicalJson } from '@parley/runtime';
import type { Connection } from 'mongoose';
import { isDuplicate } from '../../storage/indexes.ts';
import { type Page, type PageRequest, readPage } from '../../storage/page.ts';
import { type TenantRow, tenantModel } from '../../storage/tenancy.ts';

/** What a flow says of its published version. `by` is a user or an API key. */
export interface Publication {
  version: number;
  /** `sha256:` of the document with its keys in order: the same hash is the same document. */
  hash: string;
  at: Date;
  by: string;
}

export interface FlowVersion extends Publication {
  flow: string;
  note: string | null;
  document: unknown;
}

interface VersionRow extends TenantRow, Omit<FlowVersion, 'document'> {
  document: string;
}

interface NewVersion extends Omit<FlowVersion, 'version' | 'hash'> {
  organization: string;
}

const MAX_TRIES = 10; // each means that somebody else published in between

/** Published documents: written once, never changed. */
export function createVersionStore(connection: Connection) {
  const versions = tenantModel<VersionRow>(connection, 'flow_versions', {
    organization: String,
    flow: { type: String, required: true },
    version: { type: Number, required: true },
    hash: { type: String, required: true },
    document: { type: String, required: true },
    note: { type: String, default: null },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  });

  return {
    /** The version of this document: the latest if it is the same, else the next one. */
    async freeze({ organization, flow, document, ...rest }: NewVersion): Promise<Publication> {
      const hash = `sha256:${createHash('sha256').update(canonicalJson(document)).digest('hex')}`;
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        const latest = await versions
          .findOne({ organization, flow }, { document: 0 })
          .sort({ version: -1 })
          .lean<VersionRow>();
        if (latest?.hash === hash) return publicationOf(latest);
        const version = (latest?.version ?? 0) + 1;
        const row = { _id: `${flow}.${version}`, organization, flow, version, hash, ...rest };
        try {
          await versions.create({ ...row, document: JSON.stringify(document) });
          return publicationOf(row);
        } catch (error) {
          if (!isDuplicate(error)) throw error;
        }
      }
      throw new Error(`could not find a free version number for ${flow}`);
    },

    async find(organization: string, flow: string, version: number): Promise<FlowVersion | null> {
      const row = await versions.findOne({ organization, flow, version }).lean<VersionRow>();
      return row && versionOf(row);
    },

    /** Newest first, without the documents. */
    async list(organization: string, flow: string, page: PageRequest): Promise<Page<Omit<FlowVersion, 'document'>>> {
      return readPage(versions, { organization, flow }, page, {
        search: ['note'],
        without: ['document'],
      });
    },

    /** Documents by `flow.version`. */
    async documents(organization: string, wanted: { flow: string; version: number }[]): Promise<Map<string, unknown>> {
      const ids = wanted.map(({ flow, version }) => `${flow}.${version}`);
      const rows = await versions.find({ organization, _id: { $in: ids } }).lean<VersionRow[]>();
      return new Map(rows.map((row) => [row._id, JSON.parse(row.document)]));
    },
  };
}

const publicationOf = ({ version, hash, at, by }: Publication): Publication => ({ version, hash, at, by });

const versionOf = ({ flow, version, hash, at, by, note, document }: VersionRow): FlowVersion => ({
  flow,
  version,
  hash,
  at,
  by,
  note,
  document: JSON.parse(document),
});
