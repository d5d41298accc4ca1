import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseFlow } from '../flow/parse-flow.ts';
import { defineNode, nodeTypesOf } from '../node/define-node.ts';
import { flowFields, renameFlows } from './flow-references.ts';
import { IMPORTERS } from './importers.ts';
import { readParley } from './parley/read-parley.ts';

const runs = defineNode({
  type: 'logic.subflow',
  title: 'Run',
  group: 'logic',
  icon: 'x',
  description: '',
  config: z.object({ flow: z.string().meta({ input: 'flow' }), version: z.union([z.literal('latest'), z.number()]) }),
  ports: () => ['next'],
  run: () => ({ port: 'next' }),
});
const types = nodeTypesOf([runs]);
const flow = (nodes: object[], more: object = {}) => ({ format: 'parley.flow/1', name: 'A', nodes, ...more });
const caller = (id: string, called: string) => ({ id, type: 'logic.subflow', config: { flow: called, version: 2 } });

describe('our own files', () => {
  it('are one document, or several', () => {
    const one = readParley(flow([]), types);
    expect(one).toMatchObject({ ok: true, flows: [{ key: '', document: { name: 'A' } }] });
    const two = readParley(
      {
        format: 'parley.flows/1',
        flows: [
          { id: 'a', document: flow([]), tags: ['x'] },
          { id: 'b', document: flow([]) },
        ],
      },
      types,
    );
    expect(two).toMatchObject({
      ok: true,
      flows: [
        { key: 'a', tags: ['x'] },
        { key: 'b', tags: [] },
      ],
    });
  });

  it('keep what this release does not know', () => {
    const read = readParley(flow([{ id: 'n', type: 'acme.new', config: { a: 1 } }], { later: true }), types);
    expect(read).toMatchObject({
      flows: [{ document: { later: true, nodes: [{ id: 'n', type: 'acme.new', config: { a: 1 } }] } }],
      report: [{ source: 'n', outcome: 'kept', node: 'n', flow: 0 }],
    });
  });

  it('are refused whole, each fault with its place', () => {
    const files = [flow([]), flow([{ id: 'a b', type: 'x.y' }])].map((document, id) => ({ id: `f${id}`, document }));
    const read = readParley({ format: 'parley.flows/1', flows: files }, types);
    expect(read).toMatchObject({ ok: false, problems: [{ path: '/flows/1/document/nodes/0/id' }] });
  });

  it.each([null, 1, 'x', [], {}, { format: 'parley.flows/9' }, { format: 'parley.flows/1', flows: [{}] }])(
    'never throw: %j',
    (document) => {
      const read = readParley(document, types);
      expect(!read.ok && read.problems[0]?.message).toEqual(expect.any(String));
    },
  );
});

describe('references to other flows', () => {
  it('get their new names, and a pinned version goes', () => {
    const parsed = parseFlow(flow([caller('a', 'sub'), caller('b', 'gone')])).flow;
    if (!parsed) throw new Error('not a flow');
    const { document, left } = renameFlows(parsed, types, new Map([['sub', 'flw_1']]));
    expect(document.nodes.map(({ config }) => config)).toEqual([
      { flow: 'flw_1', version: 'latest' },
      { flow: 'gone', version: 2 },
    ]);
    expect(left).toEqual([{ node: 'b', flow: 'gone' }]);
    expect(parsed.nodes[0]?.config).toEqual({ flow: 'sub', version: 2 });
  });
  it('are fields of the node type', () => {
    expect(flowFields('logic.subflow', types)).toEqual(['flow']);
    expect(flowFields('acme.unknown', types)).toEqual([]);
  });
});

it('every system that can be imported is in one list', () => expect([...IMPORTERS.keys()]).toEqual(['parley']));
