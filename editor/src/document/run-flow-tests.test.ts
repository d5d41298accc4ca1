import { parseFlow, scriptSchema } from '@parley/runtime';
import { expect, it } from 'vitest';
import { runFlowTests } from './run-flow-tests.ts';

const { flow } = parseFlow({
  format: 'parley.flow/1',
  name: 'Greets',
  nodes: [
    { id: 'start', type: 'trigger.message', config: { match: 'any' } },
    { id: 'hello', type: 'chat.send', config: { kind: 'text', text: 'Hello' } },
  ],
  edges: [{ id: 'e1', source: 'start', sourceHandle: 'next', target: 'hello' }],
});
const scriptOf = (text: string, ...more: object[]) =>
  scriptSchema.parse({
    format: 'parley.script/1',
    flow: 'flow.json',
    steps: [{ in: { text: 'hi' } }, { out: { text } }, ...more],
  });

it('tells which conversations hold, and where another one differs first', async () => {
  if (!flow) throw new Error('the flow is broken');
  const results = await runFlowTests(flow, [
    { id: 'a', title: 'Holds', script: scriptOf('Hello') },
    { id: 'b', title: 'Differs', script: scriptOf('Bye', { end: { status: 'done' } }) },
    { id: 'c', title: 'Cannot run', script: scriptOf('Hello', { wait: 'nonsense' }) },
  ]);
  expect(results.map(({ id, firstAt }) => [id, firstAt])).toEqual([
    ['a', null],
    ['b', 1],
    ['c', 0],
  ]);
  expect(results[1]?.differences[0]).toContain('expected "Bye"');
});
