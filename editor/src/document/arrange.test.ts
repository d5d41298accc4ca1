import { describe, expect, it } from 'vitest';
import { alignEdits, layoutEdits } from './arrange.ts';
import { edited, flowOf, nodeTypes } from './testing.ts';

const SIZE = { width: 200, height: 100 };
const three = flowOf({ a: ['chat.send'], b: ['chat.send'], c: ['chat.send'] }, ['a.next>b', 'b.next>c']);
const placed = [
  { id: 'a', x: 0, y: 0, width: 200, height: 100 },
  { id: 'b', x: 250, y: 40, width: 100, height: 50 },
  { id: 'c', x: 900, y: 300, width: 200, height: 100 },
];
const places = (flow: typeof three) => Object.values(flow.layout.nodes);

describe('aligning', () => {
  it.each([
    [
      'left',
      [
        [0, 0],
        [0, 40],
        [0, 300],
      ],
    ],
    [
      'right',
      [
        [900, 0],
        [1000, 40],
        [900, 300],
      ],
    ],
    [
      'center',
      [
        [450, 0],
        [500, 40],
        [450, 300],
      ],
    ],
    [
      'top',
      [
        [0, 0],
        [250, 0],
        [900, 0],
      ],
    ],
    [
      'middle',
      [
        [0, 150],
        [250, 175],
        [900, 150],
      ],
    ],
    [
      'bottom',
      [
        [0, 300],
        [250, 350],
        [900, 300],
      ],
    ],
    [
      'distributeX',
      [
        [0, 0],
        [500, 40],
        [900, 300],
      ],
    ],
    [
      'distributeY',
      [
        [0, 0],
        [250, 175],
        [900, 300],
      ],
    ],
  ] as const)('%s', (how, wanted) => {
    const after = edited(three, alignEdits(three, placed, how));
    expect(places(after)).toEqual(wanted);
    expect(after.layout.pinned).toEqual(['a', 'b', 'c']);
  });
  it('spreads nothing where there are only two', () =>
    expect(alignEdits(three, placed.slice(0, 2), 'distributeX')).toEqual([]));
});

const sizesOf = (flow: typeof three) => new Map(flow.nodes.map(({ id }) => [id, SIZE]));
const laidOut = (flow: typeof three, all: boolean) =>
  edited(flow, layoutEdits(flow, sizesOf(flow), nodeTypes, { all }));

function overlaps(flow: typeof three): string[] {
  const all = Object.entries(flow.layout.nodes);
  return all.flatMap(([one, [x, y]], index) =>
    all
      .slice(index + 1)
      .filter(([, [left, top]]) => Math.abs(left - x) < SIZE.width && Math.abs(top - y) < SIZE.height)
      .map(([other]) => `${one} ${other}`),
  );
}

/** A tree of buttons: every node leads to two more. */
function tree(count: number) {
  const ids = Array.from({ length: count }, (_, index) => `n${index}`);
  const wires = ids.slice(1).map((id, index) => `n${Math.floor(index / 2)}.p${index % 2}>${id}`);
  return flowOf(Object.fromEntries(ids.map((id) => [id, ['chat.send']])), wires);
}

describe('laying out', () => {
  it('goes from left to right, none over another', () => {
    const after = laidOut(tree(60), false);
    expect(overlaps(after)).toEqual([]);
    for (const { source, target } of after.edges)
      expect(after.layout.nodes[source]?.[0]).toBeLessThan(after.layout.nodes[target]?.[0] ?? 0);
  });
  it('leaves what was placed by hand, and puts the rest around it', () => {
    const flow = tree(60);
    const pins = { n3: [200, 300], n7: [210, 420], n20: [900, -50] } as Record<string, [number, number]>;
    const held = edited(flow, [{ edit: 'moveNodes', positions: pins, pin: true }]);
    const after = laidOut(held, false);
    expect(after.layout.nodes).toMatchObject(pins);
    expect(after.layout.pinned).toEqual(['n20', 'n3', 'n7']);
    expect(overlaps(after)).toEqual([]);
  });
  it('lays out everything where that is wanted, and forgets what was placed', () => {
    const held = edited(tree(9), [{ edit: 'moveNodes', positions: { n3: [-5_000, 300] }, pin: true }]);
    const after = laidOut(held, true);
    expect(after.layout.pinned).toBe(undefined);
    expect(after.layout).toEqual(laidOut(tree(9), true).layout);
  });
  it('changes nothing the second time', () => {
    const once = laidOut(tree(20), false);
    expect(layoutEdits(once, sizesOf(once), nodeTypes, { all: false })).toEqual([]);
  });
  it('keeps groups together, and takes loops, lone nodes and a link to nowhere', () => {
    const flow = flowOf(
      { a: ['chat.send'], b: ['chat.send'], lone: ['chat.send'], go: ['logic.goTo', { target: 'ghost' }] },
      ['a.next>b', 'b.next>a', 'b.other>b'],
      { layout: { groups: [{ id: 'a', title: 'G', nodes: ['a', 'lone', 'ghost'] }] } },
    );
    expect(overlaps(laidOut(flow, true))).toEqual([]);
  });
});
