import { describe, expect, it } from 'vitest';
import { checkFlow } from '../check/check-flow.ts';
import { compileFlow } from '../compile/compile-flow.ts';
import type { Flow } from '../flow/flow.ts';
import { after, begun, facts, flowOf, heard, said, talkTypes } from '../testing/talk.ts';
import { deliver } from './session.ts';

/** Asks for a size and gives it back; "none" ends by the outcome `declined`, "oops" as failed. */
const size = flowOf(
  {
    ask: ['ask', { text: 'Size of {{thing}}?', saveAs: 'size' }],
    give: ['end', { outputs: { chosen: '{{thing}} {{size}}' } }],
  },
  ['start.next>ask', 'ask.next>give'],
  { variables: [{ name: 'thing', type: 'text', initial: 'it' }] },
);
const order = (wires: string[], inputs: Record<string, unknown> = { thing: '{{thing}}' }): Flow =>
  flowOf(
    {
      thing: ['keep', { assign: { thing: 'pizza', size: 'outer' } }],
      order: ['inside', { flow: 'size', inputs, outputs: { result: 'chosen' } }],
      bye: ['say', { text: 'So {{result}}, {{size}}.' }],
      sorry: ['say', { text: 'Sorry: {{size}}' }],
      menu: ['ask', { text: 'Menu?' }],
      back: ['back', {}],
    },
    ['start.next>thing', 'thing.next>order', 'order.next>bye', 'menu.next>back', ...wires],
    { settings: { interrupts: [{ keywords: ['menu'], target: 'menu' }] } },
  );

describe('a flow inside a flow', () => {
  it('sees its inputs and its own variables only, and gives its outputs back', () => {
    const { compiled, step } = begun(order([]), 'hi', { size });
    expect(said(step)).toEqual(['Size of pizza?']);
    expect(step.snapshot.at).toBe('order/ask');
    const done = after(compiled, step, heard('XL'));
    expect(said(done)).toEqual(['So pizza XL, outer.']);
    expect(done.status).toBe('done');
    expect(done.snapshot.memory.scopes).toEqual({ '': { thing: 'pizza', size: 'outer', result: 'pizza XL' } });
    expect(done.trace.map(({ node, port }) => `${node}:${port}`)).toEqual([
      'order/ask:next',
      'order/give:null',
      'order/give:$end',
      'order:next',
      'bye:null',
      'bye:next',
    ]);
  });

  it('begins with its declared values where an input is left out', () => {
    const { step } = begun(order([], {}), 'hi', { size });
    expect(said(step)).toEqual(['Size of it?']);
  });

  it('ends by an unwired port like by its end', () => {
    const plain = flowOf({ ask: ['ask', { text: 'Well?', saveAs: 'chosen' }] }, ['start.next>ask']);
    const { compiled, step } = begun(order([]), 'hi', { size: plain });
    expect(said(after(compiled, step, heard('S')))).toEqual(['So S, outer.']);
  });

  it('comes back by the outcome that its end names; one that the call does not have is next', () => {
    const declining = (outcome: string) => flowOf({ no: ['end', { outcome }] }, ['start.next>no']);
    const wires = ['order.declined>sorry'];
    expect(said(begun(order(wires), 'hi', { size: declining('declined') }).step)).toEqual(['Sorry: outer']);
    expect(said(begun(order(wires), 'hi', { size: declining('other') }).step)).toEqual(['So , outer.']);
  });

  it('is left by an interrupt and come back to, with its variables and its question', () => {
    const { compiled, step } = begun(order([]), 'hi', { size });
    const menu = after(compiled, step, heard('menu'));
    expect(said(menu)).toEqual(['Menu?']);
    const back = after(compiled, menu, heard('no'));
    expect(said(back)).toEqual(['Size of pizza?']);
    expect(said(after(compiled, back, heard('L')))).toEqual(['So pizza L, outer.']);
  });

  it('may run twice in one flow without sharing anything', () => {
    const twice = flowOf(
      {
        a: ['inside', { flow: 'size', inputs: { thing: 'A' }, outputs: { first: 'chosen' } }],
        b: ['inside', { flow: 'size', inputs: { thing: 'B' }, outputs: { second: 'chosen' } }],
        bye: ['say', { text: '{{first}}, {{second}}' }],
      },
      ['start.next>a', 'a.next>b', 'b.next>bye'],
    );
    const { compiled, step } = begun(twice, 'hi', { size });
    const second = after(compiled, step, heard('1'));
    expect(said(second)).toEqual(['Size of B?']);
    expect(said(after(compiled, second, heard('2')))).toEqual(['A 1, B 2']);
  });

  it('runs again from its beginning when an edge leads back to it', () => {
    const again = order(['bye.next>order']);
    const { compiled, step } = begun(again, 'hi', { size });
    const next = after(compiled, step, heard('M'));
    expect(said(next)).toEqual(['So pizza M, outer.', 'Size of pizza?']);
    const itself = begun(order(['order.declined>order']), 'hi', {
      size: flowOf({ ask: ['ask', { text: 'Again?' }], no: ['end', { outcome: 'declined' }] }, [
        'start.next>ask',
        'ask.next>no',
      ]),
    });
    expect(said(after(itself.compiled, itself.step, heard('x')))).toEqual(['Again?']);
  });

  it('three deep', () => {
    const wrap = (inner: string) =>
      flowOf({ in: ['inside', { flow: inner, inputs: { thing: 'deep' }, outputs: { chosen: 'chosen' } }] }, [
        'start.next>in',
      ]);
    const { compiled, step } = begun(order([]), 'hi', { size: wrap('b'), b: wrap('c'), c: size });
    expect(step.snapshot.at).toBe('order/in/in/ask');
    expect(said(after(compiled, step, heard('S')))).toEqual(['So deep S, outer.']);
  });
});

