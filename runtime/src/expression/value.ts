const MAX_DEPTH = 64; // lists in lists; a session remembers no deeper ones

/** How a value reads in a text: nothing for null, `a, b` for a list, nothing for an object (it has no words). */
export const valueToText = (value: unknown): string => (typeof value === 'string' ? value : textOf(value, MAX_DEPTH));

function textOf(value: unknown, depth: number): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && depth > 0) return value.map((item) => textOf(item, depth - 1)).join(', ');
  return '';
}

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

/** The number that a value reads as, or null: `"12"` does, `""` and `"12 kg"` do not. */
export function valueToNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : null; // -0 does not survive JSON
  if (typeof value !== 'string' || value.length > 40) return null;
  const text = value.trim();
  if (!NUMBER.test(text)) return null;
  const number = Number(text);
  return Number.isFinite(number) ? number + 0 : null;
}

/** Handlebars' rule: `false`, `0`, `''`, null, nothing and an empty list are false. */
export const isTruthy = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value));
