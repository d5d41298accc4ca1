import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FLOW_FORMAT, Flow } from '../flow/flow.ts';
import { inboundText } from '../message/inbound.ts';
import { defineNode, nodeTypesOf, TRIGGER_RANKS, type TriggerKind } from '../node/define-node.ts';
import { chooseTrigger, type LiveFlow } from './choose-trigger.ts';

const KINDS = Object.keys(TRIGGER_RANKS) as TriggerKind[];

/** Claims every message in the way that its config says; `first` only a first one. */
const claim = defineNode({
  type: 'test.claim',
  title: 'Claims',
  group: 'trigger',
  icon: 'test',
  description: 'For tests.',
  config: z.strictObject({ kind: z.enum(KINDS) }),
  ports: () => ['next'],
  claims: ({ kind }, { first }) => (kind === 'first' && !first ? null : { kind, by: kind }),
  run: () => ({ port: 'next' }),
});
const types = nodeTypesOf([claim]);

function live(
  id: string,
  kinds: string[],
  more: { priority?: number; channels?: string[]; day?: number } = {},
): LiveFlow {
  const { priority = 0, channels = [], day = 1 } = more;
  const nodes = kinds.map((kind, index) => ({ id: `${kind}${index}`, type: 'test.claim', config: { kind } }));
  return {
    id,
    version: 3,
    createdAt: new Date(Date.UTC(2026, 0, day)),
    document: Flow.parse({ format: FLOW_FORMAT, nodes, settings: { priority, channels } }),
  };
}
const winner = (flows: LiveFlow[], first = true, channel = 'chn_1') =>
  chooseTrigger(flows, types, { message: inboundText('hi'), first, channel });

describe('which flow wins', () => {
  it('follows the order of the API: button, referral, equals, starts, contains, pattern, first, any', () =>
    expect(KINDS).toEqual(['button', 'referral', 'equals', 'starts', 'contains', 'pattern', 'first', 'any']));
  it.each(KINDS.slice(1).map((kind, index) => [KINDS[index] as string, kind]))('%s before %s', (better, worse) => {
    const worseInAllElse = live('flw_a', [worse], { priority: 1_000, day: 1 });
    const flows = [worseInAllElse, live('flw_b', [better], { priority: -1_000, day: 2 })];
    expect(winner(flows)?.flow).toBe('flw_b');
    expect(winner(flows.toReversed())?.flow).toBe('flw_b');
  });
  it('then the higher priority, before age', () =>
    expect(winner([live('flw_a', ['any']), live('flw_b', ['any'], { priority: 1, day: 9 })])?.flow).toBe('flw_b'));
  it('then the older flow, before the id', () =>
    expect(winner([live('flw_a', ['any'], { day: 9 }), live('flw_b', ['any'], { day: 2 })])?.flow).toBe('flw_b'));
  it('then the smaller id, whatever the order of the list', () => {
    const flows = [live('flw_b', ['any']), live('flw_a', ['any'])];
    expect([winner(flows)?.flow, winner(flows.toReversed())?.flow]).toEqual(['flw_a', 'flw_a']);
  });
  it('and in one flow the better claim, then the earlier node', () => {
    expect(winner([live('flw_a', ['any', 'equals', 'equals'])])?.node).toBe('equals1');
  });
  it('says why', () =>
    expect(winner([live('flw_a', ['contains'])])).toEqual({
      flow: 'flw_a',
      version: 3,
      node: 'contains0',
      kind: 'contains',
      by: 'contains',
    }));
});

describe('which flows take part', () => {
  it('those of the channel, or of all channels', () => {
    const flows = [live('flw_a', ['equals'], { channels: ['chn_2'] }), live('flw_b', ['any'])];
    expect(winner(flows)?.flow).toBe('flw_b');
    expect(winner(flows, true, 'chn_2')?.flow).toBe('flw_a');
  });
  it('not those that claim nothing', () => expect(winner([live('flw_a', ['first'])], false)).toBe(null));
  it('not those whose trigger is broken or unknown', () => {
    const broken = live('flw_a', ['nonsense']);
    const unknown = {
      ...broken,
      document: { ...broken.document, nodes: [{ id: 'x', type: 'test.gone', config: {} }] },
    };
    expect(winner([broken, unknown])).toBe(null);
  });
  it('none is none', () => expect(winner([])).toBe(null));
});
