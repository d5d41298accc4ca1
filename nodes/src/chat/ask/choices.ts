import { fold, type InboundMessage } from '@parley/runtime';
import { type Choice, chosen } from '../choice.ts';
import { westernDigits } from '../digits.ts';

export type Listed = string | Choice;

/** A choice that is only a text is its own id. */
export const choicesOf = (listed: readonly Listed[]): Choice[] =>
  listed.map((one) => (typeof one === 'string' ? { id: one, title: one } : one));

const MAX_LENGTH = 1_000; // characters of an answer that names several choices
/** Between answers: commas of all scripts, semicolons, bullets, new lines, `+`, `&` and `/`. */
const STRONG = /[,;،、؛\n+&/•]+/u;
/** Words for "and", as a part of their own. */
const AND = new Set(['and', 'y', 'e', 'et', 'und', 'i', 'و']);
const ARABIC_AND = 'و'; // written onto the word that follows

/**
 * Several choices in one message: "1, 3", "red and blue", a line each. Null where a part is none of them. Each counts
 * once; the order is the author's.
 */
export function severalChosen(choices: readonly Choice[], message: InboundMessage): Choice[] | null {
  const whole = chosen(choices, message);
  if (whole) return [whole];
  const text = message.text ?? '';
  const parts = text.length > MAX_LENGTH ? [] : text.split(STRONG).filter((part) => part.trim() !== '');
  const byWords = namesOf(choices);
  const longest = Math.max(...[...byWords.keys()].map((name) => name.split(' ').length));
  const named = parts.map((part) => namedIn(byWords, longest, fold(part).split(' ')));
  if (named.length === 0 || named.includes(null)) return null;
  const found = new Set(named.flat());
  return choices.filter((choice) => found.has(choice));
}

/** What each choice may be called: its title before another's id, both before a number. */
function namesOf(choices: readonly Choice[]): Map<string, Choice> {
  const names = new Map<string, Choice>();
  const add = (name: string, choice: Choice) => {
    if (!names.has(name)) names.set(name, choice);
  };
  for (const choice of choices) add(fold(choice.title), choice);
  for (const choice of choices) add(fold(choice.id), choice);
  choices.forEach((choice, index) => {
    add(String(index + 1), choice);
  });
  return names;
}

/** The choices in a part without commas: its longest runs of words that name one, "and" between them left out. */
function namedIn(names: ReadonlyMap<string, Choice>, longest: number, words: string[]): Choice[] | null {
  const found: Choice[] = [];
  for (let at = 0; at < words.length; ) {
    const run = runAt(names, longest, words, at);
    if (run) {
      found.push(run.choice);
      at = run.end;
    } else if (AND.has(words[at] ?? '')) at++;
    else return null;
  }
  return found.length > 0 ? found : null;
}

function runAt(names: ReadonlyMap<string, Choice>, longest: number, words: string[], from: number) {
  for (let end = Math.min(words.length, from + longest); end > from; end--) {
    const text = words.slice(from, end).join(' ');
    const bare = text.replace(/(?<=\d)\.$/, '');
    const choice =
      names.get(bare) ??
      names.get(westernDigits(bare)) ??
      (bare.startsWith(ARABIC_AND) ? names.get(bare.slice(1)) : undefined);
    if (choice) return { choice, end };
  }
  return null;
}
