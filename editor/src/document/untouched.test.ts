import { applyEdits, checkFlow } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { flowProblems } from './flow-problem.ts';
import { flowOf, nodeTypes } from './testing.ts';
import { createWorkbench } from './workbench.ts';

const ask = { text: '', answer: 'text' };
const problemsIn = (flow: ReturnType<typeof flowOf>) => flowProblems(flow, checkFlow(flow, nodeTypes));
const menu = (...titles: string[]) => ({
  text: '',
  buttons: titles.map((title, index) => ({ id: `option${index + 1}`, title })),
});
const wired = (config: Record<string, unknown>, type = 'chat.buttons') =>
  flowOf({ start: ['trigger.message', { match: 'any' }], step: [type, config] }, ['start.next>step']);

/** A workbench that has been told of a flow, and what it shows of it: `field: tone`. */
function look(flow: ReturnType<typeof flowOf>) {
  const bench = createWorkbench();
  const check = (now: ReturnType<typeof flowOf>) => bench.setProblems(problemsIn(now));
  check(flow);
  const shown = () =>
    bench.store
      .getSnapshot()
      .context.problems.filter(({ node }) => node === 'step')
      .map(({ path, severity, isUnfinished, code, values }) => {
        const field = path.replace(/^\/nodes\/\d+(\/config)?/, '') || `${code} ${values?.port ?? values?.of}`;
        return `${field} ${isUnfinished ? 'unfinished' : severity}`;
      });
  return { bench, check, shown };
}

describe('what nobody has touched', () => {
  it('is unfinished until its field is left', () => {
    const { bench, shown } = look(wired(menu('')));
    expect(shown()).toEqual(['/text unfinished', '/buttons/0/title unfinished']);
    bench.leaveField('step', '/text');
    expect(shown().slice(0, 2)).toEqual(['/text error', '/buttons/0/title unfinished']);
  });
  it('or its step is left, but not what comes later', () => {
    const { bench, check, shown } = look(wired(menu('')));
    bench.leaveNode('step');
    expect(shown().slice(0, 2)).toEqual(['/text error', '/buttons/0/title error']);
    check(wired(menu('', '')));
    expect(shown().slice(0, 3)).toEqual(['/text error', '/buttons/0/title error', '/buttons/1/title unfinished']);
  });
  it('or somebody wants to publish', () => {
    const { bench, shown } = look(wired(ask, 'chat.ask'));
    bench.leaveAll();
    expect(shown()[0]).toBe('/text error');
  });
  it('is unfinished once more when it was filled in and emptied again', () => {
    const { bench, check, shown } = look(wired(ask, 'chat.ask'));
    bench.leaveNode('step');
    check(wired({ ...ask, text: 'Name?' }, 'chat.ask'));
    check(wired(ask, 'chat.ask'));
    expect(shown()[0]).toBe('/text unfinished');
  });
  it('is wrong at once where it holds something that does not fit', () => {
    const { shown } = look(wired(menu('x'.repeat(40))));
    expect(shown()).toContain('/buttons/0/title error');
  });
  it('holds for the ways of a step that was just added, and for those alone', () => {
    const flow = wired({ ...ask, text: 'Name?' }, 'chat.ask');
    expect(look(flow).shown()).toEqual(['port_unwired invalid warning', 'dead_end question warning']);
    const { bench, check, shown } = look(flow);
    bench.addedNodes(['step']);
    check(flow);
    expect(shown()).toEqual(['port_unwired invalid unfinished', 'dead_end question unfinished']);
    bench.leaveNode('step'); // it was selected because it was added
    expect(shown()).toEqual(['port_unwired invalid unfinished', 'dead_end question unfinished']);
    bench.leaveNode('step');
    expect(shown()).toEqual(['port_unwired invalid warning', 'dead_end question warning']);
  });
});

describe('an empty field', () => {
  const sentences = (type: string, config: Record<string, unknown>) =>
    problemsIn(wired(config, type))
      .filter(({ node, path }) => node === 'step' && path.includes('/config'))
      .map(({ path, code, values }) => [path.replace('/nodes/1/config', ''), code, values?.of ?? values?.text]);
  it('is told once', () => {
    expect(sentences('chat.callToAction', { text: 'Hi', button: 'Go', url: '' })).toEqual([
      ['/url', 'missing', 'text'],
    ]);
    expect(sentences('chat.template', { name: '', language: '', parameters: {} })).toEqual([
      ['/name', 'missing', 'text'],
      ['/language', 'missing', 'text'],
    ]);
  });
  it('is told as empty, not as of another shape', () =>
    expect(sentences('logic.goTo', { target: '' })).toEqual([['/target', 'missing', 'text']]));
  it('keeps words that say more', () =>
    expect(sentences('data.set', { assign: {} })).toEqual([
      ['/assign', 'invalid_config', 'Set at least one variable.'],
    ]));
  it('stays wrong for who publishes', () => {
    const flow = wired(ask, 'chat.ask');
    expect(problemsIn(flow).filter(({ severity }) => severity === 'error')).toHaveLength(1);
    expect(applyEdits(flow, []).ok).toBe(true);
  });
});
