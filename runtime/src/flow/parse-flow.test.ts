import { describe, expect, it } from 'vitest';
import { MAX_EDGES, MAX_NODES } from './flow.ts';
import { parseFlow } from './parse-flow.ts';

const document = (more: Record<string, unknown> = {}) => ({
  format: 'parley.flow/1',
  name: 'Order status',
  nodes: [{ id: 'start', type: 'trigger.message', config: {} }],
  ...more,
});
const codes = (input: unknown): string[] => parseFlow(input).problems.map((one) => one.code);
const nest = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth));

describe('a flow document', () => {
  it('gets its defaults', () => {
    expect(parseFlow(document())).toEqual({
      flow: {
        ...document(),
        edges: [],
        variables: [],
        settings: { language: 'en', interrupts: [], priority: 0, channels: [] },
        translations: {},
        layout: { nodes: {}, groups: [], notes: [] },
      },
      problems: [],
    });
  });
  it('keeps settings that this release does not know', () =>
    expect(parseFlow(document({ settings: { theme: 'dark' } })).flow?.settings).toMatchObject({ theme: 'dark' }));
  it('keeps the size and the colour of a note, and adds none', () => {
    const notes = [
      { id: 'a', at: [0, 0], text: 'Ask Ana', size: [320, 160], color: 'blue' },
      { id: 'b', at: [0, 200], text: '' },
    ];
    expect(parseFlow(document({ layout: { notes } })).flow?.layout.notes).toEqual(notes);
  });
  it.each([
    ['/layout/notes/0/color', { color: 'ultraviolet' }],
    ['/layout/notes/0/size/0', { size: [0, 100] }],
  ])('names what is wrong with a note: %s', (path, more) => {
    const notes = [{ id: 'a', at: [0, 0], text: '', ...more }];
    expect(parseFlow(document({ layout: { notes } })).problems).toMatchObject([{ path }]);
  });
  it('may hold edges that run in circles', () =>
    expect(codes(document({ edges: [{ id: 'e', source: 'start', sourceHandle: 'next', target: 'start' }] }))).toEqual(
      [],
    ));
});

describe('problems', () => {
  it.each([null, undefined, 12, 'text', 'x'.repeat(10_000_000), [], [[]], true])('not_a_flow: %#', (input) =>
    expect(codes(input)).toEqual(['not_a_flow']),
  );
  it('newer_format names both formats; a stranger one is only invalid', () => {
    expect(parseFlow(document({ format: 'parley.flow/2' })).problems).toEqual([
      {
        severity: 'error',
        code: 'newer_format',
        node: null,
        edge: null,
        path: '/format',
        message: 'This flow has the format parley.flow/2; this release reads parley.flow/1. Update Parley.',
      },
    ]);
    expect(codes(document({ format: 'typebot/6' }))).toEqual(['invalid_document']);
    expect(codes({})).toEqual(['invalid_document', 'invalid_document']);
  });
  it('invalid_document names node, path and remedy, all at once', () => {
    const nodes = [
      { id: 'a b', type: 'trigger.message' },
      { id: 'ok', type: 'Nonsense' },
      null,
      { id: 'long', type: 'chat.send', label: 'x'.repeat(201) },
    ];
    expect(parseFlow(document({ nodes })).problems.map(({ node, path, message }) => ({ node, path, message }))).toEqual(
      [
        { node: 'a b', path: '/nodes/0/id', message: 'id: Use 1 to 64 letters, digits, "-" or "_".' },
        { node: 'ok', path: '/nodes/1/type', message: 'type: Write the type as package.node, such as chat.ask.' },
        { node: null, path: '/nodes/2', message: 'nodes: Write an object, not null.' },
        { node: 'long', path: '/nodes/3/label', message: 'Shorten label to 200 characters.' },
      ],
    );
  });
  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', '$main', 'a.b', '', 'x'.repeat(65)])(
    'a node may not be called %j',
    (id) => expect(codes(document({ nodes: [{ id, type: 'chat.send' }] }))).toContain('invalid_document'),
  );
  it('a node may be called flow, or 0', () =>
    expect(
      codes(
        document({
          nodes: [
            { id: 'flow', type: 'chat.send' },
            { id: '0', type: 'chat.send' },
          ],
        }),
      ),
    ).toEqual([]));
  it.each(['__proto__', 'order.__proto__', 'constructor.name', '1st', 'a..b', 'a b'])(
    'a variable may not be called %j',
    (name) => expect(codes(document({ variables: [{ name }] }))).toContain('invalid_document'),
  );
  it('duplicate_id for nodes and for edges, not for one of each', () => {
    const node = { id: 'a', type: 'chat.send' };
    const edge = { id: 'a', source: 'a', sourceHandle: 'next', target: 'a' };
    expect(parseFlow(document({ nodes: [node, node] })).problems).toMatchObject([
      { code: 'duplicate_id', node: 'a', path: '/nodes/1/id' },
    ]);
    expect(parseFlow(document({ nodes: [node], edges: [edge, edge] })).problems).toMatchObject([
      { code: 'duplicate_id', edge: 'a', path: '/edges/1/id' },
    ]);
    expect(codes(document({ nodes: [node], edges: [edge] }))).toEqual([]);
  });
  it('too_large for deep nesting, not for what fits', () => {
    const config = (value: unknown) => document({ nodes: [{ id: 'a', type: 'data.set', config: { value } }] });
    expect(codes(config(nest(100_000)))).toEqual(['too_large']);
    expect(codes(document({ variables: [{ name: 'a', initial: nest(100_000) }] }))).toEqual(['too_large']);
    expect(codes(config(nest(40)))).toEqual([]);
    expect(codes(config('x'.repeat(10_000_000)))).toEqual([]);
    expect(codes(config('x'.repeat(20_000_001)))).toEqual(['too_large']);
  });
  it('more nodes or edges than a canvas can hold', () => {
    const nodes = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `n${i}`, type: 'chat.send' }));
    const edges = Array.from({ length: MAX_EDGES + 1 }, (_, i) => ({
      id: `e${i}`,
      source: 'start',
      sourceHandle: 'next',
      target: 'start',
    }));
    expect(parseFlow(document({ nodes: nodes(MAX_NODES + 1) })).problems).toMatchObject([
      { code: 'invalid_document', path: '/nodes', message: 'Keep at most 2000 in nodes.' },
    ]);
    expect(codes(document({ nodes: nodes(MAX_NODES) }))).toEqual([]);
    expect(codes(document({ edges }))).toEqual(['invalid_document']);
  });
  it('a flow that holds itself is answered too', () => {
    const flow: Record<string, unknown> = document();
    flow.itself = [flow, flow];
    expect(codes(flow)).toEqual(['too_large']);
  });
});

describe('keys that would reach a prototype', () => {
  const hostile = parseFlow(
    JSON.parse(`{ "format": "parley.flow/1", "__proto__": { "admin": true },
      "nodes": [{ "id": "a", "type": "data.set", "config": { "__proto__": { "admin": true } }, "__proto__": { "version": 9 } }],
      "settings": { "__proto__": { "admin": true } }, "translations": { "__proto__": { "a": "b" } },
      "layout": { "nodes": { "__proto__": [1, 2] } } }`),
  );
  it('are dropped', () => expect(JSON.stringify(hostile.flow)).not.toContain('__proto__'));
  it('change no object', () => {
    expect(({} as Record<string, unknown>).admin).toBe(undefined);
    expect(hostile.flow?.settings).not.toHaveProperty('admin');
    expect(hostile.flow?.nodes[0]?.version).toBe(undefined);
  });
});
