import type { ContactFacts } from '../node/context.ts';
import type { Effect } from './effect.ts';

/** The contact as an effect leaves it; the very same object where the effect does not change it. */
export function changeContact(contact: ContactFacts, effect: Effect): ContactFacts {
  switch (effect.type) {
    case 'contact.update': {
      const { name, email, language } = effect.fields;
      return {
        ...contact,
        ...(name !== undefined && namesOf(name)),
        ...(email !== undefined && { email }),
        ...(language !== undefined && { language }),
        attributes: { ...contact.attributes, ...effect.attributes },
      };
    }
    case 'contact.tag':
      return { ...contact, tags: changeList(contact.tags, effect) };
    case 'contact.group':
      return { ...contact, groups: changeList(contact.groups, effect) };
    case 'contact.consent': {
      const { service = false, marketing = false } = contact.consent ?? {};
      return {
        ...contact,
        consent: { service: effect.service ?? service, marketing: effect.marketing ?? marketing },
      };
    }
    default:
      return contact;
  }
}

/** The first word of a name, and the rest: what people are greeted by. */
export function namesOf(name: string | null): Pick<ContactFacts, 'name' | 'firstName' | 'lastName'> {
  const [first = null, ...rest] = name?.trim().split(/\s+/).filter(Boolean) ?? [];
  return { name, firstName: first, lastName: rest.join(' ') || null };
}

/** What is both added and removed is removed. */
export function changeList(list: readonly string[], { add, remove }: { add: string[]; remove: string[] }): string[] {
  const gone = new Set(remove);
  return [...new Set([...list, ...add])].filter((one) => !gone.has(one));
}
