import type { Contact } from '../storage/contacts.ts';

export type Tester = Pick<Contact, 'id' | 'phone' | 'identities'>;

/**
 * Whether this person is named among testers: by the contact's id, or by the number that WhatsApp itself vouches for.
 * The phone in a contact's card counts only where no provider has told one, for a card is filled in by anybody.
 */
export function isTester({ id, phone, identities }: Tester, testers: readonly string[]): boolean {
  const told = identities.flatMap(({ kind, value }) => (kind === 'wa_id' ? value : []));
  const numbers = new Set((told.length > 0 ? told : phone === null ? [] : [phone]).map(plainNumber));
  return testers.some((tester) => tester === id || (!tester.startsWith('con_') && numbers.has(plainNumber(tester))));
}

/**
 * Digits only, without the mobile sign that a number is dialled with and WhatsApp leaves out: the 9 after a Brazilian
 * area, the 1 after Mexico's code, the 9 after Argentina's.
 */
export function plainNumber(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  return digits
    .replace(/^(55\d{2})9([6-9]\d{7})$/, '$1$2')
    .replace(/^521(\d{10})$/, '52$1')
    .replace(/^549(\d{10})$/, '54$1');
}
