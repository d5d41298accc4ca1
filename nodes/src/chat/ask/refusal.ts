import type { MediaKind } from './config.ts';
import { numberWords } from './number.ts';
import { SENTENCES, type Sentences } from './sentences.ts';

/** Why an answer does not fit, with what would. */
export type Refusal =
  | {
      code: 'text' | 'number' | 'integer' | 'email' | 'phone' | 'phoneAtHome' | 'date' | 'location' | 'past' | 'future';
    }
  | { code: 'shorter' | 'longer'; limit: number }
  /** `words` are the author's own, for a pattern says nothing to a reader. */
  | { code: 'pattern'; words: string | null }
  | { code: 'numberRange'; min: number | null; max: number | null }
  | { code: 'dateRange'; min: string | null; max: string | null }
  | { code: 'choice'; titles: string[] }
  | { code: 'choices'; titles: string[]; least: number; most: number }
  | { code: 'media'; kinds: MediaKind[] };

const MAX_TITLES = 300; // characters; longer lists stand in the question anyway

/** What is wanted, in the person's language; English where a language is missing. */
export function wordsOf(refusal: Refusal, language: string): string {
  const say = SENTENCES[language.slice(0, 2).toLowerCase()] ?? SENTENCES.en;
  switch (refusal.code) {
    case 'shorter':
    case 'longer':
      return say[refusal.code](numberWords(refusal.limit, language));
    case 'pattern':
      return refusal.words ?? say.pattern;
    case 'numberRange':
      return rangeWords(say.numberIn, refusal, (value) => numberWords(value, language)) ?? say.number;
    case 'dateRange':
      return rangeWords(say.dateIn, refusal, (value) => value) ?? say.date;
    case 'choice':
      return listed(refusal.titles, say.choiceOf) ?? say.choice;
    case 'choices':
      return choicesWords(refusal, say);
    case 'media':
      return refusal.kinds.length === 0 ? say.media : say.send(refusal.kinds.map((kind) => say.kinds[kind]));
    default:
      return say[refusal.code];
  }
}

function rangeWords<Value>(
  say: Sentences['numberIn'],
  { min, max }: { min: Value | null; max: Value | null },
  write: (value: Value) => string,
): string | null {
  if (min !== null && max !== null) return say.between(write(min), write(max));
  if (min !== null) return say.from(write(min));
  return max === null ? null : say.to(write(max));
}

function listed(titles: string[], say: (titles: string) => string): string | null {
  const words = titles.join(', ');
  return words.length > MAX_TITLES ? null : say(words);
}

function choicesWords({ titles, least, most }: Extract<Refusal, { code: 'choices' }>, say: Sentences): string {
  const count = least === most ? String(least) : most >= titles.length ? null : `${least}-${most}`;
  const from = count === null && least > 1 ? `${least}+` : count;
  return listed(titles, (words) => say.choicesOf(words, from)) ?? say.choice;
}
