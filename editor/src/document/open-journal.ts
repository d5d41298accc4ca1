import {
  type Journal,
  type JournalStorage,
  journalKey,
  journalKeys,
  type OpenJournal,
  readJournal,
  writeJournal,
} from './journal.ts';

/** Holds a name as long as the page lives. Null where another tab holds it. */
export type HoldName = (name: string) => Promise<(() => void) | null>;

interface JournalsOptions {
  storage: JournalStorage;
  /** Of this tab: it is still there after a reload. */
  session: Pick<Storage, 'getItem' | 'setItem'>;
  hold: HoldName;
  newId: () => string;
}

const TAB = 'parley.tab';

export interface Journals {
  open(flow: string): Promise<OpenJournal>;
}

/**
 * Journals in the browser's storage, so that a reload, a crash or a day without the server loses nothing. Each tab has
 * its own; that of a tab which is gone is taken over by the next one that opens the flow.
 */
export function createJournals({ storage, session, hold, newId }: JournalsOptions): Journals {
  /** Flows that this page has open: who opens one again goes on with its journal, the earlier document writes no more. */
  const here = new Map<string, { tab: string; release: () => void; isOpen: boolean }>();

  return {
    async open(flow) {
      const before = here.get(flow);
      if (before) before.isOpen = false;
      const held = { ...(before ?? (await nameTab(flow))), isOpen: true };
      here.set(flow, held);
      const key = journalKey(flow, held.tab);
      return {
        found: await adopt(flow, key),
        write: (journal) => held.isOpen && writeJournal(storage, key, journal),
        close: () => {
          if (!held.isOpen) return;
          held.isOpen = false;
          here.delete(flow);
          held.release();
        },
      };
    },
  };

  /** A tab that was duplicated has the name of the other one: then it gets its own. */
  async function nameTab(flow: string): Promise<{ tab: string; release: () => void }> {
    const known = session.getItem(TAB);
    const held = known === null ? null : await hold(journalKey(flow, known));
    if (known !== null && held) return { tab: known, release: held };
    const tab = newId();
    session.setItem(TAB, tab);
    const release = await hold(journalKey(flow, tab));
    return { tab, release: release ?? (() => {}) };
  }

  /**
   * This tab's journal; but unsent edits of a tab that is gone come first where this one has none. Others' unsent edits
   * stay where they are, for the next opening.
   */
  async function adopt(flow: string, own: string): Promise<Journal | null> {
    let found = readJournal(storage, own);
    for (const key of journalKeys(storage, flow)) {
      if (key === own) continue;
      const release = await hold(key);
      if (!release) continue;
      const left = readJournal(storage, key);
      const isWanted = left !== null && (found === null || (found.pending.length === 0 && left.pending.length > 0));
      if (isWanted) found = left;
      const isSafe = isWanted ? writeJournal(storage, own, left) : left?.pending.length === 0;
      if (isSafe) storage.removeItem(key);
      release();
    }
    return found;
  }
}
