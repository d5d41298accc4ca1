import { canonicalJson, type Edit, type Flow } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { editsBetween } from './flow-edits.ts';
import { mergeFlows } from './merge-flows.ts';
import { edited, flowOf, nodeTypes } from './testing.ts';

const base = flowOf(
  {
    start: ['trigger.message', { match: 'any' }],
    ask: ['chat.ask', { text: 'Which size?', saveAs: 'size' }],
    menu: [
      'chat.choose',
      {
        text: 'And then?',
        buttons: [
          { id: 'a', title: 'More' },
          { id: 'b', title: 'Enough' },
        ],
      },
    ],
    bye: ['chat.send', { text: 'Bye' }],
  },
  ['start.next>ask', 'ask.next>menu', 'menu.a>ask', 'menu.b>bye'],
  { layout: { nodes: { ask: [0, 0], bye: [0, 100] } } },
);
const config = (id: string, values: object): Edit => {
  const node = base.nodes.find((one) => one.id === id);
  return { edit: 'setConfig', id, config: { ...node?.config, ...values } };
};
const add = (id: string, text: string): Edit => ({
  edit: 'addNode',
  node: { id, type: 'chat.send', config: { text } },
  at: [5, 5],
});
const wire = (id: string, source: string, target: string, sourceHandle = 'next'): Edit => ({
  edit: 'connect',
  edge: { id, source, sourceHandle, target },
});

function merge(mine: readonly Edit[], theirs: readonly Edit[], choices = {}) {
  const parties = { base, mine: edited(base, mine), theirs: edited(base, theirs) };
  const merged = mergeFlows(parties, nodeTypes, choices);
  if (!merged) throw new Error('nothing came of it');
  // What comes of it can be sent as edits of theirs
  expect(canonicalJson(edited(parties.theirs, editsBetween(parties.theirs, merged.flow)))).toBe(
    canonicalJson(merged.flow),
  );
  return merged;
}
const configOf = (flow: Flow, id: string) => flow.nodes.find((node) => node.id === id)?.config;
const wires = ({ edges }: Flow) =>
  edges.map(({ source, sourceHandle, target }) => `${source}.${sourceHandle}>${target}`);
const paths = ({ clashes }: ReturnType<typeof merge>) => clashes.map(({ path }) => path.join('.'));

