import { expect } from 'vitest';
import type { Program } from './app.ts';

interface Node {
  type: string;
  config: object;
}

/** A trigger, and nodes each of which leads by `next` to the one behind it: n0, n1, ... */
export function flowOf(trigger: Node & { id: string }, nodes: readonly Node[], settings: object = {}) {
  const named = nodes.map((node, index) => ({ id: `n${index}`, ...node }));
  const ids = [trigger.id, ...named.map(({ id }) => id)];
  return {
    format: 'parley.flow/1',
    name: 'Flow',
    nodes: [trigger, ...named],
    edges: ids.slice(1).map((target, index) => ({ id: `e${index}`, source: ids[index], sourceHandle: 'next', target })),
    settings,
  };
}

/** Saves and publishes; the flow's id. */
export async function publish(program: Program, document: object): Promise<string> {
  const { id } = (await program.call('POST', '/api/flows', { document })).json();
  const answer = await program.call('POST', `/api/flows/${id}/publish`, {});
  expect(answer.statusCode, answer.body).toBe(200);
  return id;
}
