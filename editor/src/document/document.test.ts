import { canonicalJson, type Edit, type Flow, parseFlow } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { SimulatedClock } from 'xstate';
import { createDocument, type FlowServer, type SaveAnswer } from './document.ts';
import { type Journal, NO_JOURNAL } from './journal.ts';
import { edited, flowOf } from './testing.ts';

const hello = flowOf({ hello: ['chat.send', { text: '' }] });
const says = (text: string): Edit => ({ edit: 'setConfig', id: 'hello', config: { text } });
const textOf = (flow: Flow) => flow.nodes.find(({ id }) => id === 'hello')?.config.text;
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A server as ours is: it takes edits for its own revision, and tells what it has for any other. */
function serverWith(flow: Flow) {
  const server = {
    flow,
    revision: 1,
    asked: [] as Edit[][],
    /** What becomes of the next savings: not asked, taken without an answer, or refused. */
    next: [] as ('away' | 'lost' | 'refused')[],
    others: (edits: readonly Edit[]) => {
      server.flow = edited(server.flow, edits);
      server.revision++;
    },
    /** Each saving's name, from the second revision on; a short list forgets. */
    savings: [] as string[],
    remembers: 20,
    async saveEdits(revision: number, edits: readonly Edit[], saving: string): Promise<SaveAnswer> {
      const how = server.next.shift();
      if (how === 'away') throw new Error('away');
      server.asked.push([...edits]);
      if (how === 'refused') return { kind: 'refused', error: new Error('Too large.') };
      if (revision !== server.revision)
        return {
          kind: 'conflict',
          current: { revision: server.revision, document: server.flow },
          changes: ['Renamed'],
          ...savedAs(revision, saving),
        };
      server.savings[server.revision + 1] = saving;
      server.others(edits);
      if (how === 'lost') throw new Error('reset');
      return { kind: 'saved', revision: server.revision };
    },
  } satisfies FlowServer & Record<string, unknown>;
  function savedAs(since: number, saving: string) {
    if (server.revision - since > server.remembers) return {};
    const saved = server.savings.indexOf(saving);
    return { saved: saved === -1 ? null : saved };
  }
  return server;
}

let savings = 0;

/** A browser's tab: what it keeps is there when it is opened again. */
function tabOf(server: ReturnType<typeof serverWith>) {
  const tab = { kept: null as string | null, hasRoom: true };
  const open = () => {
    const clock = new SimulatedClock();
    const flow = parseFlow(server.flow).flow;
    if (!flow) throw new Error('no flow');
    const document = createDocument({
      id: 'flw_1',
      saved: { flow, revision: server.revision },
      server,
      clock,
      newSaving: () => `${++savings}`,
      journal: {
        found: tab.kept === null ? null : (JSON.parse(tab.kept) as Journal),
        write: (journal) => {
          if (tab.hasRoom) tab.kept = JSON.stringify(journal);
          return tab.hasRoom;
        },
        close: () => {},
      },
    });
    const later = async (ms: number) => {
      clock.increment(ms);
      await settle();
    };
    const state = () => document.store.getSnapshot().context;
    return { document, state, later };
  };
  return { ...tab, tab, open };
}

const begin = () => {
  const server = serverWith(hello);
  const { tab, open } = tabOf(server);
  return { server, tab, open, ...open() };
};

