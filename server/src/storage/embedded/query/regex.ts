import { RE2JS } from 're2js';
import { badValue, Refusal } from '../errors.ts';

const MAX_PATTERN = 32_764; // characters: MongoDB's limit
const MAX_STEPS = 5_000_000; // of one match, program size times text: about a third of a second
// Without these a pattern cannot backtrack, and the engine of JavaScript is as safe as it is fast.
const MAY_BACKTRACK = /[*+?{(|]/;

const refused = (why: string) => new Refusal(51091, `Regular expression is invalid: ${why}`);

/**
 * A test for one pattern. RE2 takes time in proportion to the text, whatever the pattern; what it cannot do (looking
 * around, back references, possessive and conditional groups) is refused.
 */
export function compileRegex(given: string, flags: string): (text: string) => boolean {
  for (const flag of flags) {
    if (!'imsux'.includes(flag)) throw new Refusal(51108, `invalid flag in regex options: ${flag}`);
  }
  if (given.length > MAX_PATTERN) throw refused('pattern is too long');
  if (given.includes('\0')) throw badValue('Regular expression cannot contain an embedded null byte');
  const source = flags.includes('x') ? withoutSpace(given) : given;
  try {
    return (MAY_BACKTRACK.test(source) ? null : native(source, flags)) ?? linear(source, flags);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw refused(error instanceof Error ? error.message : String(error));
  }
}

/** The flag x: blanks and comments outside of brackets say nothing. */
function withoutSpace(source: string): string {
  let made = '';
  let inClass = false;
  for (let at = 0; at < source.length; at++) {
    const char = source.charAt(at);
    if (char === '\\') made += char + source.charAt(++at);
    else if (inClass || !/[\s#]/.test(char)) made += char;
    else if (char === '#') while (at + 1 < source.length && source.charAt(at) !== '\n') at++;
    if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
  }
  return made;
}

function linear(source: string, flags: string): (text: string) => boolean {
  let options = 0;
  if (flags.includes('i')) options |= RE2JS.CASE_INSENSITIVE;
  if (flags.includes('m')) options |= RE2JS.MULTILINE;
  if (flags.includes('s')) options |= RE2JS.DOTALL;
  const pattern = RE2JS.compile(readable(source), options);
  const size = pattern.programSize();
  return (text) => {
    if (text.length * size > MAX_STEPS) {
      throw refused(`a text of ${text.length} characters is too long for a pattern of this size`);
    }
    return pattern.matcher(text).find();
  };
}

/** What PCRE writes in its own way: the start verb for UTF, and the end of the text before a last line break. */
const readable = (source: string): string =>
  source.replace(/^\(\*UTF8?\)/, '').replace(/(?<!\\)((?:\\\\)*)\\Z/g, '$1(?:\\n?\\z)');

/** Null for what JavaScript does not read and RE2 may, such as an escaped hyphen. */
function native(source: string, flags: string): ((text: string) => boolean) | null {
  const unique = [...new Set(flags)].filter((flag) => flag !== 'u' && flag !== 'x').join('');
  try {
    const regex = new RegExp(source, `${unique}u`);
    return (text) => regex.test(text);
  } catch {
    return null;
  }
}

/** The literal text every match of an anchored pattern begins with, or null. It bounds an index scan. */
export function literalPrefix(source: string, flags: string): string | null {
  if (flags !== '' || !source.startsWith('^') || source.includes('|')) return null;
  const text = /^\^([^\\^$.*+?()[\]{}|]*)/.exec(source)?.[1] ?? '';
  // A quantifier after the last character makes that character optional.
  const next = source.charAt(text.length + 1);
  const sure = next !== '' && '*?{'.includes(next) ? [...text].slice(0, -1).join('') : text;
  return sure === '' ? null : sure;
}
