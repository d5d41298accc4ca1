import { type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js';
import { helperGroup } from '../helper.ts';
import { plainBlanks } from '../locale.ts';
import { valueToText } from '../value.ts';

const MAX_PHONE = 64; // characters of a number as people write it
const FORMATS: Record<string, (phone: PhoneNumber) => string> = Object.assign(Object.create(null), {
  international: (phone: PhoneNumber) => phone.formatInternational(),
  national: (phone: PhoneNumber) => phone.formatNational(),
  e164: (phone: PhoneNumber) => phone.number,
  // As wa.me and Meta's API write it.
  digits: (phone: PhoneNumber) => phone.number.slice(1),
});

/** A valid number, with its + or in the form of a country (ISO 3166, two letters); else null. */
function phoneOf(value: unknown, country: unknown): PhoneNumber | null {
  const text = valueToText(value).trim();
  const home = valueToText(country).trim().toUpperCase();
  if (text.length > MAX_PHONE || !/^([A-Z]{2})?$/.test(home)) return null;
  const phone = parsePhoneNumberFromString(text, home === '' ? {} : { defaultCountry: home as never });
  return phone?.isValid() ? phone : null;
}

const scope = { contact: { phone: '+351912345678' } };

export const phoneHelpers = helperGroup('phones', {
  formatPhone: {
    takes: 'phone: text, format?: text, country?: text',
    gives: 'text',
    does: `The number as people write it: ${Object.keys(FORMATS).join(', ')}. Without a + it is read as of the country.`,
    example: ['{{formatPhone contact.phone "national"}}', '912 345 678', scope],
    run: ([value, format, country]) => {
      const written = FORMATS[format === undefined ? 'international' : valueToText(format).toLowerCase()];
      const phone = written ? phoneOf(value, country) : null;
      return phone && written ? plainBlanks(written(phone)) : null;
    },
  },
  phoneCountry: {
    takes: 'phone: text, country?: text',
    gives: 'text',
    does: 'The country of a number, in two letters.',
    example: ['{{phoneCountry contact.phone}}', 'PT', scope],
    run: ([value, country]) => phoneOf(value, country)?.country ?? null,
  },
  isPhone: {
    takes: 'phone: text, country?: text',
    gives: 'yes or no',
    does: 'Whether a number can be called.',
    example: ['{{isPhone "912 345 678" "PT"}}', true],
    run: ([value, country]) => phoneOf(value, country) !== null,
  },
});
