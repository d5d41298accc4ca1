import { type ContactFacts, type ContactFields, type JsonObject, namesOf } from '@parley/runtime';
import type { Connection, UpdateQuery } from 'mongoose';
import type { Contact, ContactRow } from './contact.ts';
import { createLedger } from './contact-ledger.ts';
import { createGroupStore, type Group } from './groups.ts';
import type { Index } from './indexes.ts';
import { containing } from './page.ts';
import { tenantModel } from './tenancy.ts';

export type { Consent, Contact, Identity } from './contact.ts';

export const contactIndexes: Index[] = [
  { collection: 'contacts', keys: { organization: 1, keys: 1 }, options: { unique: true } },
  { collection: 'contacts', keys: { organization: 1, createdAt: -1 } },
  // An audience is picked out of everybody, walked by id: each contact is looked at once
  { collection: 'contacts', keys: { organization: 1, _id: 1 } },
];

/** A contact's conversations perform side by side, each some tens of deeds at a time. */
const KEPT_DEEDS = 200;
const MAX_ATTRIBUTES = 256_000; // bytes of JSON, as much as a session may remember
const CLOCKS_DIFFER = 60_000; // ms between ours and WhatsApp's
const MAX_LIST = 500; // tags, groups and attributes of one contact: the document is read for every message

export type ContactStore = ReturnType<typeof createContactStore>;

