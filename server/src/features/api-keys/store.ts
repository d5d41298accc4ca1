import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { ApiKey } from '../../plugins/auth.ts';
import type { Scope } from '../../plugins/permissions.ts';
import type { Index } from '../../storage/indexes.ts';
import { type Page, type PageRequest, readPage } from '../../storage/page.ts';
import { hashToken } from '../../storage/sessions.ts';
import { acrossOrganizations, plain, type TenantRow, tenantModel } from '../../storage/tenancy.ts';

interface ApiKeyRow extends TenantRow {
  name: string;
  scopes: Scope[];
  /** What people recognise it by. */
  prefix: string;
  hash: string;
  expiresAt: Date | null;
  createdBy: string;
  createdAt: Date;
}

export type StoredApiKey = Omit<ApiKeyRow, '_id'> & { id: string };

export const apiKeyIndexes: Index[] = [
  { collection: 'api_keys', keys: { hash: 1 }, options: { unique: true } },
  { collection: 'api_keys', keys: { organization: 1, createdAt: -1, _id: -1 } },
];

const SHOWN = 4; // characters of the key that its prefix shows

export type ApiKeyStore = ReturnType<typeof createApiKeyStore>;

/** Keys for programs. Only the hash is kept: whoever loses a key makes another. */
export function createApiKeyStore(connection: Connection, newId: (prefix: string) => string, now: () => Date) {
  const keys = tenantModel<ApiKeyRow>(connection, 'api_keys', {
    organization: String,
    name: { type: String, required: true },
    scopes: { type: [String], required: true },
    prefix: { type: String, required: true },
    hash: { type: String, required: true },
    expiresAt: { type: Date, default: null },
    createdBy: { type: String, required: true },
    createdAt: { type: Date, required: true },
  });

  return {
    async create(
      organization: string,
      wanted: { name: string; scopes: Scope[]; expiresAt: Date | null; createdBy: string },
    ): Promise<{ stored: StoredApiKey; key: string }> {
      const secret = randomBytes(32).toString('base64url');
      const key = `parley_${secret}`;
      const prefix = `parley_${secret.slice(0, SHOWN)}`;
      const row = { _id: newId('key'), organization, ...wanted, prefix, hash: hashToken(key), createdAt: now() };
      await keys.create(row);
      return { stored: plain(row), key };
    },

    async list(organization: string, page: PageRequest): Promise<Page<StoredApiKey>> {
      const found = await readPage(keys, { organization }, page, { search: ['name'] });
      return { ...found, items: found.items.map(plain) };
    },

    async find(organization: string, id: string): Promise<StoredApiKey | null> {
      const row = await keys.findOne({ organization, _id: id }).lean();
      return row && plain(row);
    },

    async namesOf(organization: string, ids: readonly string[]): Promise<Map<string, string>> {
      const rows = await keys.find({ organization, _id: { $in: [...ids] } }, { name: 1 }).lean();
      return new Map(rows.map(({ _id, name }) => [_id, name]));
    },

    async remove(organization: string, id: string): Promise<boolean> {
      const { deletedCount } = await keys.deleteOne({ organization, _id: id });
      return deletedCount === 1;
    },

    /** Whom a key belongs to; null when it is unknown or its time is over. */
    async findByKey(key: string): Promise<ApiKey | null> {
      const row = await acrossOrganizations(keys.findOne({ hash: hashToken(key) })).lean();
      if (!row || (row.expiresAt && row.expiresAt <= now())) return null;
      return { id: row._id, organization: row.organization, name: row.name, scopes: row.scopes };
    },
  };
}
