import { schemasOf, validatorOf } from './openapi.ts';
import { META_PATCHES } from './openapi-meta.ts';
import { everythingSent } from './sends-contents.ts';
import {
  type Judges,
  META_SPECIFICATION,
  metaBody,
  type Posted,
  readJudges,
  readReceipts,
  twilioBodies,
  wrongWith,
} from './sends-judges.ts';
import type { Found } from './sends-limits.ts';
import { type Mutant, mutants } from './sends-mutants.ts';

/**
 * Everything that any node sends, over both providers, as the body that leaves, against the provider's own specification;
 * and bodies with one fault, of which the same judges must refuse nearly all. `npm run conformance:sends`
 */
const LEAST_REFUSED = 0.95; // of the bodies with a fault
const SHOWN = 20; // troubles printed of each sort

try {
  process.exitCode = await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}

async function run(): Promise<number> {
  const judges = readJudges();
  const rows = [...checkPatches()];
  const found = await everythingSent();
  console.log(`${found.length} contents, of ${new Set(found.map(({ content }) => content.kind)).size} kinds`);
  rows.push(...checkAll('Meta', judges, found, (content) => [metaBody(content)], readReceipts));
  rows.push(...checkAll('Twilio', judges, found, twilioBodies, []));
  const made = mutants();
  rows.push(checkMutants('Meta', judges, made.meta), checkMutants('Twilio', judges, made.twilio));
  const failed = rows.filter((row) => row !== null);
  for (const words of failed.slice(0, SHOWN)) console.log(`FAIL  ${words}`);
  console.log(`${rows.length - failed.length} passed, ${failed.length} failed`);
  return failed.length === 0 ? 0 : 1;
}

/** One row for each body: null, or what is wrong. */
type Row = string | null;

/** A patch that changes nothing any more has to go, and one that lets too much through as well. */
function checkPatches(): Row[] {
  const document = schemasOf(META_SPECIFICATION);
  const rows = META_PATCHES.map(({ why, takes, refuses }, at) => {
    const before = validatorOf(document, 'Message', META_PATCHES.slice(0, at));
    const after = validatorOf(document, 'Message', META_PATCHES.slice(0, at + 1));
    const [better, worse] = takes === undefined ? [before, after] : [after, before];
    const body = takes ?? refuses;
    return better(body) === null && worse(body) !== null ? null : `this patch is not needed any more: ${why}`;
  });
  console.log(
    `Meta's specification: ${rows.length} patches, ${rows.filter((row) => row === null).length} still needed`,
  );
  return rows;
}

/** Bodies that are the same count once. */
function checkAll(
  provider: string,
  judges: Judges,
  found: readonly Found[],
  bodiesOf: (content: Found['content']) => Posted[] | string,
  more: readonly Posted[],
): Row[] {
  const bodies = new Map<string, Posted & { source: string }>();
  const add = (source: string, posted: Posted) => bodies.set(JSON.stringify(posted), { source, ...posted });
  const unsupported = new Set<string>();
  for (const { source, content } of found) {
    const made = bodiesOf(content);
    if (typeof made === 'string') unsupported.add(`${content.kind}: ${made}`);
    else for (const posted of made) add(source, posted);
  }
  for (const posted of more) add('a message marked as read', posted);
  const rows = [...bodies.values()].map(({ source, ...posted }) => {
    const wrong = wrongWith(posted, judges);
    return wrong && `${provider}, ${source}: ${wrong}`;
  });
  console.log(`${provider}: ${rows.length} bodies, ${rows.filter((row) => row === null).length} valid`);
  if (unsupported.size > 0) console.log(`  ${unsupported.size} sorts of content are refused with words beforehand:`);
  for (const words of [...unsupported].sort()) console.log(`    ${words}`);
  return rows;
}

/** One row for all of them: the share that is refused. */
function checkMutants(provider: string, judges: Judges, list: readonly Mutant[]): Row {
  const alone = list.filter(({ call, body }) => judges[call].specification(body) !== null).length;
  const missed = list.filter((mutant) => wrongWith(mutant, judges) === null);
  const refused = list.length - missed.length;
  console.log(
    `${provider}: ${refused} of ${list.length} bodies with a fault are refused; ${alone} by the specification alone, the rest by our own limits`,
  );
  for (const { call, fault } of missed.slice(0, SHOWN)) console.log(`  not refused: ${call}, ${fault}`);
  if (refused >= LEAST_REFUSED * list.length) return null;
  return `${provider}: of the bodies with a fault at least ${LEAST_REFUSED * 100} % must be refused`;
}
