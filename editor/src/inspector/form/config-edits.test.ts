import { applyEdits, Flow, type FlowNode } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { valueAt } from '../../document/value-at.ts';
import { idFrom, isProvisional, provisionalId } from './choice-id.ts';
import { configEdits, renameChoiceEdits } from './config-edits.ts';
import { withValue } from './paths.ts';

const flow = Flow.parse({
  format: 'parley.flow/1',
  nodes: [
    {
      id: 'menu',
      type: 'chat.buttons',
      config: {
        text: 'Well?',
        extra: 1,
        buttons: [
          { id: 'yes', title: 'Yes' },
          { id: 'no', title: 'No' },
        ],
      },
    },
    { id: 'bye', type: 'logic.end', config: {} },
  ],
  edges: [
    { id: 'e1', source: 'menu', sourceHandle: 'yes', target: 'bye' },
    { id: 'e2', source: 'menu', sourceHandle: 'no', target: 'bye' },
  ],
  translations: { es: { 'menu.buttons.no.title': 'No', 'menu.text': '¿Y bien?' } },
});
const menu = flow.nodes[0] as FlowNode;

describe('editing a config', () => {
  it('takes the edge and the translations of a removed button along, in one act that can be undone', () => {
    const edits = configEdits(flow, menu, withValue(menu.config, ['buttons'], [{ id: 'yes', title: 'Yes' }]));
    const after = applyEdits(flow, edits);
    if (!after.ok) throw new Error(after.problem.message);
    expect(after.flow.edges.map(({ id }) => id)).toEqual(['e1']);
    expect(after.flow.translations.es).toEqual({ 'menu.text': '¿Y bien?' });
    const back = applyEdits(after.flow, after.inverse);
    expect(back.ok && back.flow).toEqual(flow);
  });
  it('keeps the port of a button that only changed its words', () => {
    expect(configEdits(flow, menu, withValue(menu.config, ['buttons', 1, 'title'], 'Never'))).toHaveLength(1);
  });
  it('moves edge and translations to a new id', () => {
    const config = withValue(menu.config, ['buttons', 1, 'id'], 'never');
    const after = applyEdits(flow, renameChoiceEdits(flow, menu, config, 'no', 'never'));
    if (!after.ok) throw new Error(after.problem.message);
    expect(after.flow.edges[1]).toMatchObject({ id: 'e2', sourceHandle: 'never' });
    expect(after.flow.translations.es).toHaveProperty(['menu.buttons.never.title'], 'No');
  });
  it('keeps what no field knows, and takes a key away by undefined', () => {
    expect(withValue(menu.config, ['text'], undefined)).toEqual({ extra: 1, buttons: menu.config.buttons });
    expect(withValue({}, ['header', 'kind'], 'image')).toEqual({ header: { kind: 'image' } });
    expect(valueAt(menu.config, ['buttons', 1, 'title'])).toBe('No');
    expect(valueAt('text', ['buttons'])).toBeUndefined();
  });
  it('makes ids from titles', () => {
    expect(idFrom('Sí, claro!', [])).toBe('si-claro');
    expect(idFrom('Other', [])).toBe('other-2');
    expect(idFrom('نعم', [])).toBeNull();
    expect(provisionalId(['option2'])).toBe('option3');
    expect(isProvisional('option12')).toBe(true);
  });
});
