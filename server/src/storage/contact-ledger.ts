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
  /** Called before their present number is taken from a contact, for it is somebody else's; with the id that they keep. */
  leaving?: (contact: string, bsuid: string) => Promise<void>;
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
      const rows = await ownersOf(await holders(organization, identities), identities, told);
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
      told: Required<Pick<Told, 'moving' | 'leaving'>>,
    ): Promise<boolean> {
      const rows = await holders(organization, identities);
      const known = best(rows, identities);
      if (!known || isStranger(known, identities)) return false;
      await learn(known, await ownersOf(rows, identities, told), identities, told);
      return true;
    },

    /** A person goes by other names from now on; the former ones find them still. Safe to repeat. */
    async rename(
      organization: string,
      previous: Identity[],
      current: Identity[],
      moving: (contact: string) => Promise<void>,
    ): Promise<Renamed> {
      const rows = await holders(organization, previous);
      const row = best(rows, previous);
      if (!row) return { kind: 'unknown' };
      if (isPast(row, previous, current)) return { kind: 'moved', contact: row._id };
      // Found by a number that they have left: it is somebody else who moves on from it
      if (hasLeft(row, previous)) return { kind: 'unknown' };
      const others = (await holders(organization, current)).filter(({ _id }) => _id !== row._id);
      const other = others.find((one) => !hasLeft(one, current));
      if (other) return { kind: 'taken', by: other._id };
      for (const one of others) await giveUp(one, current);
      await moving(row._id);
      const filter = { organization, _id: row._id };
      // What they wrote under a former id may come late
      const held = rows.flatMap(({ keys }) => keys);
      const names = [...previous.filter((identity) => !held.includes(keyOf(identity))), ...current];
      const values = current.map(({ value }) => value);
      // The newest stands last, also where it is one that the person had before
      await contacts.updateOne(filter, {
        $pull: { identities: { value: { $in: values } } },
      } as UpdateQuery<ContactRow>);
      try {
        await contacts.updateOne(filter, {
          $addToSet: { keys: { $each: names.map(keyOf) }, identities: { $each: names } },
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

  /** Those whom the names belong to. A number is taken from who has it no more. */
  async function ownersOf(rows: ContactRow[], identities: Identity[], { leaving }: Told): Promise<ContactRow[]> {
    for (const row of rows.filter((one) => isStranger(one, identities))) {
      const bsuid = row.identities.findLast(({ kind }) => kind === 'bsuid')?.value;
      if (bsuid !== undefined && !hasLeft(row, identities)) await leaving?.(row._id, bsuid);
      await giveUp(row, identities);
    }
    return rows.filter((one) => !isStranger(one, identities));
  }

  /** The number is somebody else's by now: it finds this contact no more. */
  async function giveUp({ organization, _id, phone }: ContactRow, identities: readonly Identity[]): Promise<void> {
    const numbers = identities.filter(({ kind }) => kind === 'wa_id');
    await contacts.updateOne({ organization, _id }, {
      $pull: { keys: { $in: numbers.map(keyOf) }, identities: { value: { $in: numbers.map(({ value }) => value) } } },
      $set: { updatedAt: now(), ...(phone !== null && phone === phoneOf(numbers) && { phone: null }) },
    } as UpdateQuery<ContactRow>);
  }

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

const isByNumberOnly = ({ keys }: ContactRow, told: readonly Identity[]): boolean =>
  !told.some((name) => name.kind !== 'wa_id' && keys.includes(keyOf(name)));

/** Of these names the contact has the number only, and has changed it for another one: its carrier may have given it away. */
function hasLeft(row: ContactRow, told: readonly Identity[]): boolean {
  const number = told.find(({ kind }) => kind === 'wa_id');
  const newest = row.identities.findLast(({ kind }) => kind === 'wa_id');
  return isByNumberOnly(row, told) && number !== undefined && newest !== undefined && newest.value !== number.value;
}

/** Of these names the contact has the number only, and goes by another id with the same account of the provider. */
function hasAnotherId(row: ContactRow, told: readonly Identity[]): boolean {
  const scope = told.find(({ kind }) => kind === 'bsuid')?.scope;
  const rivals = row.identities.filter((one) => one.kind === 'bsuid' && one.scope === scope);
  return isByNumberOnly(row, told) && scope !== undefined && rivals.length > 0;
}

/** Who comes with an id of their own is somebody else for sure. Answers to either of the two would go to the other. */
const isStranger = (row: ContactRow, told: readonly Identity[]): boolean =>
  told.some(({ kind }) => kind === 'bsuid') && (hasLeft(row, told) || hasAnotherId(row, told));

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