describe('what fails inside', () => {
  const broken = flowOf({ bad: ['broken', {}] }, ['start.next>bad']);
  const failing = flowOf({ no: ['end', { reason: 'Sold out.' }] }, ['start.next>no']);
  const handled = flowOf({ bad: ['broken', {}], ok: ['keep', { assign: { chosen: 'rescued' } }] }, ['start.next>bad'], {
    settings: { onError: { target: 'ok' } },
  });

  it('is taken by its own handler first', () =>
    expect(said(begun(order([]), 'hi', { size: handled }).step)).toEqual(['So rescued, outer.']));

  it('else by the error port of the call, with the variables of the caller', () => {
    for (const inner of [broken, failing])
      expect(said(begun(order(['order.error>sorry']), 'hi', { size: inner }).step)).toEqual(['Sorry: outer']);
  });

  it("else by the caller's handler", () => {
    const flow = order([]);
    flow.settings.onError = { target: 'sorry' };
    expect(said(begun(flow, 'hi', { size: failing }).step)).toEqual(['Sorry: outer']);
  });

  it('else it ends the session, and says what broke', () => {
    expect(begun(order([]), 'hi', { size: failing }).step).toMatchObject({
      status: 'failed',
      fault: { code: 'ended_failed', message: 'Sold out.', node: 'order' },
    });
  });

  it('a handler that fails itself is not asked again: the call is', () => {
    const flow = flowOf({ bad: ['broken', {}], worse: ['broken', {}] }, ['start.next>bad'], {
      settings: { onError: { target: 'worse' } },
    });
    expect(said(begun(order(['order.error>sorry']), 'hi', { size: flow }).step)).toEqual(['Sorry: outer']);
  });

  it('a send that failed without a wire', () => {
    const talkative = flowOf({ say: ['say', { text: 'Hi' }], ask: ['ask', { text: 'Well?' }] }, [
      'start.next>say',
      'say.next>ask',
    ]);
    const refused = { type: 'effect.failed' as const, ordinal: 0, error: '131026', facts };
    const wired = begun(order(['order.error>sorry']), 'hi', { size: talkative });
    expect(said(deliver(wired.compiled, wired.step.snapshot, refused))).toEqual(['Sorry: outer']);
    const { compiled, step } = begun(order([]), 'hi', { size: talkative });
    expect(deliver(compiled, step.snapshot, refused)).toMatchObject({
      status: 'failed',
      fault: { code: 'send_failed' },
    });
  });

  it('an input of another type than declared', () => {
    const typed = flowOf({}, [], { variables: [{ name: 'thing', type: 'number' }] });
    const { step } = begun(order([]), 'hi', { size: typed });
    expect(step).toMatchObject({ status: 'failed', fault: { code: 'wrong_type' } });
  });
});

