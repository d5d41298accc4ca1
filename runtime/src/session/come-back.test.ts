import { describe, expect, it } from 'vitest';
import { MAX_PARKED } from '../limits.ts';
import { after, begun, facts, flowOf, heard, said } from '../testing/talk.ts';
import { deliver } from './session.ts';

const shop = flowOf(
  {
    name: ['ask', { text: 'Name?', timeout: 'PT1H' }],
    size: ['ask', { text: 'Size?' }],
    menu: ['ask', { text: 'Menu?' }],
    help: ['ask', { text: 'Help?' }],
    toSize: ['jump', { target: 'size' }],
    back: ['back', {}],
    lost: ['say', { text: 'Where to?' }],
  },
  ['start.next>name', 'name.next>size', 'menu.next>back', 'help.next>back', 'size.next>back', 'back.nowhere>lost'],
  {
    settings: {
      interrupts: [
        { keywords: ['menu'], target: 'menu' },
        { keywords: ['help'], target: 'help' },
        { keywords: ['jump'], target: 'toSize' },
      ],
    },
  },
);

describe('an interrupt', () => {
  it('comes back to the question, which is asked again with its count and a fresh timer', () => {
    const { compiled, step } = begun(shop);
    const asked = after(compiled, step, heard('again'));
    expect(said(asked)).toEqual(['Name? (1)']);
    const menu = after(compiled, asked, heard('menu'));
    expect(menu.timers).toEqual([{ cancel: asked.snapshot.memory.visit }]);
    const back = after(compiled, menu, heard('x'));
    expect(said(back)).toEqual(['Name? (1)']);
    expect(back.timers).toMatchObject([{ cancel: menu.snapshot.memory.visit }, { start: { name: 'timeout' } }]);
    expect(back.snapshot).toMatchObject({ at: 'name', memory: { parked: [], resume: null } });
  });

  it('within an interrupt comes back to that one first', () => {
    const { compiled, step } = begun(shop);
    const help = after(compiled, after(compiled, step, heard('menu')), heard('help'));
    const menu = after(compiled, help, heard('x'));
    expect(said(menu)).toEqual(['Menu?']);
    expect(said(after(compiled, menu, heard('x')))).toEqual(['Name?']);
  });

  it('said twice is one place to come back to', () => {
    const { compiled, step } = begun(shop);
    const twice = after(compiled, after(compiled, step, heard('menu')), heard('menu'));
    expect(twice.snapshot.memory.parked).toHaveLength(1);
    expect(said(after(compiled, twice, heard('x')))).toEqual(['Name?']);
  });

  it(`remembers ${MAX_PARKED} places`, () => {
    const { compiled, step } = begun(shop);
    let at = step;
    for (let i = 0; i < 4; i++) for (const word of ['menu', 'help']) at = after(compiled, at, heard(word));
    expect(at.snapshot.memory.parked.map((one) => one.at)).toEqual(['menu', 'help', 'menu']);
  });

  it('with nowhere to go back to takes that port; without a wire it is a fault', () => {
    const { compiled, step } = begun(shop);
    const end = after(compiled, after(compiled, step, heard('Ana')), heard('XL'));
    expect(said(end)).toEqual(['Where to?']);
    const bare = flowOf({ back: ['back', {}] }, ['start.next>back']);
    expect(begun(bare).step).toMatchObject({ status: 'failed', fault: { code: 'nowhere_to_return', node: 'back' } });
  });

  it('from a place that a newer version does not have is a fault', () => {
    const { compiled, step } = begun(shop);
    const menu = after(compiled, step, heard('menu'));
    const snapshot = structuredClone(menu.snapshot);
    for (const parked of snapshot.memory.parked) parked.at = 'gone';
    expect(deliver(compiled, snapshot, heard('x'))).toMatchObject({
      status: 'failed',
      fault: { code: 'nowhere_to_return', node: 'gone' },
    });
  });
});

describe('a place to come back to', () => {
  it.each(['look', 'inside'])('that a newer version made a node of the kind %s is gone', (kind) => {
    const { compiled, step } = begun(shop);
    const menu = after(compiled, step, heard('menu'));
    const config = kind === 'look' ? { what: 'u' } : { flow: 'x' };
    const nodes = shop.nodes.map((node) => (node.id === 'name' ? { ...node, type: `test.${kind}`, config } : node));
    const edges = shop.edges.filter(({ source }) => source !== 'name');
    const newer = begun({ ...shop, nodes, edges }, 'hi', { x: flowOf({}, []) });
    expect(newer.compiled.shape).not.toBe(compiled.shape);
    expect(deliver(newer.compiled, menu.snapshot, heard('x')).fault).toMatchObject({
      code: 'nowhere_to_return',
      node: 'name',
    });
  });
});

describe('a jump', () => {
  const visiting = (comeBack: boolean) =>
    flowOf(
      {
        go: ['jump', { target: 'ask', comeBack }],
        done: ['say', { text: 'Done' }],
        ask: ['ask', { text: 'Well?' }],
        back: ['back', {}],
      },
      ['start.next>go', 'ask.next>back', ...(comeBack ? ['go.next>done'] : [])],
    );

  it('leads on from where it left, when it comes back', () => {
    const { compiled, step } = begun(visiting(true));
    expect(said(step)).toEqual(['Well?']);
    const done = after(compiled, step, heard('ok'));
    expect(said(done)).toEqual(['Done']);
    expect(done.status).toBe('done');
  });

  it('for good has nowhere to come back to', () => {
    const { compiled, step } = begun(visiting(false));
    expect(after(compiled, step, heard('ok')).fault?.code).toBe('nowhere_to_return');
  });

  it('after an interrupt, the interrupted question is next', () => {
    const { compiled, step } = begun(shop);
    const size = after(compiled, step, heard('jump'));
    expect(said(size)).toEqual(['Size?']);
    expect(said(after(compiled, size, heard('L')))).toEqual(['Name?']);
  });
});

