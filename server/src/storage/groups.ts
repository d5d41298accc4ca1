import { fold } from '@parley/runtime';
import type { Connection } from 'mongoose';
import { derivedId } from './ids.ts';
import { type Index, isDuplicate } from './indexes.ts';
import { type TenantRow, tenantModel } from './tenancy.ts';

export interface Group {
  id: string;
  name: string;
}

interface GroupRow extends TenantRow {
  name: string;
  /** The name without case and accents: "VIP" and "vip" are one group. */
  key: string;
  createdAt: Date;
}

export const groupIndexes: Index[] = [
  { collection: 'groups', keys: { organization: 1, key: 1 }, options: { unique: true } },
];

const keyOf = (name: string): string => fold(name.trim());

export type GroupStore = ReturnType<typeof createGroupStore>;

/** Groups of contacts. Contacts hold their groups' ids, so that a group may be renamed. */
export function createGroupStore(connection: Connection, now: () => Date) {
  const groups = tenantModel<GroupRow>(connection, 'groups', {
    organization: String,
    name: { type: String, required: true },
    key: { type: String, required: true },
    createdAt: { type: Date, required: true },
  });

  async function byName(organization: string, names: readonly string[]): Promise<Group[]> {
    const keys = [...new Set(names.map(keyOf))].filter((key) => key !== '');
    if (keys.length === 0) return [];
    return (await groups.find({ organization, key: { $in: keys } }).lean<GroupRow[]>()).map(groupOf);
  }

  return {
    byName,

    /** Groups of these names; one that is not there is made, by whoever comes first. */
    async named(organization: string, names: readonly string[]): Promise<Group[]> {
      const there = new Set((await byName(organization, names)).map(({ name }) => keyOf(name)));
      for (const name of names) {
        const key = keyOf(name);
        if (key === '' || there.has(key)) continue;
        there.add(key);
        const _id = derivedId('grp', `${organization}\n${key}`);
        try {
          await groups.create({ _id, organization, name: name.trim(), key, createdAt: now() });
        } catch (error) {
          if (!isDuplicate(error)) throw error;
        }
      }
      return byName(organization, names);
    },

    async withIds(organization: string, ids: readonly string[]): Promise<Group[]> {
      if (ids.length === 0) return [];
      return (await groups.find({ organization, _id: { $in: [...ids] } }).lean<GroupRow[]>()).map(groupOf);
    },
  };
}

const groupOf = ({ _id, name }: GroupRow): Group => ({ id: _id, name });
