/// <reference types="node" />
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { URL } from 'node:url';
import { type Flow, type NodeType, parseFlow, runScript, type Script, scriptSchema } from '@parley/runtime';
import { nodeTypes } from '../index.ts';
import { runCode } from './run-code.ts';

/** A conversation that must hold, and the flow that it holds or names. */
export interface ReadScript {
  name: string;
  script: Script;
  flow: Flow;
  others: Record<string, Flow>;
}

const read = (file: URL): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** Every script of a node. */
export function scriptsOf({ type }: NodeType): ReadScript[] {
  const folder = new URL(`../${type.replace('.', '/')}/scripts/`, import.meta.url);
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
  return files.sort().map((file) => {
    const script = scriptSchema.parse(read(new URL(file, folder)));
    const documentOf = (named: string | object) => {
      const { flow, problems } = parseFlow(typeof named === 'string' ? read(new URL(named, folder)) : named);
      if (!flow) throw new Error(`${file}: ${problems.map((one) => one.message).join(' ')}`);
      return flow;
    };
    const others = Object.fromEntries(Object.entries(script.flows ?? {}).map(([id, named]) => [id, documentOf(named)]));
    const flow = documentOf(script.flow);
    return { name: `${file}: ${script.title ?? ''}`, script, flow, others };
  });
}

const played = new WeakMap<ReadScript, ReturnType<typeof runScript>>();

/** What the conversation gives; played once, for it gives the same every time. */
export function play(one: ReadScript): ReturnType<typeof runScript> {
  const known = played.get(one) ?? runScript(one.script, one.flow, nodeTypes, { code: runCode }, one.others);
  played.set(one, known);
  return known;
}
