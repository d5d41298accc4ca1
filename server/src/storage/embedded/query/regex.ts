import { RE2JS } from 're2js';
import { Refusal } from '../errors.ts';

const MAX_PATTERN = 512; // characters; the pattern runs inside the one thread that serves everybody
const MAX_SUBJECT = 1_000_000; // characters of a text that a pattern with repetitions is tried on: about a second
// Without these a pattern cannot backtrack, and the engine of JavaScript is as safe as it is fast.
const MAY_BACKTRACK = /[*+?{(|]/;

const refused = (why: string) => new Refusal(51091, `Regular expression is invalid: ${why}`);

/**
 * A test for one pattern. RE2 takes time in proportion to the text, whatever the pattern; what it cannot do (looking
 * around, back references) is refused, and so is the flag x.
 */
export function compileRegex(source: string, flags: string): (text: string) => boolean {
  for (const flag of flags) {
    if (flag === 'x') throw refused('the flag x is not supported');
    if (!'imsu'.includes(flag)) throw new Refusal(51108, `invalid flag in regex options: ${flag}`);
  }
  if (source.length > MAX_PATTERN) throw refused('pattern is too long');
  try {
    return (MAY_BACKTRACK.test(source) ? null : native(source, flags)) ?? linear(source, flags);
  } catch (error) {
    throw refused(error instanceof Error ? error.message : String(error));
  }
}

function linear(source: string, flags: string): (text: string) => boolean {
  let options = 0;
  if (flags.includes('i')) options |= RE2JS.CASE_INSENSITIVE;
  if (flags.includes('m')) options |= RE2JS.MULTILINE;
  if (flags.includes('s')) options |= RE2JS.DOTALL;
  const pattern = RE2JS.compile(source, options);
  return (text) => {
    if (text.length > MAX_SUBJECT) throw refused(`a text of ${text.length} characters is too long for this pattern`);
    return pattern.matcher(text).find();
  };
}

/** Null for what JavaScript does not read and RE2 may, such as an escaped hyphen. */
function native(source: string, flags: string): ((text: string) => boolean) | null {
  const unique = [...new Set(flags)].filter((flag) => flag !== 'u').join('');
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
