import type { ContactFacts, JsonObject } from '@parley/runtime';
import { z } from 'zod';

/** A made-up person who may try a bot. */
export interface MadeUpContact {
  id: string;
  name: string;
  phone: string;
  /** Empty: the flow's own. */
  language: string;
  tags: string[];
  attributes: JsonObject;
}

const Contacts = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    phone: z.string(),
    language: z.string(),
    tags: z.array(z.string()),
    attributes: z.record(z.string(), z.json()),
  }),
);

type Texts = Pick<Storage, 'getItem' | 'setItem'>;
const KEY = 'parley.simulator.contacts';

/** Numbers that are kept free for drama and tests. */
export const FIRST_CONTACTS: readonly MadeUpContact[] = [
  { id: 'ana', name: 'Ana Silva', phone: '+447700900001', language: '', tags: [], attributes: {} },
  { id: 'zoe', name: 'Zoë Ünal', phone: '+447700900002', language: 'en', tags: ['vip'], attributes: { city: 'Leeds' } },
  { id: 'layla', name: 'ليلى حداد', phone: '+447700900003', language: 'ar', tags: [], attributes: {} },
];

export function readContacts(texts: Texts): MadeUpContact[] {
  try {
    const read = Contacts.safeParse(JSON.parse(texts.getItem(KEY) ?? 'null'));
    if (read.success && read.data.length > 0) return read.data;
  } catch {
    // Not ours, or broken: begin anew
  }
  return [...FIRST_CONTACTS];
}

export function keepContacts(texts: Texts, contacts: readonly MadeUpContact[]): void {
  try {
    texts.setItem(KEY, JSON.stringify(contacts));
  } catch {
    // No room in this browser: they last as long as the page
  }
}

/** As a flow sees the person. */
export const factsOf = ({ id, name, phone, language, tags, attributes }: MadeUpContact): Partial<ContactFacts> => ({
  id: `con_${id}`, // each is a person of their own, also for lots that last
  name,
  phone,
  language: language || null,
  tags,
  attributes,
});