describe('a loop', () => {
  const round = (wires: string[]) =>
    flowOf(
      {
        turns: ['turns', { count: 2 }],
        ask: ['ask', { text: 'Turn {{turn}}?' }],
        out: ['ask', { text: 'Out?' }],
        again: ['ask', { text: 'Again?' }],
      },
      ['start.next>turns', 'turns.each>ask', 'turns.done>out', ...wires],
      { settings: { interrupts: [{ keywords: ['restart'], target: 'again' }] } },
    );

  it('takes its turns, and begins anew when it is entered from outside', () => {
    const { compiled, step } = begun(round(['ask.next>turns', 'again.next>turns']));
    expect(said(step)).toEqual(['Turn 0?']);
    const second = after(compiled, step, heard('x'));
    expect(said(second)).toEqual(['Turn 1?']);
    const left = after(compiled, second, heard('restart'));
    expect(said(after(compiled, left, heard('x')))).toEqual(['Turn 0?']);
    const out = after(compiled, second, heard('x'));
    expect(said(out)).toEqual(['Out?']);
    expect(out.snapshot.memory.kept).toEqual({});
  });
});

describe('a loop that is started over', () => {
  const counting = (wires: string[]) =>
    flowOf(
      {
        prepare: ['keep', { assign: { ready: 1 } }],
        turns: ['turns', { count: 3 }],
        ask: ['ask', { text: 'Turn {{turn}}?', timeout: 'PT1H' }],
        inner: ['turns', { count: 2 }],
        deep: ['ask', { text: 'Inner {{turn}}?' }],
      },
      ['start.next>prepare', 'prepare.next>turns', ...wires],
    );
  const texts = (wires: string[], count: number) => {
    const { compiled, step } = begun(counting(wires));
    let last = step;
    return Array.from({ length: count }, () => {
      const words = said(last);
      last = after(compiled, last, heard('x'));
      return words[0];
    });
  };

  it('by way of a node before it begins anew, though an edge leads there from inside', () => {
    const { compiled, step } = begun(counting(['turns.each>ask', 'ask.next>turns', 'ask.timeout>prepare']));
    const second = after(compiled, step, heard('x'));
    expect(said(second)).toEqual(['Turn 1?']);
    const { visit } = second.snapshot.memory;
    expect(said(after(compiled, second, { type: 'timer', visit, name: 'timeout', facts }))).toEqual(['Turn 0?']);
  });

  it('inside another begins anew at each turn of the outer one', () =>
    expect(texts(['turns.each>inner', 'inner.each>deep', 'deep.next>inner', 'inner.done>turns'], 5)).toEqual([
      'Inner 0?',
      'Inner 1?',
      'Inner 0?',
      'Inner 1?',
      'Inner 0?',
    ]));
});

describe('a loop that is entered from outside while one is inside', () => {
  const flow = flowOf(
    {
      turns: ['turns', { count: 3 }],
      ask: ['ask', { text: 'Turn {{turn}}?' }],
      menu: ['ask', { text: 'Menu?' }],
      back: ['back', {}],
    },
    ['start.next>turns', 'turns.each>ask', 'ask.next>turns', 'menu.next>back'],
    {
      settings: {
        interrupts: [
          { keywords: ['restart'], target: 'turns' },
          { keywords: ['menu'], target: 'menu' },
        ],
      },
    },
  );
  const { compiled, step } = begun(flow);
  const second = after(compiled, step, heard('x'));

  it('begins anew: by a word, and by a person', () => {
    expect(said(second)).toEqual(['Turn 1?']);
    expect(said(after(compiled, second, heard('restart')))).toEqual(['Turn 0?']);
    expect(said(after(compiled, second, { type: 'jump', target: 'turns', facts }))).toEqual(['Turn 0?']);
  });

  it('goes on where an interrupt left it', () => {
    const back = after(compiled, after(compiled, second, heard('menu')), heard('x'));
    expect(said(back)).toEqual(['Turn 1?']);
    expect(said(after(compiled, back, heard('x')))).toEqual(['Turn 2?']);
  });
});

describe('silence', () => {
  const quiet = flowOf(
    { ask: ['ask', { text: 'Well?' }], still: ['ask', { text: 'Still there?' }] },
    ['start.next>ask'],
    {
      settings: { expireAfter: 'P1D', onExpire: { target: 'still' } },
    },
  );
  const expire = { type: 'timer' as const, visit: 0, name: '$expire', facts };

  it('leads where the flow says, once, and ends the session the second time', () => {
    const { compiled, step } = begun(quiet);
    const still = after(compiled, step, expire);
    expect(said(still)).toEqual(['Still there?']);
    expect(still.timers).toMatchObject([{ cancel: 2 }, { start: { name: '$expire' } }]);
    expect(after(compiled, still, expire).status).toBe('done');
    const spoken = after(compiled, still, heard('stay'));
    expect(said(after(compiled, spoken, expire))).toEqual(['Still there?']);
  });
});
