import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../json.ts';
import { applyEdit, applyEdits, Edit } from './edit.ts';
import { emptyFlow, type Flow } from './flow.ts';

const id = fc.constantFrom('a', 'b', 'c', 'd', 'flow');
const point = fc.tuple(fc.integer(), fc.integer());
const index = fc.option(fc.nat(6), { nil: undefined });
const node = fc.record(
  {
    id,
    type: fc.constantFrom('chat.send', 'chat.ask'),
    label: fc.string({ maxLength: 5 }),
    config: fc.dictionary(fc.constantFrom('text', 'x'), fc.jsonValue({ maxDepth: 1 })),
  },
  { requiredKeys: ['id', 'type', 'config'] },
);
const edge = fc.record({
  id: fc.constantFrom('e1', 'e2', 'e3', 'e4'),
  source: id,
  sourceHandle: fc.constantFrom('next', 'error'),
  target: id,
});
const side = fc.integer({ min: 64, max: 2_000 });
const note = fc.record(
  {
    id,
    at: point,
    text: fc.string(),
    size: fc.tuple(side, side),
    color: fc.constantFrom('green' as const, 'gray' as const),
  },
  { requiredKeys: ['id', 'at', 'text'] },
);
const group = fc.record({ id, title: fc.string({ maxLength: 5 }), nodes: fc.uniqueArray(id) });
const word = fc.constantFrom('pt', 'es', 'toString', '__proto__', 'constructor');
const value = fc.jsonValue({ maxDepth: 1 });

const byKind: { [Kind in Edit['edit']]: fc.Arbitrary<Extract<Edit, { edit: Kind }>> } = {
  addNode: fc.record({ edit: fc.constant('addNode'), node, at: fc.option(point, { nil: undefined }), index }),
  removeNode: fc.record({ edit: fc.constant('removeNode'), id }),
  setConfig: fc.record({
    edit: fc.constant('setConfig'),
    id,
    config: fc.dictionary(fc.constantFrom('text', 'y'), value),
  }),
  setLabel: fc.record({ edit: fc.constant('setLabel'), id, label: fc.option(fc.string({ maxLength: 5 })) }),
  setVersion: fc.record({ edit: fc.constant('setVersion'), id, version: fc.option(fc.integer({ min: 1, max: 3 })) }),
  connect: fc.record({ edit: fc.constant('connect'), edge, index }),
  disconnect: fc.record({ edit: fc.constant('disconnect'), id: fc.constantFrom('e1', 'e2', 'e3', 'e4') }),
  moveNodes: fc.record(
    {
      edit: fc.constant('moveNodes'),
      positions: fc.dictionary(id, fc.option(point)),
      pin: fc.boolean(),
    },
    { requiredKeys: ['edit', 'positions'] },
  ),
  addNote: fc.record({ edit: fc.constant('addNote'), note, index }),
  setNote: fc.record({ edit: fc.constant('setNote'), note }),
  removeNote: fc.record({ edit: fc.constant('removeNote'), id }),
  group: fc.record({ edit: fc.constant('group'), group, index }),
  ungroup: fc.record({ edit: fc.constant('ungroup'), id }),
  setVariable: fc.record({
    edit: fc.constant('setVariable'),
    variable: fc.record({ name: fc.constantFrom('x', 'order.number'), type: fc.constantFrom('text', 'any') }),
    index,
  }),
  removeVariable: fc.record({ edit: fc.constant('removeVariable'), name: fc.constantFrom('x', 'order.number') }),
  setSetting: fc.record({
    edit: fc.constant('setSetting'),
    name: fc.constantFrom('language', 'priority', 'expireAfter', 'mine', 'constructor', '__proto__'),
    value: fc.oneof(fc.constantFrom('pt', 'P1D', 5, undefined), value) as fc.Arbitrary<
      Extract<Edit, { edit: 'setSetting' }>['value']
    >,
  }),
  setTranslation: fc.record({
    edit: fc.constant('setTranslation'),
    language: word,
    key: fc.constantFrom('a.text', 'constructor', '__proto__', 'length'),
    text: fc.option(fc.string()),
  }),
  rename: fc.record({ edit: fc.constant('rename'), name: fc.string() }),
};
/** What makes things comes more often, or most flows would be empty and most edits refused. */
const MAKERS: Edit['edit'][] = ['addNode', 'connect', 'addNote', 'group', 'setVariable'];
const anyEdit = fc.oneof(
  ...Object.entries(byKind).map(([kind, arbitrary]) => ({
    arbitrary: arbitrary as fc.Arbitrary<Edit>,
    weight: MAKERS.some((one) => one === kind) ? 6 : 1,
  })),
);
const edits = fc.array(anyEdit, { maxLength: 60, size: 'max' });

/** A flow that came to be by edits, as every flow of the canvas does; what cannot be made is left out. */
const drawn = (wanted: readonly Edit[]): Flow =>
  wanted.reduce((flow, edit) => {
    const result = applyEdit(flow, edit);
    return result.ok ? result.flow : flow;
  }, emptyFlow('Drawn'));