/** People, and the ledger of the names under which the providers know them. */
export function createContactStore(connection: Connection, newId: (prefix: string) => string, now: () => Date) {
  const contacts = tenantModel<ContactRow>(connection, 'contacts', {
    organization: String,
    name: { type: String, default: null },
    username: { type: String, default: null },
    phone: { type: String, default: null },
    email: { type: String, default: null },
    language: { type: String, default: null },
    identities: { type: [Object], required: true },
    keys: { type: [String], required: true },
    tags: { type: [String], default: [] },
    groups: { type: [String], default: [] },
    deeds: { type: [String], default: [] },
    attributes: { type: Object, default: {} },
    consent: { type: Object, required: true },
    whatsappBlocked: { type: Boolean, default: false },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  });

  const groups = createGroupStore(connection, now);

  const byKeys = (organization: string, keys: string[]) =>
    contacts
      .find({ organization, keys: { $in: keys } })
      .sort({ createdAt: 1 })
      .limit(1)
      .lean<ContactRow[]>();

  const store = {
    ...createLedger(contacts, newId, now),

    async find(organization: string, id: string): Promise<Contact | null> {
      const row = await contacts.findOne({ organization, _id: id }).lean<ContactRow>();
      return row && contactOf(row, await groups.withIds(organization, row.groups ?? []));
    },

    async byPhone(organization: string, phone: string): Promise<Contact | null> {
      const [row] = await byKeys(organization, [`wa_id:${phone.replace(/^\+/, '')}`]);
      return row ? contactOf(row, await groups.withIds(organization, row.groups ?? [])) : null;
    },

    /** Ids of contacts whose name or number holds this text, the youngest first; at most `limit`. */
    async named(organization: string, text: string, limit: number): Promise<string[]> {
      const digits = text.replace(/[\s()+-]/g, '');
      const number = /^\d+$/.test(digits) ? [{ phone: containing(digits) }] : [];
      const rows = await contacts
        .find({ organization, $or: [{ name: containing(text) }, ...number] } as never, { _id: 1 })
        .sort({ createdAt: -1 })
        .limit(limit)
        .lean<ContactRow[]>();
      return rows.map(({ _id }) => _id);
    },

    async many(organization: string, ids: string[]): Promise<Map<string, Contact>> {
      const rows = await contacts.find({ organization, _id: { $in: ids } }).lean<ContactRow[]>();
      const known = await groups.withIds(organization, [...new Set(rows.flatMap((row) => row.groups ?? []))]);
      return new Map(rows.map((row) => [row._id, contactOf(row, known)]));
    },

    /** Fields and attributes that a flow writes. In words why not, or null. */
    async update(
      organization: string,
      id: string,
      deed: string,
      change: { fields: ContactFields; attributes: JsonObject },
    ): Promise<string | null> {
      const { fields, attributes } = change;
      const odd = Object.keys(attributes).find((name) => !PLAIN_NAME.test(name)) ?? oddKeyIn(attributes);
      if (odd !== undefined) return `The attribute name "${odd}" cannot be kept. Use letters, digits, "_" and "-".`;
      const row = await contacts.findOne({ organization, _id: id }, { attributes: 1 }).lean<ContactRow>();
      const all = { ...row?.attributes, ...attributes };
      if (Object.keys(all).length > MAX_LIST) return `A contact has at most ${MAX_LIST} attributes.`;
      const bytes = Buffer.byteLength(JSON.stringify(all));
      if (bytes > MAX_ATTRIBUTES)
        return `The contact's attributes would have ${bytes} bytes; at most ${MAX_ATTRIBUTES} are kept. Keep less in them.`;
      const set = Object.entries(attributes).map(([name, value]) => [`attributes.${name}`, value]);
      await once(organization, id, deed, [{ $set: { ...fields, ...Object.fromEntries(set), updatedAt: now() } }]);
      return null;
    },

    /** Tags by name. What is both added and removed is removed. */
    tag: (organization: string, id: string, deed: string, change: ListChange): Promise<string | null> =>
      changeMembers(organization, id, deed, 'tags', change),

    /** Groups by name; one that is not there is made. */
    async regroup(organization: string, id: string, deed: string, change: ListChange): Promise<string | null> {
      const added = await groups.named(organization, change.add);
      const removed = await groups.byName(organization, change.remove);
      const ids = { add: added.map((group) => group.id), remove: removed.map((group) => group.id) };
      return changeMembers(organization, id, deed, 'groups', ids);
    },

    /** What is left out stays as it is. */
    async recordConsent(
      organization: string,
      id: string,
      deed: string,
      { source, ...given }: { service?: boolean; marketing?: boolean; source: string },
    ): Promise<void> {
      const set = Object.entries(given).flatMap(([name, value]) =>
        value === undefined ? [] : [[`consent.${name}`, value]],
      );
      const stamp = { 'consent.source': source, 'consent.at': now(), updatedAt: now() };
      await once(organization, id, deed, [{ $set: { ...Object.fromEntries(set), ...stamp } }]);
    },

    /**
     * What the person set in WhatsApp about marketing messages, at `told` by WhatsApp's clock. It may come late: what was
     * agreed to or withdrawn since then stands.
     */
    async recordPreference(
      organization: string,
      id: string,
      deed: string,
      { marketing, told }: { marketing: boolean; told: Date },
    ): Promise<void> {
      const ours = new Date(told.getTime() + CLOCKS_DIFFER);
      const isLast = [
        { 'consent.source': 'whatsapp', 'consent.at': { $lte: told } },
        { 'consent.source': { $ne: 'whatsapp' }, 'consent.at': { $lte: ours } },
        { $expr: { $eq: ['$consent.at', '$createdAt'] } }, // nobody has asked yet
      ];
      const consent = { 'consent.marketing': marketing, 'consent.source': 'whatsapp', 'consent.at': told };
      const change = { $set: { ...consent, updatedAt: now() }, ...noteOf(deed) };
      await contacts.updateOne({ organization, _id: id, deeds: { $ne: deed }, $or: isLast }, change);
    },

    /** One page of those who have one of the tags, or belong to one of the groups (ids), walked by id. */
    async audience(
      organization: string,
      { tags, groups }: { tags: string[]; groups: string[] },
      after: string | null,
      limit: number,
    ): Promise<Contact[]> {
      const rows = await contacts
        .find({
          organization,
          $or: [{ tags: { $in: tags } }, { groups: { $in: groups } }],
          ...(after !== null && { _id: { $gt: after } }),
        })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<ContactRow[]>();
      return rows.map((row) => contactOf(row, []));
    },

    groupsNamed: (organization: string, names: readonly string[]): Promise<Group[]> =>
      groups.byName(organization, names),

    /** They do not take messages from us, until they write again. */
    block: (organization: string, id: string, deed: string): Promise<void> =>
      once(organization, id, deed, [{ $set: { whatsappBlocked: true, updatedAt: now() } }]),
  };
  return store;

  /** Each update in order, unless the deed was done before; the last of them notes that it is. */
  async function once(organization: string, id: string, deed: string, updates: UpdateQuery<ContactRow>[]) {
    const note = noteOf(deed);
    for (const [index, update] of updates.entries()) {
      const change = index === updates.length - 1 ? { ...update, ...note } : update;
      await contacts.updateOne({ organization, _id: id, deeds: { $ne: deed } }, change);
    }
  }

  /** In two writes, for one cannot add to a list and take from it. A crash between them repeats the first: no harm. */
  async function changeMembers(
    organization: string,
    id: string,
    deed: string,
    list: 'tags' | 'groups',
    { add, remove }: ListChange,
  ): Promise<string | null> {
    const added = add.filter((one) => one !== '' && !remove.includes(one));
    const row = await contacts.findOne({ organization, _id: id }, { [list]: 1 }).lean<ContactRow>();
    if (new Set([...(row?.[list] ?? []), ...added]).size > MAX_LIST)
      return `A contact has at most ${MAX_LIST} ${list}.`;
    await once(organization, id, deed, [
      { $addToSet: { [list]: { $each: added } }, $set: { updatedAt: now() } } as UpdateQuery<ContactRow>,
      { $pull: { [list]: { $in: remove } } } as UpdateQuery<ContactRow>,
    ]);
    return null;
  }
}

const noteOf = (deed: string) => ({ $push: { deeds: { $each: [deed], $slice: -KEPT_DEEDS } } });

export interface ListChange {
  add: string[];
  remove: string[];
}

const PLAIN_NAME = /^(?!__proto__$)[\p{L}\p{N}_-]{1,100}$/u;

/** A key somewhere inside that the store would read as an operator or a path. */
function oddKeyIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const odd = /^\$|\.|\0|^__proto__$/.test(name) ? name : oddKeyIn(inner);
    if (odd !== undefined) return odd;
  }
  return undefined;
}

const contactOf = ({ _id, keys: _keys, deeds: _deeds, ...row }: ContactRow, known: readonly Group[]): Contact => ({
  ...row,
  username: row.username ?? null,
  whatsappBlocked: row.whatsappBlocked ?? false,
  id: _id,
  groups: known.filter(({ id }) => row.groups?.includes(id)),
});

/** A contact as flows see it. */
export function factsOf(contact: Contact): ContactFacts {
  const { id, name, phone, email, language, tags, groups, attributes, consent } = contact;
  return {
    ...namesOf(name),
    id,
    phone,
    email,
    language,
    tags,
    groups: groups.map((group) => group.name),
    attributes,
    consent: { service: consent.service, marketing: consent.marketing },
  };
}
