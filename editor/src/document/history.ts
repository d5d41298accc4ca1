import { applyEdits, type Edit, type Flow, type Problem } from '@parley/runtime';
import { replacesAll } from './target-of.ts';

/** One thing that a person did: what it changed, and what takes it back. */
export interface Act {
  /** Says what was done, for "Undo move": a key of the words of the document. */
  label: string;
  edits: Edit[];
  inverse: Edit[];
  /** Acts with the same key that follow each other become one: letters typed into one field, one slide of a number. */
  merge: string | null;
}

export interface History {
  flow: Flow;
  /** Oldest first. */
  past: readonly Act[];
  /** What was undone, the next to redo last. */
  future: readonly Act[];
}

export type Changed = { ok: true; history: History; edits: Edit[] } | { ok: false; problem: Problem };

const MAX_ACTS = 200; // beyond these the oldest cannot be undone any more

/** Makes edits, all or none. Whatever was undone before cannot be redone after it. */
export function act(history: History, given: Pick<Act, 'label' | 'edits' | 'merge'>): Changed {
  const result = applyEdits(history.flow, given.edits);
  if (!result.ok) return result;
  const last = history.past.at(-1);
  const fresh: Act = { ...given, inverse: result.inverse };
  const past =
    last && given.merge !== null && last.merge === given.merge && history.future.length === 0
      ? [...history.past.slice(0, -1), merged(last, fresh)]
      : [...history.past, fresh].slice(-MAX_ACTS);
  return { ok: true, history: { flow: result.flow, past, future: [] }, edits: given.edits };
}

export function undo(history: History): Changed | null {
  const last = history.past.at(-1);
  if (!last) return null;
  const result = applyEdits(history.flow, last.inverse);
  if (!result.ok) return result;
  const next = { flow: result.flow, past: history.past.slice(0, -1), future: [...history.future, last] };
  return { ok: true, history: next, edits: last.inverse };
}

export function redo(history: History): Changed | null {
  const last = history.future.at(-1);
  if (!last) return null;
  const result = applyEdits(history.flow, last.edits);
  if (!result.ok) return result;
  // A redone act stands by itself: what is typed after it is a new one
  const again = { ...last, inverse: result.inverse, merge: null };
  const next = { flow: result.flow, past: [...history.past, again], future: history.future.slice(0, -1) };
  return { ok: true, history: next, edits: last.edits };
}

/** One field set again and again needs only its first inverse and its last edit. */
const merged = (before: Act, after: Act): Act =>
  replacesAll(before.edits, after.edits)
    ? { ...after, inverse: before.inverse }
    : { ...after, edits: [...before.edits, ...after.edits], inverse: [...after.inverse, ...before.inverse] };
