import { describe, expect, it } from 'vitest';
import { compileFlow } from '../compile/compile-flow.ts';
import { MAX_CALL, MAX_MEMORY, MAX_SILENT_VISITS, MAX_WALK } from '../limits.ts';
import { answered, ask, say, survey, timer } from '../testing/survey.ts';
import { after, begun, facts, flowOf, heard, talkTypes } from '../testing/talk.ts';
import { deliver, type Step, start } from './session.ts';

describe('faults', () => {
  const fault = (step: Step) => [step.status, step.fault?.code, step.fault?.node, step.effects.length];

  it('a loop is named, and says nothing', () => {
    const flow = flowOf(
      { a: ['keep', { assign: { x: 1 } }], b: ['keep', { assign: { y: 1 } }], c: ['rest', { duration: 'PT1H' }] },
      ['start.next>a', 'a.next>b', 'b.next>a'],
    );
    const { step } = begun(flow);
    expect(step).toMatchObject({
      status: 'failed',
      effects: [],
      calls: [],
      fault: { code: 'loop', nodes: ['b', 'a'] },
    });
    expect(step.trace.filter((one) => one.port === null)).toHaveLength(MAX_WALK + 1);
  });
  it('a node that leads to itself is a loop of one', () =>
    expect(begun(flowOf({ a: ['keep', { assign: {} }] }, ['start.next>a', 'a.next>a'])).step.fault?.nodes).toEqual([
      'a',
    ]));
  it('a hundred nodes in a row are none, one more is taken for one', () => {
    const row = (length: number) => {
      const names = Array.from({ length }, (_, i) => `n${i}`);
      return flowOf(
        Object.fromEntries(names.map((name) => [name, ['keep', { assign: {} }] as [string, Record<string, unknown>]])),
        ['start.next>n0', ...names.slice(1).map((name, i) => `n${i}.next>${name}`)],
      );
    };
    expect(begun(row(MAX_WALK - 1)).step.status).toBe('done');
    expect(begun(row(MAX_WALK)).step.fault?.code).toBe('loop');
  });
  it('calls that call each other end', () => {
    const flow = flowOf({ a: ['look', { what: 'a' }], b: ['look', { what: 'b' }] }, [
      'start.next>a',
      'a.next>b',
      'b.next>a',
    ]);
    const { compiled, step } = begun(flow);
    let at = step;
    let steps = 0;
    for (; at.status === 'calling'; steps++) at = after(compiled, at, answered(at.calls[0]?.visit ?? 0));
    expect([steps, at.fault?.code]).toEqual([MAX_WALK - 1, 'loop']);
  });
  it('a flow that only talks to its clock ends', () => {
    const { compiled, step } = begun(flowOf({ a: ['rest', { duration: 'PT1H' }] }, ['start.next>a', 'a.next>a']));
    let at = step;
    for (let i = 0; i < MAX_SILENT_VISITS && at.status === 'waiting'; i++)
      at = after(compiled, at, timer(at.snapshot.memory.visit, 'over'));
    expect(at.fault?.code).toBe('endless');
  });
  it('too many messages say nothing', () => {
    const names = Array.from({ length: 33 }, (_, i) => `n${i}`);
    const flow = (count: number) =>
      flowOf(Object.fromEntries(names.slice(0, count).map((name) => [name, say('x')])), [
        'start.next>n0',
        ...names.slice(1, count).map((name, i) => `n${i}.next>${name}`),
      ]);
    expect(fault(begun(flow(33)).step)).toEqual(['failed', 'too_many_effects', 'n32', 0]);
    expect(begun(flow(32)).step.effects).toHaveLength(32);
  });
  it('a place that is gone', () => {
    const { compiled, step } = begun(survey);
    const gone = deliver(compiled, { ...step.snapshot, at: 'constructor' }, heard('hi'));
    expect(fault(gone)).toEqual(['failed', 'place_gone', 'constructor', 0]);
    const smaller = compileFlow(flowOf({ q: ask('?') }, ['start.next>q']), talkTypes);
    expect(fault(after(smaller, step, heard('hi')))).toEqual(['failed', 'place_gone', 'name', 0]);
  });
  it('a trigger that is gone, or is none', () => {
    const { compiled } = begun(survey);
    for (const target of ['ghost', 'name', '__proto__'])
      expect(fault(start(compiled, { session: 's', target, message: null, facts }))).toEqual([
        'failed',
        'place_gone',
        target,
        0,
      ]);
  });
  it('a memory too large, counted in bytes', () => {
    const { compiled, step } = begun(
      flowOf({ q: ask('?', { saveAs: 'a' }), r: ask('!', { saveAs: 'b' }), s: ask('.') }, [
        'start.next>q',
        'q.next>r',
        'r.next>s',
      ]),
    );
    const long = 'é'.repeat(45_000);
    const second = after(compiled, step, heard(long));
    expect(second.status).toBe('waiting');
    const third = after(compiled, second, heard(long));
    expect(fault(third)).toEqual(['failed', 'memory_too_large', 'r', 0]);
    expect(JSON.stringify(third.snapshot).length).toBeLessThan(MAX_MEMORY);
  });
  it('a value that doubles itself', () => {
    const names = Array.from({ length: 40 }, (_, i) => `n${i}`);
    const flow = flowOf(
      Object.fromEntries(
        names.map((name) => [
          name,
          ['keep', { assign: { a: ['{{a}}', '{{a}}'] } }] as [string, Record<string, unknown>],
        ]),
      ),
      ['start.next>n0', ...names.slice(1).map((name, i) => `n${i}.next>${name}`)],
    );
    const { step } = begun(flow);
    expect(step.fault?.code).toBe('value_too_large');
    expect(JSON.stringify(step.snapshot).length).toBeLessThan(MAX_MEMORY);
  });
  it('a node that throws, or takes a port it does not have', () => {
    expect(fault(begun(flowOf({ a: ['broken', {}] }, ['start.next>a'])).step)).toEqual([
      'failed',
      'node_failed',
      'a',
      0,
    ]);
    expect(fault(begun(flowOf({ a: ['lost', {}] }, ['start.next>a'])).step)).toEqual([
      'failed',
      'unknown_port',
      'a',
      0,
    ]);
  });
  it('a request too large', () => {
    const asking = (length: number) => flowOf({ a: ['look', { what: 'x'.repeat(length) }] }, ['start.next>a']);
    expect(fault(begun(asking(MAX_CALL)).step)).toEqual(['failed', 'request_too_large', 'a', 0]);
    expect(begun(asking(MAX_CALL - 100)).step.status).toBe('calling');
  });
  it('a template that runs too long', () => {
    const flow = flowOf(
      { a: ['keep', { assign: { a: '{{#each l}}{{#each ../l}}x{{/each}}{{/each}}' } }] },
      ['start.next>a'],
      {
        variables: [{ name: 'l', initial: Array.from({ length: 100 }, () => 1) }],
      },
    );
    expect(fault(begun(flow).step)).toEqual(['failed', 'template_limit', 'a', 0]);
  });
  it('a timer that is no duration', () => {
    const flow = flowOf({ a: ['rest', { duration: '{{message.text}}' }] }, ['start.next>a']);
    expect(fault(begun(flow, 'soon').step)).toEqual(['failed', 'not_a_duration', 'a', 0]);
    expect(begun(flow, 'PT5M').step.status).toBe('waiting');
  });
});