describe('a flow that was left inside', () => {
  const visit = flowOf(
    {
      go: ['jump', { target: 'ask', comeBack: true }],
      ask: ['ask', { text: 'Colour of {{thing}}?', saveAs: 'colour' }],
      more: ['ask', { text: 'More than {{colour}}?' }],
    },
    ['start.next>go', 'ask.next>more'],
    { variables: [{ name: 'thing', initial: 'it' }] },
  );
  const shop = flowOf(
    {
      order: ['inside', { flow: 'visit' }],
      menu: ['ask', { text: 'Menu?' }],
      back: ['back', {}],
      home: ['ask', { text: 'Home?' }],
    },
    ['start.next>order', 'order.next>back', 'menu.next>order', 'back.nowhere>home'],
    {
      settings: {
        interrupts: [{ keywords: ['menu'], target: 'menu' }],
        expireAfter: 'P1D',
        onExpire: { target: 'home' },
      },
    },
  );
  const { compiled, step } = begun(shop, 'hi', { visit });
  const more = after(compiled, step, heard('red'));

  it('by its end is no place to come back to', () => {
    expect(said(after(compiled, more, heard('no')))).toEqual(['Home?']);
  });

  it('and begun anew is not come back to where it was before', () => {
    const again = after(compiled, after(compiled, more, heard('menu')), heard('x'));
    expect(said(again)).toEqual(['Colour of it?']);
    expect(again.snapshot.memory.parked.map(({ at }) => at)).toEqual(['order/go']);
    expect(said(after(compiled, after(compiled, again, heard('blue')), heard('no')))).toEqual(['Home?']);
  });

  it('by a person, or by silence, leaves nothing behind', () => {
    const jump = { type: 'jump' as const, target: 'home', facts };
    const expired = { type: 'expired' as const, facts };
    const bare = begun(shop, 'hi', { visit: size });
    for (const event of [jump, expired])
      expect(after(bare.compiled, bare.step, event).snapshot).toMatchObject({
        at: 'home',
        memory: { scopes: { '': {} } },
      });
    expect(Object.keys(after(bare.compiled, bare.step, jump).snapshot.memory.scopes)).toEqual(['']);
  });

  it('by an output that cannot be kept has ended: the next one ends by its own outcome', () => {
    const odd = flowOf({ end: ['end', { outcome: 'declined', outputs: { count: 'many' } }] }, ['start.next>end']);
    const plain = flowOf({ say: ['say', { text: 'Plain' }] }, ['start.next>say']);
    const flow = flowOf(
      {
        odd: ['inside', { flow: 'odd', outputs: { count: 'count' } }],
        plain: ['inside', { flow: 'plain', outputs: { other: 'count' } }],
        fine: ['say', { text: 'Fine' }],
        wrong: ['say', { text: 'Declined by {{other}}' }],
      },
      ['start.next>odd', 'odd.error>plain', 'plain.next>fine', 'plain.declined>wrong'],
      { variables: [{ name: 'count', type: 'number' }] },
    );
    const { step: done } = begun(flow, 'hi', { odd, plain });
    expect(said(done)).toEqual(['Plain', 'Fine']);
    expect(done.snapshot.memory.scopes).toEqual({ '': { other: null } });
  });

  it('for another flow ends the whole session: nobody goes on behind it', () => {
    const leaving = flowOf({ go: ['other', { flow: 'flw_2' }] }, ['start.next>go']);
    const { step: gone } = begun(order([]), 'hi', { size: leaving });
    expect([gone.status, ...said(gone)]).toEqual(['done', 'flow.start']);
  });

  it('gives outputs with dots back', () => {
    const dotted = flowOf({ end: ['end', { outputs: { 'a.b': 'deep' } }] }, ['start.next>end']);
    const flow = flowOf(
      { in: ['inside', { flow: 'dotted', outputs: { 'x.y': 'a.b' } }], bye: ['say', { text: '{{x.y}}' }] },
      ['start.next>in', 'in.next>bye'],
    );
    expect(said(begun(flow, 'hi', { dotted }).step)).toEqual(['deep']);
  });

  it('a node that has become one is another place', () => {
    const before = begun(flowOf({ order: ['ask', { text: 'Order?' }] }, ['start.next>order'])).step;
    expect(deliver(compiled, before.snapshot, heard('x'))).toMatchObject({
      status: 'failed',
      fault: { code: 'place_gone' },
    });
  });
});

