/** A whole number of 16 digits or more, where JSON has a value: only such a body pays for the slower reading. */
const LONG_NUMBER = /[:[,]\s*-?\d{16,}/;

/**
 * Reads the JSON of a webhook, undefined where it is none. Numbers that a double cannot hold come as their digits: Meta
 * writes ids of templates as bare numbers, and they may exceed 2^53.
 */
export function parseJson(text: string): unknown {
  const bare = text.replace(/^\uFEFF/, '');
  try {
    return LONG_NUMBER.test(bare) ? JSON.parse(bare, keepDigits) : JSON.parse(bare);
  } catch (error) {
    // Nested deeper than the slower reading reaches: read without it. What is no JSON at all fails here again
    return error instanceof RangeError ? plain(bare) : undefined;
  }
}

/** Optional only for TypeScript, whose `JSON.parse` does not know the third argument yet. */
interface Written {
  source?: string;
}

const keepDigits = (_key: string, value: unknown, { source = '' }: Written = {}): unknown =>
  typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source) ? source : value;

function plain(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
