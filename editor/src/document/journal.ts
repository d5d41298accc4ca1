import { Edit } from '@parley/runtime';
import { z } from 'zod';

const Act = z.object({
  label: z.string(),
  edits: z.array(Edit),
  inverse: z.array(Edit),
  merge: z.string().nullable(),
});

/** What a browser keeps of a flow that is open in it: edits that the server has not got yet, and what can be undone. */
export const Journal = z.object({
  /** Of the server's document that `pending` begins at. */
  revision: z.int(),
  pending: z.array(Edit),
  past: z.array(Act),
  future: z.array(Act),
});
export type Journal = z.infer<typeof Journal>;

export interface JournalStore {
  read(flow: string): Journal | null;
  /** False where there is no room for it: unsent edits live in this page only then. */
  write(flow: string, journal: Journal): boolean;
  forget(flow: string): void;
}

const keyOf = (flow: string) => `parley.journal.${flow}`;

/** Journals in the browser's storage, so that a reload, a crash or a day without the server loses nothing. */
export function createJournalStore(storage: Storage): JournalStore {
  return {
    read(flow) {
      const text = storage.getItem(keyOf(flow));
      if (text === null) return null;
      try {
        return Journal.parse(JSON.parse(text));
      } catch {
        return null; // written by another release, or by somebody's hand
      }
    },
    write(flow, journal) {
      // What can be undone is given up before what is not saved
      const smaller = [
        journal,
        { ...journal, past: journal.past.slice(-20), future: [] },
        { ...journal, past: [], future: [] },
      ];
      return smaller.some((one) => {
        try {
          storage.setItem(keyOf(flow), JSON.stringify(one));
          return true;
        } catch {
          return false; // the storage is full
        }
      });
    },
    forget: (flow) => storage.removeItem(keyOf(flow)),
  };
}