/** Those of some edits that can be made one after the other. */
function possible(flow: Flow, wanted: readonly Edit[]): Edit[] {
  let at = flow;
  return wanted.filter((edit) => {
    const result = applyEdit(at, edit);
    if (result.ok) at = result.flow;
    return result.ok;
  });
}

function made(flow: Flow, wanted: readonly Edit[]): { flow: Flow; inverse: Edit[] } {
  const result = applyEdits(flow, wanted);
  if (!result.ok) throw new Error(result.problem.message);
  return result;
}

/** Edits travel as JSON between canvas, API and history. */
const sent = (edits: readonly Edit[]): Edit[] => JSON.parse(JSON.stringify(edits));

describe('every edit can be taken back', () => {
  it.each(Object.entries(byKind))('%s', (_, edit) =>
    fc.assert(
      fc.property(edits, edit, (before, last) => {
        const flow = drawn(before);
        const text = canonicalJson(flow);
        const result = applyEdit(flow, last as Edit);
        expect(canonicalJson(flow)).toBe(text);
        if (!result.ok) return;
        const back = made(result.flow, sent(result.inverse));
        expect(canonicalJson(back.flow)).toBe(text);
        expect(canonicalJson(made(back.flow, sent(back.inverse)).flow)).toBe(canonicalJson(result.flow));
      }),
      { numRuns: 150 },
    ),
  );
  it('and many together', () =>
    fc.assert(
      fc.property(edits, edits, (before, more) => {
        const flow = drawn(before);
        const after = made(flow, possible(flow, more));
        expect(canonicalJson(made(after.flow, after.inverse).flow)).toBe(canonicalJson(flow));
      }),
      { numRuns: 300 },
    ));
  it('by edits that fit their own schema', () =>
    fc.assert(
      fc.property(edits, (wanted) => {
        const flow = drawn([]);
        for (const edit of sent(made(flow, possible(flow, wanted)).inverse)) Edit.parse(edit);
      }),
    ));
  it('or none of them is made', () => {
    const flow = drawn([]);
    expect(
      applyEdits(flow, [
        { edit: 'rename', name: 'New' },
        { edit: 'removeNode', id: 'ghost' },
      ]),
    ).toMatchObject({ ok: false });
    expect(flow.name).toBe('Drawn');
  });
});

describe('an edit', () => {
  const flow = drawn([
    { edit: 'addNode', node: { id: 'a', type: 'chat.ask', config: {} }, at: [1, 2] },
    { edit: 'addNode', node: { id: 'b', type: 'chat.send', config: {} } },
    { edit: 'connect', edge: { id: 'e1', source: 'a', sourceHandle: 'next', target: 'b' } },
    { edit: 'group', group: { id: 'g', title: 'Both', nodes: ['a', 'b'] } },
  ]);
  const refusal = (edit: Edit) => {
    const result = applyEdit(flow, edit);
    return result.ok ? null : result.problem.code;
  };
  it('that removes a node takes its edges and its places along', () => {
    const result = applyEdit(flow, { edit: 'removeNode', id: 'a' });
    expect(result).toMatchObject({
      ok: true,
      flow: { nodes: [{ id: 'b' }], edges: [], layout: { nodes: {}, groups: [{ nodes: ['b'] }] } },
    });
  });
  it('that connects a port again replaces its edge', () => {
    const result = applyEdit(flow, {
      edit: 'connect',
      edge: { id: 'e2', source: 'a', sourceHandle: 'next', target: 'a' },
    });
    expect(result).toMatchObject({ ok: true, flow: { edges: [{ id: 'e2' }] } });
  });
  it.each([
    ['duplicate_id', { edit: 'addNode', node: { id: 'a', type: 'chat.ask', config: {} } }],
    ['unknown_node', { edit: 'removeNode', id: 'ghost' }],
    ['unknown_node', { edit: 'setLabel', id: 'ghost', label: null }],
    ['unknown_node', { edit: 'moveNodes', positions: { ghost: [0, 0] } }],
    ['unknown_node', { edit: 'connect', edge: { id: 'e2', source: 'a', sourceHandle: 'x', target: 'ghost' } }],
    ['duplicate_id', { edit: 'connect', edge: { id: 'e1', source: 'a', sourceHandle: 'x', target: 'b' } }],
    ['unknown_edge', { edit: 'disconnect', id: 'e2' }],
    ['unknown_note', { edit: 'removeNote', id: 'n' }],
    ['unknown_group', { edit: 'ungroup', id: 'h' }],
    ['unknown_variable', { edit: 'removeVariable', name: 'x' }],
    ['reserved_name', { edit: 'setSetting', name: 'constructor', value: 1 }],
    ['reserved_name', { edit: 'setTranslation', language: 'pt', key: 'constructor', text: 'x' }],
    ['reserved_name', { edit: 'setTranslation', language: '__proto__', key: 'a', text: 'x' }],
    ['invalid_edit', { edit: 'setSetting', name: 'priority', value: 'high' }],
    ['invalid_edit', { edit: 'rename', name: 'x'.repeat(201) }],
  ] as [string, Edit][])('is refused with %s: %j', (code, edit) => expect(refusal(edit)).toBe(code));
});
