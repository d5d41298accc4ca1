import { describe, expect, it } from 'vitest';
import { compileFlow } from '../compile/compile-flow.ts';
import type { Flow } from '../flow/flow.ts';
import { flowOf, talkTypes } from '../testing/talk.ts';
import { checkFlow } from './check-flow.ts';

type Nodes = Parameters<typeof flowOf>[0];

const hello: Nodes = { hello: ['say', { text: 'Hello' }] };
const wired = ['start.next>hello'];
const sound = flowOf(hello, wired);
const helloSays = (text: unknown) => flowOf({ hello: ['say', { text }] }, wired);
const withNode = (change: Record<string, unknown>): Flow => ({
  ...sound,
  nodes: sound.nodes.map((node) => (node.id === 'hello' ? { ...node, ...change } : node)),
});
const withEdge = (edge: Record<string, string>): Flow => ({
  ...sound,
  edges: [...sound.edges, { id: 'more', source: 'hello', sourceHandle: 'next', target: 'hello', ...edge }],
});
const two: Nodes = { ...hello, bye: ['say', { text: 'Bye' }] };

const declaring = (variable: Record<string, unknown>) => flowOf(hello, wired, { variables: [variable] });

/** For each problem: where it is, one flow that has it, and one that only looks so. */
const FAULTS: Record<string, { path: string; has: Flow; looksSo: Flow }> = {
  unknown_type: { path: '/nodes/1/type', has: withNode({ type: 'test.constructor' }), looksSo: sound },
  unknown_version: { path: '/nodes/1/version', has: withNode({ version: 2 }), looksSo: withNode({ version: 1 }) },
  too_long: { path: '/nodes/1/config/text', has: helloSays('x'.repeat(41)), looksSo: helloSays('x'.repeat(40)) },
  missing: { path: '/nodes/1/config/text', has: helloSays(''), looksSo: helloSays(' ') },
  unknown_field: {
    path: '/nodes/1/config',
    has: withNode({ config: { text: 'Hello', txt: 'Hello' } }),
    looksSo: sound,
  },
  invalid_config: { path: '/nodes/1/config/text', has: helloSays(7), looksSo: helloSays('7') },
  template_too_long: {
    path: '/nodes/1/config/assign/a',
    has: flowOf({ hello: ['keep', { assign: { a: `{{contact.id}}${'x'.repeat(4_096)}` } }] }, wired),
    looksSo: flowOf({ hello: ['keep', { assign: { a: 'x'.repeat(5_000) } }] }, wired),
  },
  template_too_deep: {
    path: '/nodes/1/config/assign/a',
    has: flowOf({ hello: ['keep', { assign: { a: `${'{{#if now}}'.repeat(9)}${'{{/if}}'.repeat(9)}` } }] }, wired),
    looksSo: flowOf({ hello: ['keep', { assign: { a: '{{#if now}}{{/if}}'.repeat(9) } }] }, wired),
  },
  template_syntax: { path: '/nodes/1/config/text', has: helloSays('Hi {{name'), looksSo: helloSays('Hi {name') },
  template_not_allowed: {
    path: '/nodes/1/config/text',
    has: helloSays('{{> footer}}'),
    looksSo: flowOf({ hello: ['ask', { text: '?', saveAs: '{{> footer}}' }] }, wired),
  },
  unknown_port: {
    path: '/edges/1/sourceHandle',
    has: withEdge({ sourceHandle: 'toString' }),
    looksSo: withEdge({ sourceHandle: 'error' }),
  },
  port_taken: {
    path: '/edges/1',
    has: withEdge({ source: 'start' }),
    looksSo: withEdge({}),
  },
  into_trigger: { path: '/edges/1', has: withEdge({ target: 'start' }), looksSo: withEdge({}) },
  not_a_duration: {
    path: '/settings/expireAfter',
    has: flowOf(hello, wired, { settings: { expireAfter: '1 day' } }),
    looksSo: flowOf(hello, wired, { settings: { expireAfter: 'P1D' } }),
  },
  no_trigger: { path: '', has: { ...sound, nodes: sound.nodes.slice(1), edges: [] }, looksSo: sound },
  unreachable: {
    path: '/nodes/2',
    has: flowOf(two, wired),
    looksSo: flowOf(two, wired, { settings: { interrupts: [{ keywords: ['bye'], target: 'bye' }] } }),
  },
  port_unwired: {
    path: '/nodes/1',
    has: flowOf({ hello: ['look', { what: 'x' }] }, wired),
    looksSo: flowOf({ hello: ['look', { what: 'x' }], bye: ['say', { text: 'Bye' }] }, [...wired, 'hello.none>bye']),
  },
  loop_without_wait: {
    path: '/nodes/1',
    has: flowOf(two, [...wired, 'hello.next>bye', 'bye.next>hello']),
    looksSo: flowOf({ ...hello, bye: ['ask', { text: 'More?' }] }, [...wired, 'hello.next>bye', 'bye.next>hello']),
  },
  unknown_variable: {
    path: '/nodes/1/config/text',
    has: helloSays('{{contact.nme}}{{city}}'),
    looksSo: flowOf(
      {
        q: ['ask', { text: '?', saveAs: 'city.name' }],
        hello: ['say', { text: '{{contact.attributes.x}}{{city.zip}}{{#each city.all}}{{it}}{{/each}}' }],
      },
      ['start.next>q', 'q.next>hello'],
    ),
  },
  wrong_type: {
    path: '/variables/0/initial',
    has: declaring({ name: 'age', type: 'number', initial: 'old' }),
    looksSo: declaring({ name: 'age', type: 'number', initial: '30' }),
  },
  reserved_name: {
    path: '/nodes/1/config',
    has: flowOf({ hello: ['ask', { text: '?', saveAs: 'contact.name' }] }, wired),
    looksSo: flowOf({ hello: ['ask', { text: '?', saveAs: 'contacts' }] }, wired),
  },
};