describe('saving', () => {
  it('waits for a pause and sends a field that was typed into once', async () => {
    const { server, document, state, later } = begin();
    for (const text of ['H', 'He', 'Hel', 'Hell', 'Hello']) document.apply([says(text)], 'config', 'hello text');
    expect(state().saveState).toBe('dirty');
    await later(800);
    expect(server.asked).toEqual([[says('Hello')]]);
    expect([state().saveState, state().revision, document.isDirty()]).toEqual(['clean', 2, false]);
  });
  it('does not wait for ever while somebody goes on typing', async () => {
    const { server, document, later } = begin();
    for (let letters = 1; letters <= 12; letters++) {
      document.apply([says('x'.repeat(letters))], 'config', 'hello text');
      await later(500);
    }
    expect(server.asked.length).toBeGreaterThan(0);
  });
  it('sends what was typed while it was saving afterwards', async () => {
    const { server, document, state, later } = begin();
    document.apply([says('A')], 'config', 'hello text');
    document.save();
    document.apply([says('AB')], 'config', 'hello text');
    await settle();
    expect(state().saveState).toBe('dirty');
    await later(800);
    expect(textOf(server.flow)).toBe('AB');
    expect(state().saveState).toBe('clean');
  });
  it('tries again when the server is back, and loses nothing meanwhile', async () => {
    const { server, document, state, later } = begin();
    server.next = ['away', 'away'];
    document.apply([says('A')], 'config');
    await later(800);
    expect(state().saveState).toBe('offline');
    document.apply([{ edit: 'rename', name: 'New' }], 'rename');
    await later(2_000);
    expect(state().saveState).toBe('offline');
    document.online();
    await settle();
    await later(800);
    expect([server.flow.name, textOf(server.flow), state().saveState]).toEqual(['New', 'A', 'clean']);
  });
  it('knows its own saving again when the answer was lost', async () => {
    const { server, document, state, later } = begin();
    server.next = ['lost'];
    document.apply([says('A')], 'config');
    await later(800);
    document.apply([says('AB')], 'config');
    await later(2_000);
    await later(800);
    expect([textOf(server.flow), state().saveState, server.revision]).toEqual(['AB', 'clean', 3]);
  });
  it('tells what the server does not take, and goes on when it was mended', async () => {
    const { server, document, state, later } = begin();
    server.next = ['refused'];
    document.apply([says('too much')], 'config');
    await later(800);
    expect(state()).toMatchObject({ saveState: 'refused', reason: 'Too large.' });
    document.undo();
    await later(800);
    expect([state().saveState, state().reason, textOf(server.flow)]).toEqual(['clean', null, '']);
  });
  it('sends many edits in pieces', async () => {
    const { server, document, later } = begin();
    const edits = Array.from(
      { length: 1_100 },
      (_, index): Edit => ({
        edit: 'addNode',
        node: { id: `n${index}`, type: 'chat.send', config: {} },
      }),
    );
    document.apply(edits, 'paste');
    for (let round = 0; round < 3; round++) await later(800);
    expect(server.asked.map(({ length }) => length)).toEqual([500, 500, 100]);
    expect(server.flow.nodes).toHaveLength(1_101);
  });
  it('can be waited for', async () => {
    const { server, document } = begin();
    document.apply([says('A')], 'config');
    expect(await document.whenSaved()).toBe(true);
    expect(textOf(server.flow)).toBe('A');
    server.next = ['away'];
    document.apply([says('B')], 'config');
    expect(await document.whenSaved()).toBe(false);
  });
});

