import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeTypes } from '@parley/nodes';
import { checkFlow, parseFlow, runScript, scriptSchema } from '@parley/runtime';
import { runCode } from '../support/run-code.ts';
import type { Claim } from './claim.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** A test file and words of its title, instead of a script. */
const TEST = /^(\S+\.test\.ts): (.+)$/;

export const isScript = (proof: string): boolean => !TEST.test(proof);

/** Where the script of a short name lies: `chat/send/text`, `claims/conditions`, `examples/csat/good-way`. */
export function scriptPath(proof: string): string {
  const [first = '', second = '', third = ''] = proof.split('/');
  if (first === 'claims') return join(root, 'tests/claims/scripts', `${second}.json`);
  const folder = first === 'examples' ? join(root, first, second) : join(root, 'nodes/src', first, second);
  return join(folder, 'scripts', `${third}.json`);
}

/** What is wrong with a claim's proof, a line each. `known` keeps the verdict on scripts that prove several claims. */
export async function faultsOf({ claim, proof }: Claim, known = new Map<string, string[]>()): Promise<string[]> {
  if (claim === null) return proof.length > 0 ? ['it is not claimed, and has a proof'] : [];
  if (proof.length === 0) return ['nothing proves it'];
  const faults: string[] = [];
  for (const one of proof) {
    const verdict = known.get(one) ?? (await faultsOfProof(one));
    known.set(one, verdict);
    faults.push(...verdict.map((fault) => `${one}: ${fault}`));
  }
  return faults;
}

async function faultsOfProof(proof: string): Promise<string[]> {
  const [, file, words] = TEST.exec(proof) ?? [];
  if (file !== undefined && words !== undefined) return faultsOfTest(file, words);
  const path = scriptPath(proof);
  return existsSync(path) ? play(path) : ['there is no such script'];
}

/** Tests are run by `npm test`; here it counts that the one that is named is still there. */
function faultsOfTest(file: string, words: string): string[] {
  const path = join(root, file);
  if (!existsSync(path)) return ['there is no such test file'];
  return readFileSync(path, 'utf8').includes(words) ? [] : ['the file has no such test'];
}

/** Plays one script; what differed, and what is wrong with its flows. */
async function play(path: string): Promise<string[]> {
  const script = scriptSchema.parse(read(path));
  const documentOf = (named: string | object) => {
    const { flow, problems } = parseFlow(typeof named === 'string' ? read(resolve(dirname(path), named)) : named);
    if (!flow) throw new Error(`${path}: ${problems.map((one) => one.message).join(' ')}`);
    return flow;
  };
  const others = Object.fromEntries(Object.entries(script.flows ?? {}).map(([id, named]) => [id, documentOf(named)]));
  const flow = documentOf(script.flow);
  const problems = checkFlow(flow, nodeTypes, (id) => others[id] ?? null).filter(
    ({ severity }) => severity === 'error',
  );
  const { differences } = await runScript(script, flow, nodeTypes, { code: runCode }, others);
  return [...problems.map((one) => `${one.path}: ${one.message}`), ...differences];
}
