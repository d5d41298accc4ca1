import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CALLS, NOT_OURS } from './outbound-calls.ts';
import { type Difference, differencesOf, EXPLAINED, type Explained } from './outbound-differences.ts';
import { ourBody, withoutPlaceholders } from './outbound-meaning.ts';

/**
 * Our bodies beside those that others recorded and documented, of the same meaning: the same, but for differences that
 * are listed with a reason. `npm run conformance:outbound`
 */
try {
  process.exitCode = await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}

interface Item {
  file: string;
  note: string;
  body: unknown;
}

type Outcome =
  | { is: 'same' }
  | { is: 'explained'; by: Explained[] }
  | { is: 'not ours'; why: string }
  | { is: 'wrong'; differences: string[] };

async function run(): Promise<number> {
  const items = readItems();
  const outcomes = new Map<Item, Outcome>();
  for (const item of items) outcomes.set(item, await judge(item));
  const reasons = new Set([...outcomes.values()].flatMap((one) => (one.is === 'explained' ? one.by : [])));
  const notOurs = Map.groupBy(outcomes.values(), (one) => (one.is === 'not ours' ? one.why : ''));
  notOurs.delete('');
  const count = (is: Outcome['is']) => [...outcomes.values()].filter((one) => one.is === is).length;

  console.log('Differences, each with its reason:');
  for (const one of EXPLAINED) {
    const times = [...outcomes.values()].filter((outcome) => outcome.is === 'explained' && outcome.by.includes(one));
    console.log(`${String(times.length).padStart(5)}  ${one.why}`);
  }
  console.log('Not a call of ours:');
  for (const [why, all] of notOurs) console.log(`${String(all.length).padStart(5)}  ${why}`);

  const troubles = EXPLAINED.filter((one) => !reasons.has(one)).map((one) => `no longer a difference: ${one.why}`);
  for (const [{ file }, outcome] of outcomes)
    if (outcome.is === 'wrong') troubles.push(...outcome.differences.map((one) => `${file}: ${one}`));
  const unused = Object.keys(NOT_OURS).filter((key) => !items.some((item) => isAt(item, key)));
  troubles.push(...unused.map((key) => `no item goes to ${key} any more`));
  for (const words of troubles) console.log(`FAIL  ${words}`);
  console.log(
    `same ${count('same')}, same but for listed differences ${count('explained')}, not a call of ours ${count('not ours')}, of ${items.length}`,
  );
  console.log(`${items.length - count('wrong')} passed, ${troubles.length} failed`);
  return troubles.length === 0 ? 0 : 1;
}

function readItems(): Item[] {
  const repository = fileURLToPath(new URL('../..', import.meta.url));
  const folder = join(process.env.PARLEY_SHARED ?? resolve(repository, '../shared'), 'data/webhooks');
  if (!existsSync(join(folder, 'index.json')))
    throw new Error(`There are no bodies at ${folder}: set PARLEY_SHARED to the folder that holds data/webhooks.`);
  const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const listed: { file: string; note?: string; category: string }[] = read('index.json').items;
  return listed
    .filter(({ category }) => category === 'outbound_request')
    .map(({ file, note = '' }) => ({ file, note, body: read(file) }));
}

function isAt({ file, note }: Item, key: string): boolean {
  return `${note})`.includes(key) || file.includes(key);
}

async function judge(item: Item): Promise<Outcome> {
  const known = Object.keys(NOT_OURS).find((key) => isAt(item, key));
  const call = CALLS[item.note];
  if (known !== undefined && !call) return { is: 'not ours', why: NOT_OURS[known] ?? '' };
  const recorded = withoutPlaceholders(item.body);
  const ours = call ? await call(recorded) : tried(() => ourBody(recorded));
  if (ours instanceof Error) return { is: 'wrong', differences: [ours.message] };
  if (typeof ours === 'string') return { is: 'not ours', why: ours };
  const differences = differencesOf(call ? withoutFile(recorded) : recorded, ours);
  if (differences.length === 0) return { is: 'same' };
  const by = differences.map((one) => EXPLAINED.find((explained) => explained.is(one)));
  const unexplained = differences.filter((_, index) => by[index] === undefined);
  if (unexplained.length > 0) return { is: 'wrong', differences: unexplained.map(wordsOf) };
  return { is: 'explained', by: by.filter((one) => one !== undefined) };
}

function tried<T>(make: () => T): T | Error {
  try {
    return make();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Of a file only that it is there. */
function withoutFile(body: object): object {
  return 'file' in body ? { ...body, file: '@' } : body;
}

function wordsOf({ path, recorded, ours }: Difference): string {
  return `${path} is ${JSON.stringify(recorded) ?? 'not there'} there, ${JSON.stringify(ours) ?? 'not there'} here`;
}
