import { DateTime } from 'luxon';
import { valueToNumber, valueToText } from '../expression/value.ts';
import type { Variable } from '../flow/flow.ts';
import { isObject, type Json } from '../json.ts';

const TRUE = new Set(['true', 'yes', '1']);
const FALSE = new Set(['false', 'no', '0']);

/** The value as the type that its variable was declared with; undefined where it does not read as one. Nothing stays nothing. */
export function typedValue(type: Variable['type'], value: Json): Json | undefined {
  if (type === 'any' || value === null) return value;
  if (value === '' && type !== 'text') return null;
  switch (type) {
    case 'text':
      return isObject(value) ? undefined : valueToText(value);
    case 'number':
      return valueToNumber(value) ?? undefined;
    case 'boolean': {
      const word = valueToText(value).trim().toLowerCase();
      return TRUE.has(word) ? true : FALSE.has(word) ? false : undefined;
    }
    case 'date':
      return typeof value === 'string' && DateTime.fromISO(value.trim(), { zone: 'utc' }).isValid
        ? value.trim()
        : undefined;
    case 'list':
      return Array.isArray(value) ? value : undefined;
    case 'object':
      return isObject(value) ? value : undefined;
  }
}