const problemsOf = (flow: Flow) => checkFlow(flow, talkTypes);

describe('what is wrong with a flow', () => {
  it('is nothing where all is well', () => expect(problemsOf(sound)).toEqual([]));
  describe.each(Object.entries(FAULTS))('%s', (code, { path, has, looksSo }) => {
    it('is found', () => expect(problemsOf(has).find((one) => one.code === code)).toMatchObject({ code, path }));
    it('is not suspected', () => expect(problemsOf(looksSo).map((one) => one.code)).not.toContain(code));
  });
  it('unknown_node is found at both ends of an edge, in interrupts and in the error handler', () => {
    const dangling: Flow = {
      ...sound,
      edges: [
        { id: 'a', source: 'ghost', sourceHandle: 'next', target: 'hello' },
        { id: 'b', source: 'start', sourceHandle: 'next', target: 'ghost' },
      ],
      settings: { ...sound.settings, interrupts: [{ keywords: ['x'], target: 'ghost' }], onError: { target: 'ghost' } },
    };
    expect(problemsOf(dangling).flatMap(({ code, path }) => (code === 'unknown_node' ? [path] : []))).toEqual([
      '/edges/0/source',
      '/edges/1/target',
      '/settings/interrupts/0/target',
      '/settings/onError/target',
    ]);
  });
  it('errors stop the machine, warnings do not', () => {
    expect(compileFlow(helloSays(7), talkTypes).machine).toBe(null);
    expect(compileFlow(flowOf(two, wired), talkTypes).machine).not.toBe(null);
  });
  it('too_large: a machine holds at most 5,000 states', () => {
    const nodes = Array.from({ length: 5_000 }, (_, i) => ({
      id: `n${i}`,
      type: 'test.rest',
      config: { duration: 'PT1S' },
    }));
    expect(compileFlow({ ...sound, nodes, edges: [] }, talkTypes).problems).toMatchObject([{ code: 'too_large' }]);
  });
  it('a long row of nodes overflows nothing', () => {
    const names = Array.from({ length: 1_999 }, (_, i) => `n${i}`);
    const row = flowOf(
      Object.fromEntries(names.map((name) => [name, ['say', { text: 'x' }] as [string, Record<string, unknown>]])),
      ['start.next>n0', ...names.slice(1).map((name, i) => `n${i}.next>${name}`), 'n1998.next>n0'],
    );
    expect(problemsOf(row).map((one) => one.code)).toEqual(['loop_without_wait']);
  });
});
