import type { JsonObject } from '@parley/runtime';
import { parseJson } from '@parley/server/src/channels/whatsapp/meta/parse-json.ts';
import type { TestApp } from '@parley/server/src/testing/app.ts';
import { type FuzzHouse, openFuzzHouse } from './house.ts';
import { isOursMeta, isOursTwilio, mutatedBody, mutatedEntries, mutatedForm, sidOf } from './mutants.ts';
import { type Random, seeded } from './random.ts';
import { marksIn } from './tokens.ts';

export interface Samples {
  meta: JsonObject[];
  twilio: Record<string, string>[];
}

export interface FuzzResult {
  mutants: number;
  posts: number;
  /** By status: how many posts were answered so. */
  answers: Record<number, number>;
  /** Marks that the bodies still held when they were answered 200; every one was looked for in the store. */
  marks: number;
  problems: string[];
}

/** What was posted and what has to be found again of it. */
interface Posted {
  status: number;
  body: string;
  marks: Set<string>;
  /** What a form goes by, whatever became of the mark in it. */
  sid: string | null;
}

const ENTRIES = 40; // mutants of one batch
const MOST_PROBLEMS = 20; // then the rest says the same
const ROUND = 400; // mutants between two looks into the store

/** Posts so many mutants, signed rightly: no answer of 5xx, nothing lost, nothing refused that is ours. */
export async function fuzzWebhooks(test: TestApp, samples: Samples, count: number, seed: number): Promise<FuzzResult> {
  // The store forgets old rows by the real clock, once a minute: under another one they would be gone before the look
  test.clock.time = new Date();
  const house = await openFuzzHouse(test);
  const random = seeded(seed);
  const result: FuzzResult = { mutants: 0, posts: 0, answers: {}, marks: 0, problems: [] };
  while (result.mutants < count) {
    const posted: Posted[] = [];
    const until = Math.min(count, result.mutants + ROUND);
    while (result.mutants < until) posted.push(await postSome(house, samples, random, result, until));
    const text = await house.takeLog();
    const log = marksIn(text);
    for (const { status, body, marks, sid } of posted) {
      result.answers[status] = (result.answers[status] ?? 0) + 1;
      if (status >= 500) result.problems.push(`answered ${status}: ${body.slice(0, 2_000)}`);
      if (status !== 200) continue;
      result.marks += marks.size;
      // A form is one message, by whatever id it still has
      const isHeard = sid !== null && namesOf(sid).some((name) => text.includes(name));
      const lost = isHeard ? [] : [...marks].filter((mark) => !log.has(mark));
      if (sid !== null && !isHeard && marks.size === 0) lost.push(sid);
      if (lost.length > 0) result.problems.push(`lost ${lost.join(' ')}: ${around(body, lost[0] ?? '')}`);
    }
    result.problems.push(...house.takeFailures().map((failure) => `a handler threw: ${failure}`));
    result.posts += posted.length;
    if (result.problems.length > MOST_PROBLEMS) break;
  }
  house.close();
  return result;
}

/** How the log writes an id: in a key, in a payload, and in what a payload keeps as it came. */
function namesOf(id: string): string[] {
  const quoted = JSON.stringify(id);
  return [`:${id}\n`, `:${id}:`, quoted, JSON.stringify(quoted).slice(1, -1)];
}

const around = (body: string, mark: string): string => {
  const at = Math.max(0, body.indexOf(mark) - 700);
  return body.slice(at, at + 1_400);
};

async function postSome(
  house: FuzzHouse,
  { meta, twilio }: Samples,
  random: Random,
  result: FuzzResult,
  until: number,
): Promise<Posted> {
  const refused = (status: number, ours: boolean, body: string) => {
    if (ours && status !== 200) result.problems.push(`answered ${status} though it is ours: ${body.slice(0, 2_000)}`);
  };
  if (random.chance(0.5)) {
    const form = mutatedForm(random.pick(twilio), result.mutants++, random);
    const status = await house.postTwilio(form.path, form.body);
    refused(status, isOursTwilio(form.path, form.body), form.body);
    const values = [...new URLSearchParams(form.body)].flat().join('\n');
    return { status, body: form.body, marks: marksIn(values), sid: sidOf(form.body) };
  }
  if (random.chance(0.8)) {
    const body = mutatedBody(random.pick(meta), result.mutants++, random);
    const status = await house.postMeta(body);
    const parsed = parseJson(Buffer.from(body).toString());
    refused(status, isOursMeta(parsed), body);
    return { status, body, marks: marksIn(parsed === undefined ? body : JSON.stringify(parsed)), sid: null };
  }
  const entry: unknown[] = [];
  for (let left = Math.min(ENTRIES, until - result.mutants); left > 0; left -= 1)
    entry.push(...mutatedEntries(random.pick(meta), result.mutants++, random));
  const body = JSON.stringify({ object: 'whatsapp_business_account', entry });
  const status = await house.postMeta(body);
  refused(status, isOursMeta({ entry }), body);
  return { status, body, marks: marksIn(body), sid: null };
}
