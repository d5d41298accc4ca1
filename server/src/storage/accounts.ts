import type { Connection } from 'mongoose';
import type { Role } from '../plugins/permissions.ts';
import { type Index, isDuplicate } from './indexes.ts';
import { acrossOrganizations, instanceModel, plain, type Row, type TenantRow, tenantModel } from './tenancy.ts';

export interface User {
  id: string;
  email: string;
  name: string;
}
export interface Organization {
  id: string;
  name: string;
}
export interface Member {
  user: User;
  organization: Organization;
  role: Role;
}
export interface NewAccount {
  name: string;
  email: string;
  passwordHash: string;
  organization: string;
}

interface UserRow extends Row {
  email: string;
  name: string;
  passwordHash: string;
  createdAt: Date;
}
interface OrganizationRow extends Row {
  name: string;
  createdAt: Date;
}
interface MembershipRow extends TenantRow {
  user: string;
  role: Role;
  createdAt: Date;
}
interface ClaimRow extends Row {
  user: string;
  organization: string;
  /** What the rows are made from; gone once they are there. */
  account: NewAccount | null;
  at: Date;
}

export const accountIndexes: Index[] = [
  { collection: 'users', keys: { email: 1 }, options: { unique: true } },
  { collection: 'memberships', keys: { user: 1, createdAt: 1 } },
  { collection: 'memberships', keys: { organization: 1, user: 1 }, options: { unique: true } },
];

const FIRST = 'first-account';

export type AccountStore = ReturnType<typeof createAccountStore>;

/** People, organizations, and who belongs where. E-mail addresses arrive in lower case. */
export function createAccountStore(connection: Connection, newId: (prefix: string) => string, now: () => Date) {
  const users = instanceModel<UserRow>(connection, 'users', {
    email: { type: String, required: true },
    name: { type: String, required: true },
    passwordHash: { type: String, required: true },
    createdAt: { type: Date, required: true },
  });
  const organizations = instanceModel<OrganizationRow>(connection, 'organizations', {
    name: { type: String, required: true },
    createdAt: { type: Date, required: true },
  });
  const memberships = tenantModel<MembershipRow>(connection, 'memberships', {
    organization: String,
    user: { type: String, required: true },
    role: { type: String, required: true },
    createdAt: { type: Date, required: true },
  });
  const claims = instanceModel<ClaimRow>(connection, 'claims', {
    user: { type: String, required: true },
    organization: { type: String, required: true },
    account: { type: Object, default: null },
    at: { type: Date, required: true },
  });

  async function findUser(filter: { _id: string } | { email: string }) {
    const row = await users.findOne(filter).lean();
    return row ? plain(row) : null;
  }

  /** Makes what the claim promises. Any process may do it, any number of times. */
  async function completeFirstAccount(): Promise<void> {
    const claim = await claims.findById(FIRST).lean();
    if (!claim?.account) return;
    const { account, user, organization, at } = claim;
    const { email, name, passwordHash } = account;
    await once(organizations.create({ _id: organization, name: account.organization, createdAt: at }));
    await once(users.create({ _id: user, email, name, passwordHash, createdAt: at }));
    await once(
      memberships.create({ _id: membershipId(organization, user), organization, user, role: 'admin', createdAt: at }),
    );
    await claims.updateOne({ _id: FIRST }, { $set: { account: null } });
  }

  return {
    /** False until somebody claimed the first account. */
    hasFirstAccount: async () => (await claims.findById(FIRST).lean()) !== null,

    completeFirstAccount,

    /**
     * The first account and its organization, or null when somebody was quicker. One insert of one row decides; the
     * accounts are made from that row, so a crash in between leaves nobody locked out.
     */
    async claimFirstAccount(account: NewAccount): Promise<Member | null> {
      const user = newId('usr');
      const organization = newId('org');
      try {
        await claims.create({ _id: FIRST, user, organization, account, at: now() });
      } catch (error) {
        if (isDuplicate(error)) return null;
        throw error;
      }
      await completeFirstAccount();
      return {
        user: { id: user, email: account.email, name: account.name },
        organization: { id: organization, name: account.organization },
        role: 'admin',
      };
    },

    async addOrganization(name: string): Promise<Organization> {
      const row = { _id: newId('org'), name, createdAt: now() };
      await organizations.create(row);
      return { id: row._id, name };
    },

    async addUser(account: Omit<NewAccount, 'organization'>, organization: string, role: Role): Promise<User> {
      const row = { _id: newId('usr'), ...account, createdAt: now() };
      await users.create(row);
      await this.addMember(organization, row._id, role);
      return { id: row._id, email: row.email, name: row.name };
    },

    async addMember(organization: string, user: string, role: Role): Promise<void> {
      await memberships.create({ _id: membershipId(organization, user), organization, user, role, createdAt: now() });
    },

    async removeMember(organization: string, user: string): Promise<void> {
      await memberships.deleteOne({ organization, user });
    },

    /** For signing in: the one place that sees a password's hash. */
    async credentialsOf(email: string): Promise<{ user: User; passwordHash: string } | null> {
      const found = await findUser({ email });
      return found && { user: userOf(found), passwordHash: found.passwordHash };
    },

    async member(organization: string, user: string): Promise<Member | null> {
      const [membership, account, home] = await Promise.all([
        memberships.findOne({ organization, user }).lean(),
        findUser({ _id: user }),
        organizations.findById(organization).lean(),
      ]);
      if (!membership || !account || !home) return null;
      return { user: userOf(account), organization: { id: home._id, name: home.name }, role: membership.role };
    },

    /** A member by id or e-mail; null where no such user belongs to the organization. */
    async memberNamed(organization: string, who: string): Promise<User | null> {
      const found = await findUser(who.includes('@') ? { email: who.trim().toLowerCase() } : { _id: who.trim() });
      const belongs = found && (await memberships.findOne({ organization, user: found.id }).lean());
      return found && belongs ? userOf(found) : null;
    },

    /** Names by id, also of those who left: for what they did when they belonged to the organization. */
    async namesOf(ids: readonly string[]): Promise<Map<string, string>> {
      const rows = await users.find({ _id: { $in: [...ids] } }, { name: 1, email: 1 }).lean();
      return new Map(rows.map(({ _id, name, email }) => [_id, name || email]));
    },

    /** Ids of its people; of one role, or of all. */
    async memberIds(organization: string, role: Role | null, limit: number): Promise<string[]> {
      const rows = await memberships
        .find({ organization, ...(role && { role }) })
        .sort({ user: 1 })
        .limit(limit)
        .lean();
      return rows.map(({ user }) => user);
    },

    /** Where a person lands after signing in: the organization that they joined first. */
    async firstOrganizationOf(user: string): Promise<string | null> {
      const row = await acrossOrganizations(memberships.findOne({ user }).sort({ createdAt: 1 })).lean();
      return row?.organization ?? null;
    },

    async organization(id: string): Promise<Organization | null> {
      const row = await organizations.findById(id).lean();
      return row ? { id: row._id, name: row.name } : null;
    },
  };
}

const membershipId = (organization: string, user: string) => `${organization}.${user}`;

const userOf = ({ id, email, name }: User): User => ({ id, email, name });

async function once(creation: Promise<unknown>): Promise<void> {
  try {
    await creation;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}