describe('two people changed', () => {
  it('two fields of one step: both stay, and nothing is asked', () => {
    const merged = merge([config('ask', { text: 'What size?' })], [config('ask', { saveAs: 'fit' })]);
    expect(configOf(merged.flow, 'ask')).toMatchObject({ text: 'What size?', saveAs: 'fit' });
    expect(merged.clashes).toEqual([]);
  });

  it('the same field: it is asked, and whoever is chosen wins', () => {
    const edits = [[config('ask', { text: 'Mine?' })], [config('ask', { text: 'Theirs?' })]] as const;
    const merged = merge(...edits);
    expect(merged.clashes).toMatchObject([{ base: 'Which size?', mine: 'Mine?', theirs: 'Theirs?' }]);
    expect(paths(merged)).toEqual(['nodes.ask.config.text']);
    expect(configOf(merged.flow, 'ask')?.text).toBe('Mine?');
    const other = merge(...edits, { [merged.clashes[0]?.key ?? '']: 'theirs' });
    expect(configOf(other.flow, 'ask')?.text).toBe('Theirs?');
  });

  it('the same field to the same: nothing is asked', () =>
    expect(merge([config('ask', { text: 'Same' })], [config('ask', { text: 'Same' })]).clashes).toEqual([]));

  it('two buttons of one menu, while one of them is moved', () => {
    const [more, enough] = [
      { id: 'a', title: 'More' },
      { id: 'b', title: 'Enough' },
    ];
    const merged = merge(
      [config('menu', { buttons: [enough, { ...more, title: 'More!' }] })],
      [config('menu', { buttons: [more, { ...enough, title: 'No more' }, { id: 'c', title: 'Help' }] })],
    );
    expect(configOf(merged.flow, 'menu')?.buttons).toEqual([
      { id: 'b', title: 'No more' },
      { id: 'c', title: 'Help' },
      { id: 'a', title: 'More!' },
    ]);
    expect(merged.clashes).toEqual([]);
  });

  it('added a step each, under the same id: both are there, with their wires', () => {
    const merged = merge(
      [add('send', 'Mine'), wire('w', 'bye', 'send')],
      [add('send', 'Theirs'), wire('w', 'send', 'ask')],
    );
    expect(configOf(merged.flow, 'send')).toEqual({ text: 'Theirs' });
    expect(configOf(merged.flow, 'send2')).toEqual({ text: 'Mine' });
    expect(wires(merged.flow)).toEqual(expect.arrayContaining(['bye.next>send2', 'send.next>ask']));
    expect(new Set(merged.flow.edges.map(({ id }) => id)).size).toBe(merged.flow.edges.length);
    expect(merged.clashes).toEqual([]);
  });

  it('a step that the other removed: it is asked; kept, it has its wires again', () => {
    const edits = [[config('bye', { text: 'See you' })], [{ edit: 'removeNode', id: 'bye' } as const]] as const;
    const merged = merge(...edits);
    expect(paths(merged)).toEqual(['nodes.bye']);
    expect(configOf(merged.flow, 'bye')).toEqual({ text: 'See you' });
    expect(wires(merged.flow)).toContain('menu.b>bye');
    expect(merged.flow.layout.nodes.bye).toEqual([0, 100]);
    const gone = merge(...edits, { [merged.clashes[0]?.key ?? '']: 'theirs' });
    expect(wires(gone.flow)).toEqual(['start.next>ask', 'ask.next>menu', 'menu.a>ask']);
  });

  it('where a way out leads: only another target is asked', () => {
    expect(paths(merge([wire('m', 'ask', 'bye')], [wire('t', 'ask', 'ask')]))).toEqual(['wires.ask next']);
    expect(paths(merge([wire('m', 'ask', 'bye')], [wire('t', 'ask', 'bye')]))).toEqual([]);
    // They put a step between, we took the one behind it away
    const between = merge(
      [{ edit: 'removeNode', id: 'menu' }],
      [add('mid', 'Between'), wire('t', 'ask', 'mid'), wire('u', 'mid', 'menu')],
    );
    expect(paths(between)).toEqual([]);
    expect(wires(between.flow)).toEqual(['start.next>ask', 'ask.next>mid']);
  });

  it('names, variables, translations and notes: those that differ are asked; places on the canvas are not', () => {
    const of = (who: string, x: number): Edit[] => [
      { edit: 'rename', name: who },
      { edit: 'setVariable', variable: { name: who, type: 'text' } },
      { edit: 'setVariable', variable: { name: 'both', type: 'text', initial: who } },
      { edit: 'setTranslation', language: 'es', key: 'ask.text', text: who },
      { edit: 'setTranslation', language: 'es', key: `${who}.text`, text: who },
      { edit: 'moveNodes', positions: { ask: [x, x] } },
      { edit: 'setSetting', name: who === 'mine' ? 'priority' : 'language', value: who === 'mine' ? 5 : 'es' },
      { edit: 'addNote', note: { id: 'n1', at: [x, x], text: who } },
    ];
    const merged = merge(of('mine', 10), of('theirs', 20));
    expect(paths(merged)).toEqual(['name', 'variables.both.initial', 'translations.es.ask.text']);
    const { flow } = merged;
    expect(flow.variables.map(({ name }) => name).sort()).toEqual(['both', 'mine', 'theirs']);
    expect(flow.settings).toMatchObject({ priority: 5, language: 'es' });
    expect(flow.layout.nodes.ask).toEqual([10, 10]);
    expect(flow.layout.notes.map(({ text }) => text).sort()).toEqual(['mine', 'theirs']);
  });
});

it('random changes of two people come together without a loss', () => {
  let state = 7;
  const roll = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
  const ids = base.nodes.map(({ id }) => id);
  const some = (who: string): Edit[] => {
    const all: Edit[] = [];
    for (let count = roll(4) + 1; count > 0; count -= 1) {
      const id = ids[roll(ids.length)] ?? '';
      const isGone = all.some((edit) => edit.edit === 'removeNode' && edit.id === id);
      const kind = roll(5);
      if (isGone) continue;
      if (kind === 0) all.push(config(id, { [`field${roll(3)}`]: `${who}${roll(3)}` }));
      if (kind === 1) all.push({ edit: 'setLabel', id, label: `${who}${roll(3)}` });
      if (kind === 2) all.push({ edit: 'moveNodes', positions: { [id]: [roll(9), roll(9)] } });
      if (kind === 3) all.push({ edit: 'removeNode', id });
      if (kind === 4 && !all.some((edit) => edit.edit === 'addNode'))
        all.push(add('extra', who), wire('x', 'extra', id));
    }
    return all;
  };
  for (let run = 0; run < 120; run += 1) {
    const [mine, theirs] = [some('m'), some('t')];
    merge(mine, theirs);
    // Whoever is alone gets what they made
    expect(canonicalJson(merge(mine, []).flow)).toBe(canonicalJson(edited(base, mine)));
    expect(canonicalJson(merge([], theirs).flow)).toBe(canonicalJson(edited(base, theirs)));
  }
});
