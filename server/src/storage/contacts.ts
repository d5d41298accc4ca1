import type { ContactFacts, JsonObject } from '@parley/runtime';
import type { Connection } from 'mongoose';
import type { Index } from './indexes.ts';
import { isDuplicate } from './indexes.ts';
import { type TenantRow, tenantModel } from './tenancy.ts';

export interface Identity {
  kind: 'wa_id' | 'bsuid' | 'group';
  value: string;
}

export interface Contact {
  id: string;
  organization: string;
  name: string | null;
  phone: string | null;
  email: string | null;
  language: string | null;
  identities: Identity[];
  tags: string[];
  attributes: JsonObject;
  consent: { service: boolean; marketing: boolean; source: string; at: Date };
  createdAt: Date;
  updatedAt: Date;
}

interface ContactRow extends TenantRow, Omit<Contact, 'id' | 'organization'> {
  /** `wa_id:4479…`: every identity once, unique in the organization, so that one person is one contact. */
  keys: string[];
}

export const contactIndexes: Index[] = [
  { collection: 'contacts', keys: { organization: 1, keys: 1 }, options: { unique: true } },
  { collection: 'contacts', keys: { organization: 1, createdAt: -1 } },
];

const keyOf = ({ kind, value }: Identity): string => `${kind}:${value}`;

export type ContactStore = ReturnType<typeof createContactStore>;

/** People, and the ledger of the names under which the providers know them. */
export function createContactStore(connection: Connection, newId: (prefix: string) => string, now: () => Date) {
  const contacts = tenantModel<ContactRow>(connection, 'contacts', {
    organization: String,
    name: { type: String, default: null },
    phone: { type: String, default: null },
    email: { type: String, default: null },
    language: { type: String, default: null },
    identities: { type: [Object], required: true },
    keys: { type: [String], required: true },
    tags: { type: [String], default: [] },
    attributes: { type: Object, default: {} },
    consent: { type: Object, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  });

  const byKeys = (organization: string, keys: string[]) =>
    contacts
      .find({ organization, keys: { $in: keys } })
      .sort({ createdAt: 1 })
      .limit(2)
      .lean<ContactRow[]>();

  const store = {
    async find(organization: string, id: string): Promise<Contact | null> {
      const row = await contacts.findOne({ organization, _id: id }).lean<ContactRow>();
      return row && contactOf(row);
    },

    async byPhone(organization: string, phone: string): Promise<Contact | null> {
      const [row] = await byKeys(organization, [`wa_id:${phone.replace(/^\+/, '')}`]);
      return row ? contactOf(row) : null;
    },

    async many(organization: string, ids: string[]): Promise<Map<string, Contact>> {
      const rows = await contacts.find({ organization, _id: { $in: ids } }).lean<ContactRow[]>();
      return new Map(rows.map((row) => [row._id, contactOf(row)]));
    },

    /** STOP withdraws both consents; START gives the one for answers back, marketing is asked for by itself. */
    async setConsent(organization: string, id: string, given: boolean): Promise<void> {
      const consent = { service: given, marketing: false, source: given ? 'start-word' : 'stop-word', at: now() };
      await contacts.updateOne({ organization, _id: id }, { $set: { consent, updatedAt: now() } });
    },

    /** The contact behind these identities, made on the first message. Safe for two webhooks at once. */
    async resolve(organization: string, identities: Identity[], name: string | null): Promise<string> {
      const keys = identities.map(keyOf);
      const [known] = await byKeys(organization, keys);
      if (known) {
        await learn(known, identities, name);
        return known._id;
      }
      const at = now();
      const waId = identities.find(({ kind }) => kind === 'wa_id')?.value;
      const row: ContactRow = {
        _id: newId('con'),
        organization,
        name,
        phone: waId && /^\d{6,15}$/.test(waId) ? `+${waId}` : null,
        email: null,
        language: null,
        identities,
        keys,
        tags: [],
        attributes: {},
        // Who writes first may be answered; marketing is asked for by itself (API, section 3.10)
        consent: { service: true, marketing: false, source: 'inbound', at },
        createdAt: at,
        updatedAt: at,
      };
      try {
        await contacts.create(row);
        return row._id;
      } catch (error) {
        const [other] = isDuplicate(error) ? await byKeys(organization, keys) : [];
        if (!other) throw error;
        return other._id;
      }
    },
  };
  return store;

  /** A phone and a business-scoped id that arrive together belong to one person; a name is kept once it is known. */
  async function learn(row: ContactRow, identities: Identity[], name: string | null): Promise<void> {
    const fresh = identities.filter((identity) => !row.keys.includes(keyOf(identity)));
    const named = row.name === null && name !== null;
    if (fresh.length === 0 && !named) return;
    const change = {
      ...(fresh.length > 0 && { $addToSet: { keys: { $each: fresh.map(keyOf) }, identities: { $each: fresh } } }),
      $set: { updatedAt: now(), ...(named && { name }) },
    };
    try {
      await contacts.updateOne({ organization: row.organization, _id: row._id }, change);
    } catch (error) {
      // Another contact holds that identity already; putting the two together is a person's decision
      if (!isDuplicate(error)) throw error;
    }
  }
}

const contactOf = ({ _id, keys: _keys, ...row }: ContactRow): Contact => ({ id: _id, ...row });

/** A contact as flows see it. */
export function factsOf(contact: Contact): ContactFacts {
  const [first = null, ...rest] = contact.name?.split(/\s+/) ?? [];
  const { id, name, phone, email, language, tags, attributes } = contact;
  return {
    id,
    name,
    firstName: first,
    lastName: rest.join(' ') || null,
    phone,
    email,
    language,
    tags,
    groups: [],
    attributes,
  };
}
