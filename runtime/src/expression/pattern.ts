import { RE2JS } from 're2js';
import { Cache } from './cache.ts';

const MAX_PATTERN = 500; // characters; the engine is linear in the text, but its program grows with the pattern
/** Instructions of a pattern's program; its time is that times the text, so `(a{1000}){…}` would be linear and still last seconds. */
const MAX_PROGRAM = 500;
/** Instructions times characters of one search, some 150 ms at most: 16,000 characters for the largest program. */
export const MAX_SEARCH = 8_000_000;
const MAX_KEPT = 200; // compiled patterns; the largest take some 200 kB, and milliseconds to compile

const kept = new Cache<{ pattern: RE2JS | null }>(MAX_KEPT);

/** Whether a pattern is found in a text, in linear time; a broken pattern matches nothing, nor does one in a text too long for it. */
export function matchesPattern(pattern: string, text: string, caseSensitive = false): boolean {
  const compiled = compilePattern(pattern, caseSensitive);
  if (!compiled || searchWork(compiled, text.length) > MAX_SEARCH) return false;
  return compiled.matcher(text).find();
}

/** null where the pattern is empty, broken, longer than 500 characters or needs a program of more than 500 instructions. */
export function compilePattern(pattern: string, caseSensitive = false): RE2JS | null {
  if (pattern === '' || pattern.length > MAX_PATTERN) return null;
  return kept.of(`${caseSensitive ? 'c' : 'i'}${pattern}`, () => ({ pattern: compile(pattern, caseSensitive) }))
    .pattern;
}

function compile(pattern: string, caseSensitive: boolean): RE2JS | null {
  try {
    const compiled = RE2JS.compile(pattern, caseSensitive ? 0 : RE2JS.CASE_INSENSITIVE);
    return compiled.programSize() <= MAX_PROGRAM ? compiled : null;
  } catch {
    return null; // the check of the flow names the pattern; at run time it matches nothing
  }
}

/** The most that one search through so many characters takes, in instructions. */
export const searchWork = (pattern: RE2JS, characters: number): number => pattern.programSize() * (characters + 1);
