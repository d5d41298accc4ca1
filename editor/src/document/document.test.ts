import { canonicalJson, type Edit } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { createDocument } from './document.ts';
import { NO_JOURNAL } from './journal.ts';
import { flowOf } from './testing.ts';
import { begin, hello, says, serverWith, settle, tabOf, textOf } from './testing-tab.ts';

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

  it('comes in by itself while nothing is unsent here, and only then', async () => {
    const { server, document, state, later } = open();
    document.apply([says('Mine')], 'config');
    const theirs = () => ({ revision: server.revision, document: server.flow });
    document.catchUp({ ...theirs(), revision: 9 });
    expect(state()).toMatchObject({ revision: 1, saveState: 'dirty' });
    await later(800);
    server.others([{ edit: 'setConfig', id: 'bye', config: { text: 'See you' } }]);
    document.catchUp({ ...theirs(), revision: 2 }); // an old answer
    expect(textOf(state().flow)).toBe('Mine');
    expect(state().flow.nodes[1]?.config).toEqual({ text: 'Bye' });
    document.catchUp(theirs());
    expect(state()).toMatchObject({ revision: 3, saveState: 'clean', merged: { theirs: [{ what: 'changed' }] } });
    expect(canonicalJson(server.flow)).toBe(canonicalJson(state().flow));
    await later(800);
    expect(server.revision).toBe(3);
    document.undo();
    await later(800);
    expect(server.flow.nodes).toMatchObject([{ config: { text: '' } }, { config: { text: 'See you' } }]);
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
