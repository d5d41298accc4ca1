import type { Model, UpdateQuery } from 'mongoose';
import type { ContactRow, Identity } from './contact.ts';
import { isDuplicate } from './indexes.ts';

/** What came with the identities, and what has to happen on account of it. */
export interface Told {
  name?: string | null;
  /** Without the leading `@`; people change it as they like, so that nobody is found by it. */
  username?: string | null;
  /** Who says that there is such a person; kept with the consent of a contact that is made. */
  source?: string;
  /** The person wrote: whoever blocked the business does not. */
  wrote?: boolean;
  /** Called before a number that is new is kept with a contact, for whoever keeps the old one; may come again. */
  moving?: (contact: string) => Promise<void>;
}

/** What became of a person's new number or id. `taken`: another contact has it; the two are a person's to merge. */
export type Renamed = { kind: 'moved'; contact: string } | { kind: 'unknown' } | { kind: 'taken'; by: string };

export const keyOf = ({ kind, value }: Identity): string => `${kind}:${value}`;

/** An id for one person outlives their number, and says more than the one for a whole portfolio. */
const ORDER: readonly Identity['kind'][] = ['group', 'bsuid', 'wa_id', 'parent_bsuid'];

const phoneOf = (identities: readonly Identity[]): string | null => {
  const waId = identities.find(({ kind }) => kind === 'wa_id')?.value;
  return waId !== undefined && /^\d{6,15}$/.test(waId) ? `+${waId}` : null;
};

/** The names under which the providers know people: every one once in the organization, so that one person is one contact. */
export function createLedger(contacts: Model<ContactRow>, newId: (prefix: string) => string, now: () => Date) {
  async function holders(organization: string, identities: readonly Identity[]): Promise<ContactRow[]> {
    const keys = identities.map(keyOf);
    return contacts
      .find({ organization, keys: { $in: keys } })
      .sort({ createdAt: 1 })
      .lean<ContactRow[]>();
  }

  return {
    /** The contact behind these identities, made on the first message. Safe for two webhooks at once. */
    async resolve(organization: string, identities: Identity[], told: Told = {}): Promise<string> {
      const rows = await holders(organization, identities);
      const known = best(rows, identities);
      if (known) {
        await learn(known, rows, identities, told);
        return known._id;
      }
      const row = freshContact(newId('con'), organization, identities, told, now());
      try {
        await contacts.create(row);
        return row._id;
      } catch (error) {
        const other = isDuplicate(error) ? best(await holders(organization, identities), identities) : null;
        if (!other) throw error;
        return other._id;
      }
    },

    /** Identities that name one person, of whom nothing else is told: makes nobody. Whether there is such a contact. */
    async link(
      organization: string,
      identities: Identity[],
      moving: (contact: string) => Promise<void>,
    ): Promise<boolean> {
      const rows = await holders(organization, identities);
      const known = best(rows, identities);
      if (known) await learn(known, rows, identities, { moving });
      return known !== null;
    },

    /** A person goes by other names from now on; the former ones find them still. Safe to repeat. */
    async rename(
      organization: string,
      previous: Identity[],
      current: Identity[],
      moving: (contact: string) => Promise<void>,
    ): Promise<Renamed> {
      const row = best(await holders(organization, previous), previous);
      if (!row) return { kind: 'unknown' };
      if (isPast(row, previous, current)) return { kind: 'moved', contact: row._id };
      const other = (await holders(organization, current)).find(({ _id }) => _id !== row._id);
      if (other) return { kind: 'taken', by: other._id };
      await moving(row._id);
      const filter = { organization, _id: row._id };
      const values = current.map(({ value }) => value);
      // The newest stands last, also where it is one that the person had before
      await contacts.updateOne(filter, {
        $pull: { identities: { value: { $in: values } } },
      } as UpdateQuery<ContactRow>);
      try {
        await contacts.updateOne(filter, {
          $addToSet: { keys: { $each: current.map(keyOf) }, identities: { $each: current } },
          $set: { updatedAt: now(), ...phoneChange(row, current) },
        });
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        const [holder] = await holders(organization, current);
        return { kind: 'taken', by: holder?._id ?? row._id };
      }
      return { kind: 'moved', contact: row._id };
    },
  };

  /**
   * A phone and a business-scoped id that arrive together belong to one person; a name is kept once it is known. What
   * another contact holds already stays there: putting the two together is a person's decision.
   */
  async function learn(row: ContactRow, rows: ContactRow[], identities: Identity[], told: Told): Promise<void> {
    const { name = null, username = null, wrote = false, moving } = told;
    const held = rows.flatMap(({ keys }) => keys);
    const fresh = identities.filter((identity) => !held.includes(keyOf(identity)));
    const news = {
      ...(row.name === null && name !== null && { name }),
      ...(username !== null && row.username !== username && { username }),
      ...(wrote && row.whatsappBlocked && { whatsappBlocked: false }),
      ...phoneChange(row, fresh),
    };
    if (fresh.length + Object.keys(news).length === 0) return;
    if (fresh.some(({ kind }) => kind === 'wa_id')) await moving?.(row._id);
    const change = {
      ...(fresh.length > 0 && { $addToSet: { keys: { $each: fresh.map(keyOf) }, identities: { $each: fresh } } }),
      $set: { updatedAt: now(), ...news },
    };
    try {
      await contacts.updateOne({ organization: row.organization, _id: row._id }, change);
    } catch (error) {
      if (!isDuplicate(error)) throw error; // somebody else got it in this moment
    }
  }
}

function best(rows: readonly ContactRow[], identities: readonly Identity[]): ContactRow | null {
  for (const wanted of ORDER) {
    const keys = identities.filter(({ kind }) => kind === wanted).map(keyOf);
    const found = rows.find((row) => row.keys.some((key) => keys.includes(key)));
    if (found) return found;
  }
  return null;
}

/**
 * Old news: the person had the new name before, and goes by a third one since. Every number of ours is told of a change,
 * each in its own time.
 */
const isPast = (
  { keys, identities }: ContactRow,
  previous: readonly Identity[],
  current: readonly Identity[],
): boolean =>
  current.some((next) => {
    const before = previous.find(({ kind }) => kind === next.kind);
    const newest = identities.findLast(({ kind }) => kind === next.kind);
    if (!before || !newest || !keys.includes(keyOf(next))) return false;
    return newest.value !== next.value && newest.value !== before.value;
  });

/** The new number takes the place of one that came from WhatsApp; what a person typed in stays. */
function phoneChange({ phone, identities }: ContactRow, current: readonly Identity[]) {
  const next = phoneOf(current);
  const replaceable = phone === null || identities.some(({ kind, value }) => kind === 'wa_id' && phone === `+${value}`);
  return next !== null && next !== phone && replaceable ? { phone: next } : {};
}

const freshContact = (
  id: string,
  organization: string,
  identities: Identity[],
  { name = null, username = null, source = 'inbound' }: Told,
  at: Date,
): ContactRow => ({
  _id: id,
  organization,
  name,
  username,
  phone: phoneOf(identities),
  email: null,
  language: null,
  identities,
  keys: identities.map(keyOf),
  tags: [],
  groups: [],
  deeds: [],
  attributes: {},
  // Who writes first may be answered; marketing is asked for by itself (API, section 3.10)
  consent: { service: true, marketing: false, source, at },
  whatsappBlocked: false,
  createdAt: at,
  updatedAt: at,
});
