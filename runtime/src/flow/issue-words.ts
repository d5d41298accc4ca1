import type { z } from 'zod';
import { didYouMean } from './nearest-name.ts';

/** What a value should be, for people who know JSON and no types. */
const SORTS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** Unknown fields that are named; a hostile document may hold a million. */
const MAX_NAMED = 5;

/** Zod tells what came only in its own words. A message that begins otherwise was written by a schema's author. */
const ITS_OWN = /^Invalid (?:input|option): expected /;
const NOTHING_CAME = /received undefined$/;
const CAME = /received (\w+)$/;

/** Words for the faults that zod words for programmers; null for the others, which have good words already. */
export function issueWords(issue: z.core.$ZodIssue, field: string): string | null {
  if (issue.code === 'unrecognized_keys') return unknownFields(issue.keys, []);
  const sorts = issue.code === 'invalid_union' ? issue.errors.flat() : [];
  if (sorts.length > 0) return sorts.every(cameNot) ? `${field} is missing.` : null;
  if (!ITS_OWN.test(issue.message)) return null;
  if (cameNot(issue)) return `${field} is missing.`;
  if (issue.code === 'invalid_type' && SORTS[issue.expected])
    return `${field}: Write ${SORTS[issue.expected]}${instead(issue)}.`;
  if (issue.code === 'invalid_value' && issue.values.length > 1)
    return `${field}: Write one of ${issue.values.join(', ')}.`;
  return null;
}

const cameNot = ({ code, message }: z.core.$ZodIssue): boolean => code === 'invalid_type' && NOTHING_CAME.test(message);

function instead({ message }: z.core.$ZodIssue): string {
  const came = CAME.exec(message)?.[1] ?? '';
  return came === 'null' || SORTS[came] ? `, not ${SORTS[came] ?? came}` : '';
}

/** `known`: the fields that there are, to name the one that was meant or, where none is near, all of them. */
export function unknownFields(given: readonly string[], known: readonly string[]): string {
  const more = given.length > MAX_NAMED ? ` and ${given.length - MAX_NAMED} more` : '';
  const names = given.slice(0, MAX_NAMED).join(', ') + more;
  const [first = ''] = given;
  const meant = given.length === 1 ? didYouMean(first, known) : '';
  const all = meant === '' && known.length > 0 ? ` There are ${known.join(', ')}.` : meant;
  return `There is no field ${names} here.${all}`;
}