describe('flows that cannot run inside', () => {
  const codes = (flows: Record<string, Flow>) =>
    compileFlow(order([]), talkTypes, (id) => flows[id] ?? null).problems.map(({ code, node, path }) => [
      code,
      node,
      path,
    ]);
  const at = ['order', '/nodes/2/config/flow'];
  const calling = (id: string) => flowOf({ in: ['inside', { flow: id }] }, ['start.next>in']);

  it('because there is none', () => expect(codes({})).toEqual([['no_such_flow', ...at]]));
  it('because it calls itself, with the way there', () => {
    const { problems } = compileFlow(
      order([]),
      talkTypes,
      (id) => ({ size: calling('b'), b: calling('size') })[id] ?? null,
    );
    expect(problems).toMatchObject([{ code: 'calls_itself', message: expect.stringContaining('size -> b -> size') }]);
  });
  it('because it is too deep', () =>
    expect(
      codes({ size: calling('1'), 1: calling('2'), 2: calling('3'), 3: calling('4'), 4: calling('5'), 5: size }),
    ).toEqual([['too_deep', ...at]]));
  it('because there are too many of them', () => {
    const long = flowOf(
      Object.fromEntries(Array.from({ length: 1_900 }, (_, i) => [`n${i}`, ['say', { text: 'Hi' }]])),
      ['start.next>n0'],
    );
    const thrice = flowOf(
      { a: ['inside', { flow: 'l' }], b: ['inside', { flow: 'l' }], c: ['inside', { flow: 'l' }] },
      [],
    );
    const library = () => long;
    for (const found of [compileFlow(thrice, talkTypes, library).problems, checkFlow(thrice, talkTypes, library)])
      expect(found.filter(({ severity }) => severity === 'error')).toMatchObject([{ code: 'too_large' }]);
  });
  it('because it is broken', () => expect(codes({ size: calling('') })).toEqual([['no_such_flow', ...at]]));
  it('because its nodes cannot be read', () =>
    expect(codes({ size: flowOf({ bad: ['say', {}] }, ['start.next>bad']) })).toEqual([['subflow_broken', ...at]]));
  it('because nothing begins it', () => {
    const { nodes: _, ...rest } = size;
    expect(codes({ size: { ...rest, nodes: [], edges: [] } })).toEqual([['no_trigger', ...at]]);
  });
});

describe('two sends of one step that fail both', () => {
  const flow = flowOf(
    {
      one: ['say', { text: 'One' }],
      two: ['say', { text: 'Two' }],
      ask: ['ask', { text: 'Well?' }],
      sorry: ['ask', { text: 'Sorry. Shall we call?' }],
    },
    ['start.next>one', 'one.next>two', 'two.next>ask'],
    { settings: { onError: { target: 'sorry' } } },
  );
  const refused = (ordinal: number) => ({ type: 'effect.failed' as const, ordinal, error: '131026', facts });

  it('are one trouble: the handler goes on, and only its own failure ends the session', () => {
    const { compiled, step } = begun(flow);
    const sorry = after(compiled, step, refused(0));
    expect(said(sorry)).toEqual(['Sorry. Shall we call?']);
    const still = after(compiled, sorry, refused(1));
    expect(still).toMatchObject({ status: 'waiting', handled: true, effects: [] });
    expect(still.snapshot.at).toBe('sorry');
    expect(after(compiled, still, refused(sorry.effects[0]?.ordinal ?? 0)).status).toBe('failed');
    expect(after(compiled, still, heard('yes')).status).toBe('done');
  });
});