describe('a reload', () => {
  it('keeps what was not sent, and what can be undone', async () => {
    const { server, document, open, later } = begin();
    server.next = ['away'];
    document.apply([says('A')], 'config');
    document.apply([{ edit: 'rename', name: 'New' }], 'rename');
    await later(800);
    const again = open();
    expect([again.state().flow.name, textOf(again.state().flow)]).toEqual(['New', 'A']);
    await settle();
    expect([server.flow.name, again.state().saveState]).toEqual(['New', 'clean']);
    again.document.undo();
    again.document.undo();
    expect(canonicalJson(again.state().flow)).toBe(canonicalJson(hello));
    again.document.redo();
    await again.later(800);
    expect([server.flow.name, textOf(server.flow)]).toEqual(['Test', 'A']);
  });
  it('keeps the last letter when the page is hidden', () => {
    const { document, open } = begin();
    document.apply([says('A')], 'config');
    document.keep();
    expect(textOf(open().state().flow)).toBe('A');
  });
  it('knows its own saving again when the page went before the answer', async () => {
    const { server, document, state, open } = begin();
    server.next = ['lost'];
    document.apply([{ edit: 'addNode', node: { id: 'more', type: 'chat.send', config: {} } }], 'add');
    document.save();
    document.apply([says('A')], 'config');
    document.keep();
    await settle();
    expect(state().saveState).toBe('offline');
    const again = open();
    expect(again.state().flow.nodes.map(({ id }) => id)).toEqual(['hello', 'more']);
    await settle();
    expect([again.state().saveState, textOf(server.flow)]).toEqual(['clean', 'A']);
    again.document.undo();
    again.document.undo();
    expect(canonicalJson(again.state().flow)).toBe(canonicalJson(hello));
  });
  it('after which somebody else has saved puts both together, and ours can still be undone', async () => {
    const { server, document, open, later } = begin();
    server.next = ['away'];
    document.apply([says('Mine')], 'config');
    await later(800);
    server.others([{ edit: 'rename', name: 'Theirs' }]);
    const again = open();
    expect(again.state().flow.name).toBe('Test');
    await again.later(800);
    await again.later(800);
    expect(again.state()).toMatchObject({ saveState: 'clean', merged: { theirs: [{}], number: 1 } });
    expect([server.flow.name, textOf(server.flow)]).toEqual(['Theirs', 'Mine']);
    again.document.undo();
    await again.later(800);
    expect([server.flow.name, textOf(server.flow)]).toEqual(['Theirs', textOf(hello)]);
  });
  it('after which somebody else has saved the same field asks about that field', async () => {
    const { server, document, open, later } = begin();
    server.next = ['away'];
    document.apply([says('Mine'), { edit: 'rename', name: 'Mine' }], 'config');
    await later(800);
    server.others([{ edit: 'rename', name: 'Theirs' }]);
    const again = open();
    await settle();
    const { clashes, theirs } = again.document.dispute() ?? {};
    expect(clashes).toMatchObject([{ path: ['name'] }]);
    expect(theirs).toHaveLength(1);
    expect(server.flow.name).toBe('Theirs');
    again.document.merge({ [clashes?.[0]?.key ?? '']: 'theirs' });
    await again.later(800);
    expect([server.flow.name, textOf(server.flow)]).toEqual(['Theirs', 'Mine']);
  });
  it('where the browser had no room for the rest is a conflict, told in the words of the server', async () => {
    const { server, tab, document, open, later } = begin();
    server.next = ['away'];
    document.apply([says('Mine')], 'config');
    await later(800);
    const { base: _, ...kept } = JSON.parse(tab.kept ?? '') as Journal;
    tab.kept = JSON.stringify(kept);
    server.others([{ edit: 'rename', name: 'Theirs' }]);
    const again = open();
    await settle();
    expect(again.state()).toMatchObject({ saveState: 'conflict', conflict: { changes: ['Renamed'] } });
    expect(server.flow.name).toBe('Theirs');
    again.document.resolve('mine');
    await again.later(800);
    expect([server.flow.name, textOf(server.flow)]).toEqual(['Theirs', 'Mine']);
  });
  it('after a restored backup asks, though the number of the revision is the same', async () => {
    const { server, document, open, later } = begin();
    document.apply([{ edit: 'rename', name: 'One' }], 'rename');
    await later(800);
    server.next = ['away'];
    document.apply([says('Mine')], 'config');
    await later(800);
    Object.assign(server, { flow: hello, revision: 1 });
    server.others([says('Theirs')]);
    const again = open();
    await settle();
    expect([again.state().saveState, textOf(server.flow)]).toEqual(['conflict', 'Theirs']);
  });
  it('without anything unsent shows what others saved', () => {
    const { server, document, open } = begin();
    document.keep();
    server.others([{ edit: 'rename', name: 'Theirs' }]);
    expect(open().state()).toMatchObject({ flow: { name: 'Theirs' }, past: [], saveState: 'clean' });
  });
});

