import type { Matcher, RE2JS } from 're2js';
import { type HelperRun, helperGroup } from '../helper.ts';
import { compilePattern, MAX_SEARCH, searchWork } from '../pattern.ts';
import { MAX_TEMPLATE_STEPS, type Rendering } from '../rendering.ts';
import { valueToText } from '../value.ts';

const MAX_FOUND = 1_000; // places of one pattern in one text
const MAX_GROUPS = 50;
/** A rendering that spends all its steps on one search may take the longest search there is. */
const WORK_A_STEP = MAX_SEARCH / MAX_TEMPLATE_STEPS;

const INSTRUCTIONS_A_STEP = 16; // to compile: some 5 ms for the largest program of 500
const REFUSED_STEPS = 100; // a pattern that turns out too large took some 15 ms until then

interface Search {
  pattern: RE2JS;
  text: string;
  matcher: Matcher;
  rendering: Rendering;
}

/**
 * null where the pattern is none. Linear in the text, but finding all may read its end again for each: every search is
 * paid. So is the compiling, though most patterns are kept: what a rendering costs must not hang on what ran before it.
 */
function searchOf([value, pattern, caseSensitive]: unknown[], rendering: Rendering): Search | null {
  const compiled = compilePattern(valueToText(pattern), caseSensitive === true);
  rendering.step(compiled ? Math.floor(compiled.programSize() / INSTRUCTIONS_A_STEP) : REFUSED_STEPS);
  const text = valueToText(value);
  return compiled && { pattern: compiled, text, matcher: compiled.matcher(text), rendering };
}

function next({ pattern, text, matcher, rendering }: Search, from: number): boolean {
  rendering.step(Math.floor(searchWork(pattern, text.length - from) / WORK_A_STEP));
  return matcher.find();
}

/** The whole match and its groups; a named group by its name where there is one. */
function matchOf({ matcher }: Search): Record<string, unknown> {
  const groups = Array.from({ length: Math.min(matcher.groupCount(), MAX_GROUPS) }, (_, i) => matcher.group(i + 1));
  const names = Object.entries(matcher.getNamedGroups()).filter(([name]) => name !== '__proto__');
  return { ...Object.fromEntries(names), text: matcher.group() ?? '', groups };
}

const match: HelperRun = (values, rendering) => {
  const search = searchOf(values, rendering);
  return search && next(search, 0) ? matchOf(search) : null;
};

function* foundIn(search: Search): Generator<{ from: number; to: number }> {
  let from = 0;
  for (let found = 0; found < MAX_FOUND && next(search, from); found++) {
    const to = search.matcher.end();
    yield { from: search.matcher.start(), to };
    from = to;
  }
}

const matchAll: HelperRun = (values, rendering) => {
  const search = searchOf(values, rendering);
  if (!search) return [];
  const texts: string[] = [];
  for (const { from, to } of foundIn(search)) if (to > from) texts.push(search.text.slice(from, to));
  rendering.makesList(texts.length);
  return texts;
};

/** `$1` stands for the first group, `$0` for all that was found, `$$` for a dollar. */
function filledIn(replacement: string, matcher: Matcher): string {
  return replacement.replace(/\$(\$|\d{1,2})/g, (_, what: string) => {
    if (what === '$') return '$';
    return Number(what) <= matcher.groupCount() ? (matcher.group(Number(what)) ?? '') : '';
  });
}

const replacePattern: HelperRun = ([value, pattern, replacement, caseSensitive], rendering) => {
  const search = searchOf([value, pattern, caseSensitive], rendering);
  const text = valueToText(value);
  if (!search) return text;
  let written = '';
  let done = 0;
  const to = valueToText(replacement);
  for (const place of foundIn(search)) {
    const filled = filledIn(to, search.matcher);
    rendering.makesText(written.length + place.from - done + filled.length);
    written += text.slice(done, place.from) + filled;
    done = place.to;
  }
  if (done > 0) rendering.makesText(written.length + text.length - done);
  return written + text.slice(done);
};

const scope = { message: { text: 'My order is AB-1234, please' } };

/** Regular expressions in linear time (RE2's syntax: no look-ahead, no back-reference), up to 500 characters. */
export const patternHelpers = helperGroup('patterns', {
  matches: {
    takes: 'text: text, pattern: text, caseSensitive?: yes or no',
    gives: 'yes or no',
    does: 'Whether a pattern is found in a text, without minding case unless told to.',
    example: ['{{matches message.text "[a-z]{2}-\\d+"}}', true, scope],
    run: (values, rendering) => {
      const search = searchOf(values, rendering);
      return search !== null && next(search, 0);
    },
  },
  match: {
    takes: 'text: text, pattern: text, caseSensitive?: yes or no',
    gives: 'object',
    does: 'What a pattern finds first: text, groups, and each named group by its name; nothing where it finds nothing.',
    example: [
      '{{match message.text "([a-z]+)-(?P<number>\\d+)"}}',
      { number: '1234', text: 'AB-1234', groups: ['AB', '1234'] },
      scope,
    ],
    run: match,
  },
  matchAll: {
    takes: 'text: text, pattern: text, caseSensitive?: yes or no',
    gives: 'list',
    does: `All texts that a pattern finds, ${MAX_FOUND} at most.`,
    example: ['{{matchAll "12 of 30" "\\d+"}}', ['12', '30']],
    run: matchAll,
  },
  replacePattern: {
    takes: 'text: text, pattern: text, replacement: text, caseSensitive?: yes or no',
    gives: 'text',
    does: 'The text with what a pattern finds replaced; $1 stands for its first group.',
    example: ['{{replacePattern "12345678" "(\\d{4})(\\d{4})" "$1 $2"}}', '1234 5678'],
    run: replacePattern,
  },
});
