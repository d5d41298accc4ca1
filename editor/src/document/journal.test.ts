import { describe, expect, it } from 'vitest';
import { type Journal, type JournalStorage, journalKey, readJournal, writeJournal } from './journal.ts';
import { createJournals, type HoldName } from './open-journal.ts';

/** Storage with room for so many letters. */
function storageOf(room = 1_000_000): JournalStorage & { all: Map<string, string> } {
  const all = new Map<string, string>();
  return {
    all,
    get length() {
      return all.size;
    },
    key: (index) => [...all.keys()][index] ?? null,
    getItem: (key) => all.get(key) ?? null,
    removeItem: (key) => void all.delete(key),
    setItem: (key, text) => {
      const others = [...all].filter(([one]) => one !== key).reduce((sum, [, one]) => sum + one.length, 0);
      if (others + text.length > room) throw new Error('QuotaExceededError');
      all.set(key, text);
    },
  };
}

/** Names that living tabs hold. */
function holding(): HoldName {
  const held = new Set<string>();
  return async (name) => {
    if (held.has(name)) return null;
    held.add(name);
    return () => held.delete(name);
  };
}

const rename = (name: string) => ({ edit: 'rename' as const, name });
const act = (name: string) => ({ label: 'x', edits: [rename(name)], inverse: [rename('')], merge: null });
const journal = (change: Partial<Journal> = {}): Journal => ({
  revision: 1,
  pending: [],
  sent: null,
  past: [],
  future: [],
  ...change,
});
const unsent = (name: string) => journal({ pending: [rename(name)] });

/** A browser: its tabs share storage and locks. */
function browser() {
  const storage = storageOf();
  const hold = holding();
  let number = 0;
  const tab = (session = new Map<string, string>()) =>
    createJournals({
      storage,
      hold,
      newId: () => `t${++number}`,
      session: { getItem: (key) => session.get(key) ?? null, setItem: (key, text) => void session.set(key, text) },
    });
  return { storage, tab };
}

describe('two tabs on one flow', () => {
  it('write their own journals, also where one was made as a copy of the other', async () => {
    const { storage, tab } = browser();
    const session = new Map<string, string>();
    const one = await tab(session).open('f');
    const other = await tab(new Map(session)).open('f');
    one.write(unsent('One'));
    other.write(unsent('Other'));
    expect(readJournal(storage, journalKey('f', 't1'))).toEqual(unsent('One'));
    expect(readJournal(storage, journalKey('f', 't2'))).toEqual(unsent('Other'));
    expect((await tab().open('f')).found).toBe(null);
  });
  it('the journal of one that is gone is taken over, once', async () => {
    const { storage, tab } = browser();
    const one = await tab().open('f');
    one.write(unsent('One'));
    one.close();
    expect((await tab().open('f')).found).toEqual(unsent('One'));
    expect(storage.all.has(journalKey('f', 't1'))).toBe(false);
    expect((await tab().open('f')).found).toBe(null);
  });
  it('unsent edits of several are all kept for later', async () => {
    const { storage, tab } = browser();
    for (const name of ['One', 'Two']) {
      const session = new Map([['parley.tab', name]]);
      const open = await tab(session).open('f');
      if (name === 'Two') storage.setItem(journalKey('f', 'One'), JSON.stringify(unsent('One')));
      open.write(unsent(name));
      open.close();
    }
    const first = await tab().open('f');
    first.write(journal());
    expect(first.found?.pending).toHaveLength(1);
    const second = await tab().open('f');
    expect([first.found, second.found].map((one) => one?.pending[0])).toEqual(
      expect.arrayContaining([rename('One'), rename('Two')]),
    );
  });
});

describe('a tab', () => {
  it('finds its own journal after a reload, and before that of others', async () => {
    const { tab } = browser();
    const session = new Map<string, string>();
    const before = await tab(session).open('f');
    before.write(unsent('Mine'));
    before.close();
    const gone = await tab().open('g');
    gone.close();
    expect((await tab(session).open('f')).found).toEqual(unsent('Mine'));
  });
  it('that opens a flow again goes on with its journal; the earlier document writes no more', async () => {
    const { storage, tab } = browser();
    const here = tab();
    const before = await here.open('f');
    before.write(unsent('Before'));
    const after = await here.open('f');
    expect(after.found).toEqual(unsent('Before'));
    expect(before.write(unsent('Late'))).toBe(false);
    before.close();
    after.write(unsent('After'));
    expect(readJournal(storage, journalKey('f', 't1'))).toEqual(unsent('After'));
  });
});

describe('a journal', () => {
  const KEY = journalKey('f', 't');
  it.each(['', 'no JSON', '{}', '{"revision":1,"pending":[{"edit":"format the disk"}],"past":[],"future":[]}'])(
    'that reads %j is none',
    (text) => {
      const storage = storageOf();
      storage.setItem(KEY, text);
      expect(readJournal(storage, KEY)).toBe(null);
    },
  );
  it('of another release keeps what is unsent', () => {
    const storage = storageOf();
    storage.setItem(KEY, JSON.stringify({ revision: 3, pending: [rename('New')], past: [{ odd: 1 }], future: [] }));
    expect(readJournal(storage, KEY)).toEqual(journal({ revision: 3, pending: [rename('New')] }));
  });
  it('gives up what can be undone before what is not saved', () => {
    const storage = storageOf(2_000);
    const past = Array.from({ length: 100 }, (_, index) => act(`Name ${index}`));
    expect(writeJournal(storage, KEY, { ...unsent('New'), past })).toBe(true);
    expect(readJournal(storage, KEY)).toEqual(unsent('New'));
  });
  it('gives up the document that the edits begin at before them, and after what can be undone', () => {
    const base = { name: 'x'.repeat(500) };
    const kept = { ...unsent('New'), past: [act('x'.repeat(300))], base };
    const [roomy, narrow] = [storageOf(1_000), storageOf(400)];
    expect([writeJournal(roomy, KEY, kept), writeJournal(narrow, KEY, kept)]).toEqual([true, true]);
    expect(readJournal(roomy, KEY)).toEqual({ ...unsent('New'), base });
    expect(readJournal(narrow, KEY)).toEqual(unsent('New'));
  });
  it('makes room by what other flows could undo, never by what they have unsent', () => {
    const storage = storageOf(700);
    const other = journalKey('g', 't');
    storage.setItem(other, JSON.stringify(journal({ past: [act('x'.repeat(300))] })));
    const full = journalKey('h', 't');
    storage.setItem(full, JSON.stringify(unsent('Unsent')));
    expect(writeJournal(storage, KEY, unsent('y'.repeat(180)))).toBe(true);
    expect([storage.all.has(other), storage.all.has(full)]).toEqual([false, true]);
  });
  it('makes room by the documents that edits of other flows begin at', () => {
    const storage = storageOf(900);
    const other = journalKey('g', 't');
    storage.setItem(other, JSON.stringify({ ...unsent('Other'), base: { name: 'x'.repeat(700) } }));
    expect(writeJournal(storage, KEY, unsent('y'.repeat(150)))).toBe(true);
    expect([readJournal(storage, other), readJournal(storage, KEY)]).toEqual([
      unsent('Other'),
      unsent('y'.repeat(150)),
    ]);
  });
  it('says when there is no room at all', () => {
    expect(writeJournal(storageOf(10), KEY, unsent('New'))).toBe(false);
  });
});