describe('a saving whose answer was lost, and on top of which somebody else saved', () => {
  const add = (id: string): Edit => ({ edit: 'addNode', node: { id, type: 'chat.send', config: {} } });
  const text = (id: string, text: string): Edit => ({ edit: 'setConfig', id, config: { text } });
  const theirs: Edit = { edit: 'rename', name: 'Theirs' };
  const stepsOf = ({ nodes }: Flow) => nodes.map(({ id, config }) => `${id}: ${config.text ?? ''}`);
  const UNDO = 'undo';
  const cases: [string, { first: Edit[]; more: Edit[] | typeof UNDO; others: Edit[]; left: string[] }][] = [
    [
      'doubles no step that is worked on',
      { first: [add('b')], more: [text('b', 'Hi')], others: [theirs], left: ['hello: ', 'b: Hi'] },
    ],
    [
      'doubles no step that they corrected',
      { first: [add('b')], more: [], others: [text('b', 'Hello')], left: ['hello: ', 'b: Hello'] },
    ],
    ['does not bring back what was undone', { first: [says('No')], more: UNDO, others: [theirs], left: ['hello: '] }],
    ['does not bring back a step', { first: [add('b')], more: UNDO, others: [theirs], left: ['hello: '] }],
    [
      'does not bring back what they removed',
      { first: [add('b')], more: [], others: [{ edit: 'removeNode', id: 'b' }], left: ['hello: '] },
    ],
    ['overwrites no correction', { first: [says('No')], more: [], others: [says('')], left: ['hello: '] }],
    [
      'does not ask about our own words',
      { first: [says('Hel')], more: [says('Hello')], others: [theirs], left: ['hello: Hello'] },
    ],
  ];
  const begun = async ({ first, more, others }: (typeof cases)[number][1]) => {
    const one = begin();
    one.server.next = ['lost'];
    one.document.apply(first, 'config');
    one.document.save();
    if (more === UNDO) one.document.undo();
    else one.document.apply(more, 'config');
    one.document.keep();
    await settle();
    one.server.others(others);
    return one;
  };
  describe.each(cases)('%s', (_, given) => {
    it('in the same page', async () => {
      const { server, state, later } = await begun(given);
      for (let tries = 0; tries < 3; tries++) await later(3_000);
      expect([state().saveState, stepsOf(server.flow)]).toEqual(['clean', given.left]);
    });
    it('after a reload', async () => {
      const { server, open } = await begun(given);
      const again = open();
      for (let tries = 0; tries < 3; tries++) await again.later(3_000);
      expect([again.state().saveState, stepsOf(server.flow)]).toEqual(['clean', given.left]);
    });
    it('after a reload of a browser with little room', async () => {
      const { server, tab, open } = await begun(given);
      const { base: _, ...kept } = JSON.parse(tab.kept ?? '') as Journal;
      tab.kept = JSON.stringify(kept);
      const again = open();
      for (let tries = 0; tries < 3; tries++) await again.later(3_000);
      if (again.state().saveState === 'conflict') again.document.resolve('mine');
      await again.later(3_000);
      expect([again.state().saveState, stepsOf(server.flow)]).toEqual(['clean', given.left]);
    });
  });
  it('so often that the server has forgotten asks about the whole', async () => {
    const { server, state, later } = await begun({ first: [add('b')], more: [], others: [theirs], left: [] });
    server.remembers = 1;
    await later(3_000);
    expect([state().saveState, stepsOf(server.flow)]).toEqual(['conflict', ['hello: ', 'b: ']]);
  });
});

describe('what somebody else saved meanwhile', () => {
  const both = flowOf({ hello: ['chat.send', { text: '', kind: 'text' }], bye: ['chat.send', { text: 'Bye' }] });
  const open = () => {
    const server = serverWith(both);
    return { server, ...tabOf(server).open() };
  };

  it('comes in beside ours where nothing is in question, and ours can still be undone', async () => {
    const { server, document, state, later } = open();
    document.apply([says('Mine')], 'config');
    document.apply([{ edit: 'setLabel', id: 'bye', label: 'Last' }], 'label');
    server.others([{ edit: 'setConfig', id: 'bye', config: { text: 'See you' } }]);
    await later(800);
    await later(800);
    expect(state()).toMatchObject({ saveState: 'clean', merged: { theirs: [{ what: 'changed' }], number: 1 } });
    expect(canonicalJson(server.flow)).toBe(canonicalJson(state().flow));
    expect(server.flow.nodes).toMatchObject([
      { config: { text: 'Mine' } },
      { label: 'Last', config: { text: 'See you' } },
    ]);
    // What we did is taken back act by act; what they did stays
    document.undo();
    document.undo();
    await later(800);
    expect(server.flow.nodes).toMatchObject([{ config: { text: '' } }, { config: { text: 'See you' } }]);
    expect(server.flow.nodes[1]?.label).toBeUndefined();
    document.apply([says('More')], 'config');
    server.others([{ edit: 'rename', name: 'Theirs' }]);
    await later(800);
    document.undo();
    await later(800);
    expect(server.flow).toMatchObject({ name: 'Theirs', nodes: [{ config: { text: '' } }, {}] });
  });

  it('and goes into our own step leaves us our undo of our field', async () => {
    const { server, document, later } = open();
    document.apply([{ edit: 'setConfig', id: 'hello', config: { text: 'Mine', kind: 'text' } }], 'config');
    server.others([{ edit: 'setConfig', id: 'hello', config: { text: '', kind: 'image' } }]);
    await later(800);
    await later(800);
    expect(server.flow.nodes[0]?.config).toEqual({ text: 'Mine', kind: 'image' });
    document.undo();
    await later(800);
    expect(server.flow.nodes[0]?.config).toEqual({ text: '', kind: 'image' });
  });

  it('is decided field by field where both changed the same', async () => {
    const { server, document, state, later } = open();
    document.apply([says('Mine'), { edit: 'rename', name: 'Mine' }], 'config');
    server.others([{ edit: 'setConfig', id: 'hello', config: { text: 'Theirs' } }]);
    await later(800);
    const clashes = document.dispute()?.clashes ?? [];
    expect(clashes).toMatchObject([{ path: ['nodes', 'hello', 'config', 'text'] }]);
    expect(document.merge({ [clashes[0]?.key ?? '']: 'theirs' })).toBe(true);
    await later(800);
    expect([state().saveState, textOf(server.flow), server.flow.name]).toEqual(['clean', 'Theirs', 'Mine']);
  });
});

