import { flowError, flowWarning } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { flowProblems } from '../document/flow-problem.ts';
import { flowOf } from '../document/testing.ts';
import { groupProblems, listProblems } from './problem-groups.ts';

const flow = flowOf({ a: ['chat.send', { text: 'Hi' }], b: ['chat.send', { text: 'Hi' }] }, ['a.next>b']);
const problems = [
  flowWarning('unreachable', 'x', { node: 'a', path: '/nodes/0' }),
  flowError('too_long', 'x', { node: 'b', path: '/nodes/1/config/text' }),
  flowError('no_trigger', 'x'),
  flowError('unknown_port', 'x', { edge: 'e1', path: '/edges/0' }),
  flowError('too_long', 'x', { node: 'b', path: '/nodes/1/config/text' }),
];
const listed = listProblems(flowProblems(flow, problems), flow);

describe('problems', () => {
  it('come with errors first, in the order of the flow, each with its step', () =>
    expect(listed.map(({ problem, node }) => [problem.code, node?.id])).toEqual([
      ['no_trigger', undefined],
      ['unknown_port', 'a'],
      ['too_long', 'b'],
      ['too_long', 'b'],
      ['unreachable', 'a'],
    ]));
  it('have keys of their own', () => expect(new Set(listed.map(({ key }) => key)).size).toBe(5));
  it('are grouped by step', () =>
    expect(groupProblems(listed, 'step').map(({ key, problems: all }) => [key, all.length])).toEqual([
      ['', 1],
      ['a', 2],
      ['b', 2],
    ]));
  it('and by kind', () =>
    expect(groupProblems(listed, 'kind').map(({ code, problems: all }) => [code, all.length])).toEqual([
      ['no_trigger', 1],
      ['unknown_port', 1],
      ['too_long', 2],
      ['unreachable', 1],
    ]));
});
