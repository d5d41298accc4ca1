import type { Failure } from '../../../channels/whatsapp/errors/ask.ts';
import type { Facts, Told } from './facts.ts';

export type Result = 'ok' | 'failing' | 'warning' | 'unknown' | 'not-applicable';

export interface Verdict {
  result: Result;
  /** For people, in one or two sentences. */
  message: string;
  /** What to do, and where; null where there is nothing to do. */
  remedy: string | null;
  /** Of the problem that a failing one also is; diagnostics with the same code are one problem. */
  code: string;
}

/** One question of the check. `judge` only looks at facts: it asks nobody and never throws. */
export interface Diagnostic {
  id: string;
  topic: Topic;
  title: string;
  judge(facts: Facts): Verdict;
}

export type Topic =
  | 'Messages not received'
  | 'Agent not responding'
  | 'Media not processing'
  | 'Interactive elements not working'
  | 'Debugging'
  | 'The account';

export const ok = (message: string): Verdict => ({ result: 'ok', message, remedy: null, code: '' });
export const failing = (code: string, message: string, remedy: string): Verdict => ({
  result: 'failing',
  message,
  remedy,
  code,
});
export const warning = (message: string, remedy: string): Verdict => ({ result: 'warning', message, remedy, code: '' });
export const unknown = (message: string, remedy: string | null = null): Verdict => ({
  result: 'unknown',
  message,
  remedy,
  code: '',
});
export const notApplicable = (message: string): Verdict => ({
  result: 'not-applicable',
  message,
  remedy: null,
  code: '',
});

export const SIMULATED = notApplicable('A simulator has no provider.');
export const NOT_READ = unknown('The store did not answer in time.', 'Check again in a moment.');

/** What a refused or missing answer says of a question that another diagnostic already reports as failing. */
export const untold = (told: Extract<Told<unknown>, { ok: false }> | null, what: string): Verdict =>
  unknown(
    told ? `${what} could not be asked: ${told.failure.explained.words}` : `${what} could not be asked in time.`,
    told?.failure.explained.remedy ?? 'Check again in a moment.',
  );

/** A provider's refusal as a failing diagnostic, in its own words where it gave some. */
export const refused = (code: string, { said, explained }: Failure, remedy = explained.remedy): Verdict =>
  failing(code, said === '' ? explained.words : said, remedy);

/** "1 message", "3 messages". */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