describe('a conflict', () => {
  const collide = async () => {
    const one = begin();
    one.server.others([
      { edit: 'removeNode', id: 'hello' },
      { edit: 'rename', name: 'Theirs' },
    ]);
    one.document.apply([says('Mine')], 'config');
    one.document.apply([{ edit: 'rename', name: 'Mine' }], 'rename');
    await one.later(800);
    return one;
  };
  it('overwrites nothing, and says what each choice loses', async () => {
    const { server, document, state } = await collide();
    expect(state().saveState).toBe('conflict');
    expect(server.flow).toMatchObject({ name: 'Theirs', nodes: [] });
    expect(document.dispute()).toMatchObject({
      lost: 1,
      both: [{ what: 'changed', node: { id: 'hello' } }, { what: 'name' }],
    });
  });
  it('"mine" goes on top of theirs', async () => {
    const { server, document, state, later } = await collide();
    expect(document.resolve('mine')).toEqual({ lost: 1 });
    await later(800);
    expect(server.flow).toMatchObject({ name: 'Mine', nodes: [] });
    expect([state().saveState, state().conflict]).toEqual(['clean', null]);
  });
  it('"theirs" lets ours go', async () => {
    const { server, document, state, later } = await collide();
    expect(document.resolve('theirs')).toEqual({ lost: 0 });
    expect(state()).toMatchObject({ flow: { name: 'Theirs', nodes: [] }, saveState: 'clean', past: [] });
    await later(5_000);
    expect(server.flow.name).toBe('Theirs');
  });
  it('can be left open while one goes on working', async () => {
    const { server, document, state, later } = await collide();
    document.apply([{ edit: 'rename', name: 'More' }], 'rename');
    await later(60_000);
    expect([state().saveState, server.flow.name]).toEqual(['conflict', 'Theirs']);
    document.resolve('mine');
    await later(800);
    expect(server.flow.name).toBe('More');
  });
});

describe('where the browser has no room', () => {
  it('says so, and says so no more when it has', async () => {
    const { tab, document, state, later } = begin();
    tab.hasRoom = false;
    document.apply([says('A')], 'config');
    await later(250);
    expect(state().isKept).toBe(false);
    tab.hasRoom = true;
    document.apply([says('AB')], 'config');
    await later(250);
    expect(state().isKept).toBe(true);
  });
});

it('is closed after the last saving, and replaced by what the server restored', async () => {
  const { server, document, state } = begin();
  document.apply([says('A')], 'config');
  document.replace({ flow: hello, revision: 9 });
  expect(state()).toMatchObject({ revision: 9, past: [], saveState: 'clean' });
  server.revision = 9;
  document.apply([says('B')], 'config');
  document.close();
  await settle();
  expect(textOf(server.flow)).toBe('B');
});

it('opens without a journal', () => {
  const document = createDocument({
    id: 'flw_1',
    saved: { flow: hello, revision: 1 },
    server: serverWith(hello),
    journal: NO_JOURNAL,
    newSaving: () => '1',
  });
  expect(document.isDirty()).toBe(false);
  document.close();
});
