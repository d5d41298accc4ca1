import { Refusal } from '../errors.ts';

const MAX_PATTERN = 512; // characters; the pattern runs inside the one thread that serves everybody
const MAX_REPETITIONS = 3; // each one may multiply the time by the length of the text
const MAX_SUBJECT = 4096; // characters of a text that a pattern with several repetitions is tried on

const refused = (why: string) => new Refusal(51091, `Regular expression is invalid: ${why}`);

/** A test for one pattern. Patterns that could run for ever, and the flag x, are refused. */
export function compileRegex(source: string, flags: string): (text: string) => boolean {
  for (const flag of flags) {
    if (flag === 'x') throw refused('the flag x is not supported');
    if (!'imsu'.includes(flag)) throw new Refusal(51108, `invalid flag in regex options: ${flag}`);
  }
  if (source.length > MAX_PATTERN) throw refused('pattern is too long');
  const repetitions = countRepetitions(source);
  if (repetitions > MAX_REPETITIONS) throw refused(`more than ${MAX_REPETITIONS} repetitions`);
  const regex = build(source, flags);
  if (repetitions < 2) return (text) => regex.test(text);
  return (text) => {
    if (text.length > MAX_SUBJECT) throw refused(`a text is too long for a pattern with ${repetitions} repetitions`);
    return regex.test(text);
  };
}

/** Counts what may repeat without end, and refuses the shapes that take exponential time. */
function countRepetitions(source: string): number {
  const open: boolean[] = []; // per open group: does it hold a repetition or an alternative?
  let risky = false; // the same for the group that was closed last
  let count = 0;
  for (let i = 0; i < source.length; i++) {
    const char = source.charAt(i);
    const closed = i > 0 && source.charAt(i - 1) === ')';
    if (char === '\\') {
      if (/[1-9k]/.test(source.charAt(i + 1))) throw refused('back references are not supported');
      i++;
    } else if (char === '[') i = endOfClass(source, i);
    else if (char === '(') open.push(false);
    else if (char === ')') {
      risky = open.pop() ?? false;
      if (risky && open.length > 0) open[open.length - 1] = true;
    } else if (char === '|') mark(open);
    else if (char === '*' || char === '+' || /^\{\d+(,\d*)?\}/.test(source.slice(i, i + 12))) {
      if (closed && risky) throw refused('a repeated group may not hold a repetition or an alternative');
      mark(open);
      count++;
    }
  }
  return count;
}

const mark = (open: boolean[]): void => {
  if (open.length > 0) open[open.length - 1] = true;
};

function endOfClass(source: string, start: number): number {
  let i = start + 1;
  while (i < source.length && source.charAt(i) !== ']') i += source.charAt(i) === '\\' ? 2 : 1;
  return i;
}

function build(source: string, flags: string): RegExp {
  const unique = [...new Set(flags)].filter((flag) => flag !== 'u').join('');
  try {
    return new RegExp(source, `${unique}u`);
  } catch {
    try {
      return new RegExp(source, unique); // PCRE allows escapes that JavaScript's unicode mode does not
    } catch (error) {
      throw refused(error instanceof Error ? error.message : String(error));
    }
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
