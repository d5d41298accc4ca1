import { Edit } from '@parley/runtime';
import { z } from 'zod';

const Act = z.object({
  label: z.string(),
  edits: z.array(Edit),
  inverse: z.array(Edit),
  merge: z.string().nullable(),
});

/** What a browser's tab keeps of a flow that is open in it: edits that the server has not got yet, and what can be undone. */
export const Journal = z.object({
  /** Of the server's document that `pending` begins at. */
  revision: z.int(),
  pending: z.array(Edit),
  /** That document, where something is pending: what others saved since is put together with ours by it. */
  base: z.unknown().optional(),
  /**
   * The edits that were on their way, the name of that saving, and what the document is to look like with them (null
   * where it is not known): an answer may have been lost.
   */
  sent: z
    .object({ count: z.int().min(1), saving: z.string().optional(), hash: z.number().nullable() })
    .nullable()
    .default(null),
  // Written by another release, what can be undone may not read any more; what is unsent has to
  past: z.array(Act).catch([]),
  future: z.array(Act).catch([]),
});
export type Journal = z.infer<typeof Journal>;

/** The journal of one flow in one tab. */
export interface OpenJournal {
  /** What this tab, or one that is gone, left behind. */
  found: Journal | null;
  /** False where there is no room for it: unsent edits live in this page only then. */
  write(journal: Journal): boolean;
  /** Lets another tab go on with it. */
  close(): void;
}

/** Where the browser keeps nothing. */
export const NO_JOURNAL: OpenJournal = { found: null, write: () => false, close: () => {} };

const PREFIX = 'parley.journal.';
const KEPT_WHERE_FULL = 20; // acts that can be undone, where all of them have no room

export type JournalStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export function readJournal(storage: JournalStorage, key: string): Journal | null {
  try {
    return Journal.parse(JSON.parse(storage.getItem(key) ?? ''));
  } catch {
    return null; // nothing there, or somebody's hand wrote it
  }
}

export const journalKey = (flow: string, tab: string): string => `${PREFIX}${flow}.${tab}`;

/** Keys of the journals of a flow; of all flows without one. */
export function journalKeys(storage: JournalStorage, flow?: string): string[] {
  const start = flow === undefined ? PREFIX : journalKey(flow, '');
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
  return keys.filter((key) => key.startsWith(start));
}

/** Leaves of a journal what is unsent, and nothing of one that has nothing unsent. */
function makeSmall(storage: JournalStorage, key: string): void {
  const journal = readJournal(storage, key);
  storage.removeItem(key);
  if (!journal || journal.pending.length === 0) return;
  storage.setItem(key, JSON.stringify({ ...journal, past: [], future: [], base: undefined }));
}

/**
 * Writes a journal. Where the storage is full, what can be undone is given up first, then the document that the edits
 * begin at, and what is not saved never; the same goes for other flows.
 */
export function writeJournal(storage: JournalStorage, key: string, journal: Journal): boolean {
  const nothingToUndo = { ...journal, past: [], future: [] };
  const editsOnly = { ...nothingToUndo, base: undefined };
  const attempts = [
    () => journal,
    () => ({ ...journal, past: journal.past.slice(-KEPT_WHERE_FULL), future: [] }),
    () => nothingToUndo,
    () => editsOnly,
    () => {
      for (const other of journalKeys(storage)) if (other !== key) makeSmall(storage, other);
      return editsOnly;
    },
  ];
  return attempts.some((attempt) => {
    try {
      storage.setItem(key, JSON.stringify(attempt()));
      return true;
    } catch {
      return false; // the storage is full, or not allowed
    }
  });
}
