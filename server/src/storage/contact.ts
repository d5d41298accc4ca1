import type { JsonObject } from '@parley/runtime';
import type { Group } from './groups.ts';
import type { TenantRow } from './tenancy.ts';

/** A name under which a provider knows a person. `parent_bsuid` is the one for a whole portfolio of businesses. */
export interface Identity {
  kind: 'bsuid' | 'wa_id' | 'parent_bsuid' | 'group';
  value: string;
  /** Of a business-scoped id: the provider's account that it was told to. A person has one with each. */
  scope?: string;
}

/** What the person agreed to, who says so (`inbound`, a flow's word for it, ...) and since when. */
export interface Consent {
  service: boolean;
  marketing: boolean;
  source: string;
  at: Date;
}

export interface Contact {
  id: string;
  organization: string;
  name: string | null;
  /** In WhatsApp, without the leading `@`. */
  username: string | null;
  phone: string | null;
  email: string | null;
  language: string | null;
  identities: Identity[];
  tags: string[];
  groups: Group[];
  attributes: JsonObject;
  consent: Consent;
  /** The person does not take messages from the business, as the provider tells. */
  whatsappBlocked: boolean;
  createdAt: Date;
  updatedAt: Date;
}

export interface ContactRow extends TenantRow, Omit<Contact, 'id' | 'organization' | 'groups'> {
  /** Ids. */
  groups: string[];
  /** What flows did to the contact lately: a deed that comes again changes nothing. */
  deeds: string[];
  /** `wa_id:4479…`: every identity once, unique in the organization, so that one person is one contact. */
  keys: string[];
}
