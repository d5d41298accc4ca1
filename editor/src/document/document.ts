import { nodeTypes } from '@parley/nodes';
import { type Edit, type Flow, type Problem, parseFlow } from '@parley/runtime';
import { createStore } from '@xstate/store';
import { createActor } from 'xstate';
import { errorWords } from '../ui/error-words.ts';
import type { ActLabel } from './act-label.ts';
import { createAutosave, type Saved } from './autosave.ts';
import { changesBetween } from './changes.ts';
import { type Dispute, disputeOf } from './dispute.ts';
import {
  applied,
  type DocumentState,
  hashOf,
  hashOfDocument,
  openDocument,
  replay,
  type SaveState,
} from './document-state.ts';
import { editsBetween } from './flow-edits.ts';
import { act, type Changed, redo, undo } from './history.ts';
import type { OpenJournal } from './journal.ts';
import { keepUndo } from './keep-undo.ts';
import { mergeFlows } from './merge-flows.ts';
import type { MergeSide } from './merge-values.ts';
import { replacesAll } from './target-of.ts';

export type { SaveState };

/** What the server takes and answers; `api/flows.ts` has it, tests give their own. */
export interface FlowServer {
  /** Rejects where the server cannot be reached. */
  saveEdits(revision: number, edits: readonly Edit[], saving: string): Promise<SaveAnswer>;
}
export type SaveAnswer =
  | { kind: 'saved'; revision: number; problems?: readonly Problem[] }
  | {
      kind: 'conflict';
      current: { revision: number; document: unknown };
      changes: string[];
      saved?: number | null;
    }
  | { kind: 'refused'; error: Error };

/** How time passes: tests give one that stands still. */
export interface Clock {
  setTimeout(run: () => void, after: number): unknown;
  clearTimeout(timer: unknown): void;
}

interface DocumentOptions {
  /** The flow's, for what is asked of the server about it. */
  id: string;
  saved: { flow: Flow; revision: number; problems?: readonly Problem[] };
  server: FlowServer;
  journal: OpenJournal;
  /** Names a saving, unlike any other. */
  newSaving: () => string;
  clock?: Clock;
}

const MAX_EDITS = 500; // sent at a time; the rest follows
const KEEP_AFTER = 250; // ms: writing 200 acts of a large flow with every letter would be felt

const realClock: Clock = {
  setTimeout: (run, after) => setTimeout(run, after),
  clearTimeout: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};

export type FlowDocument = ReturnType<typeof createDocument>;

/** A flow that is open: every change goes through `applyEdit`, can be undone, and is saved by itself. */
export function createDocument({ id, saved, server, journal, newSaving, clock = realClock }: DocumentOptions) {
  const opened = openDocument(saved, journal.found);
  let { pending, base } = opened;
  /** What the document is to look like with the first of `pending`, which were sent: the journal has it too. */
  let { sent } = opened;
  /** So many of the first of `pending` were sent and not answered. They are sent again as they were. */
  let onTheWay = sent?.count ?? 0;
  let keeping: unknown = null;
  const store = createStore({
    context: {
      ...opened.history,
      saveState: pending.length > 0 ? 'dirty' : 'clean',
      conflict: null,
      merged: null,
      reason: null,
      isKept: true,
      revision: opened.revision,
      judged: saved.problems ?? [],
    } as DocumentState,
    on: { changed: (state, { change }: { change: Partial<DocumentState> }) => ({ ...state, ...change }) },
  });
  const set = (change: Partial<DocumentState>) => store.trigger.changed({ change });
  const now = () => store.getSnapshot().context;

  const autosave = createActor(createAutosave({ save, isDirty: () => pending.length > 0 }), {
    clock: {
      setTimeout: (run, after) => clock.setTimeout(run, after),
      clearTimeout: (timer) => clock.clearTimeout(timer),
    },
  });
  autosave.subscribe(({ value, context }) => {
    const saveState = (typeof value === 'string' ? value : Object.keys(value)[0]) as SaveState;
    if (saveState !== now().saveState || context.conflict !== now().conflict || context.reason !== now().reason)
      set({ saveState, conflict: context.conflict, reason: context.reason });
  });

  function keepSoon(): void {
    keeping ??= clock.setTimeout(keep, KEEP_AFTER);
  }

  function keep(): void {
    clock.clearTimeout(keeping);
    keeping = null;
    const { past, future, revision } = now();
    const isKept = journal.write({
      revision,
      pending,
      ...(pending.length > 0 && base && { base }),
      sent,
      past: [...past],
      future: [...future],
    });
    if (isKept !== now().isKept) set({ isKept });
  }

  function take(changed: Changed | null): Problem | null {
    if (!changed) return null;
    if (!changed.ok) return changed.problem;
    pending = withEdits(pending, changed.edits, onTheWay);
    set(changed.history);
    keepSoon();
    autosave.send({ type: 'edited' });
    return null;
  }

  async function save(): Promise<Saved> {
    const { revision } = now();
    const edits = pending.slice(0, onTheWay || MAX_EDITS);
    const wanted = base && applied(base, edits);
    const isAgain = onTheWay > 0;
    const saving = (isAgain && sent?.saving) || newSaving();
    onTheWay = edits.length;
    sent = { count: edits.length, saving, hash: wanted && hashOf(wanted) };
    keep();
    const answer = await server.saveEdits(revision, edits, saving);
    // The document was replaced meanwhile
    if (now().revision !== revision) return { outcome: 'saved' };
    onTheWay = 0;
    if (answer.kind === 'saved' && answer.problems) set({ judged: answer.problems });
    if (answer.kind === 'saved') return settle(edits.length, wanted, answer.revision);
    if (answer.kind === 'refused') {
      sent = null;
      return { outcome: 'refused', reason: errorWords(answer.error) };
    }
    // Our own saving, whose answer was lost on the way
    const { current } = answer;
    const isAsSent = sent.hash !== null && hashOfDocument(current.document) === sent.hash;
    if (answer.saved === current.revision || isAsSent) return settle(edits.length, wanted, current.revision);
    sent = null;
    if (typeof answer.saved === 'number') {
      // It came, and somebody saved on top of it
      base = wanted;
      pending = pending.slice(edits.length);
    } else if (isAgain && answer.saved === undefined) base = null; // nobody can tell whether it came
    if (mergeWith(current)) return { outcome: 'saved' };
    return { outcome: 'conflict', conflict: { ...current, changes: answer.changes } };
  }

  function settle(count: number, flow: Flow | null, revision: number): Saved {
    base = flow;
    pending = pending.slice(count);
    sent = null;
    set({ revision });
    keep();
    return { outcome: 'saved' };
  }

  /** Puts our changes and those of another person together where no field is in question. */
  function mergeWith(current: { revision: number; document: unknown }): boolean {
    const before = base;
    const theirs = parseFlow(current.document).flow;
    if (theirs && !before && pending.length === 0) {
      goOnFrom({ flow: theirs, revision: current.revision }, []);
      return true;
    }
    const merged = before && theirs && mergeFlows({ base: before, mine: now().flow, theirs }, nodeTypes);
    if (!merged || merged.clashes.length > 0) return false;
    goOnWith({ flow: theirs, revision: current.revision }, merged.flow);
    set({ merged: { theirs: changesBetween(before, theirs), number: (now().merged?.number ?? 0) + 1 } });
    return true;
  }

  /** Goes on from another document of the server, to what was made of it and ours. */
  function goOnWith(theirs: { flow: Flow; revision: number }, merged: Flow): void {
    const past = base ? keepUndo(now().past, { base, theirs: theirs.flow, merged }) : [];
    goOnFrom(theirs, editsBetween(theirs.flow, merged));
    set({ past });
    keep();
  }

  /** Goes on from another document of the server. */
  function goOnFrom(theirs: { flow: Flow; revision: number }, mine: readonly Edit[]): { lost: number } {
    const onTop = replay(theirs.flow, mine);
    const isSame = hashOf(onTop.flow) === hashOf(now().flow);
    base = theirs.flow;
    pending = onTop.kept;
    sent = null;
    onTheWay = 0;
    // The inverses were of another document
    set({ flow: onTop.flow, revision: theirs.revision, ...(!isSame && { past: [], future: [] }) });
    keep();
    autosave.send({ type: 'resolved' });
    return { lost: onTop.lost };
  }

  const isIdle = (): boolean => now().saveState === 'clean' && pending.length === 0 && onTheWay === 0;

  autosave.start();
  if (pending.length > 0) autosave.send({ type: 'save' });

  return {
    id,
    store,
    /** Makes edits, all or none, as one thing that can be undone. The problem, where they cannot be made. */
    apply: (edits: readonly Edit[], label: ActLabel, merge: string | null = null): Problem | null =>
      edits.length === 0 ? null : take(act(now(), { edits: [...edits], label, merge })),
    undo: () => take(undo(now())),
    redo: () => take(redo(now())),
    /** Ends what would merge: the next edit is a thing of its own. */
    settleMerge: () => {
      const { past } = now();
      const last = past.at(-1);
      if (last && last.merge !== null) set({ past: [...past.slice(0, -1), { ...last, merge: null }] });
    },
    /** Sends at once what is unsaved. */
    save: () => autosave.send({ type: 'save' }),
    online: () => autosave.send({ type: 'online' }),
    /** Writes at once what this browser keeps: the page may be gone in a moment. */
    keep: () => {
      if (keeping !== null) keep();
    },
    /** Whether closing the page now would leave edits unsent (they are kept in this browser). */
    isDirty: () => pending.length > 0,
    /** What the server has not got yet, oldest first. */
    unsent: (): readonly Edit[] => pending,
    /** True once everything is saved; false where that cannot be now: offline, conflict, refused. */
    whenSaved: async (): Promise<boolean> => {
      autosave.send({ type: 'save' });
      const isOver = () => !['dirty', 'saving'].includes(now().saveState);
      if (!isOver())
        await new Promise<void>((resolve) => {
          const { unsubscribe } = store.subscribe(() => {
            if (now().saveState === 'dirty') autosave.send({ type: 'save' });
            if (!isOver()) return;
            unsubscribe();
            resolve();
          });
        });
      return pending.length === 0;
    },
    /** What a conflict is about; null where there is none. */
    dispute: (): Dispute | null => {
      const { conflict, flow } = now();
      const theirs = conflict && parseFlow(conflict.document).flow;
      return theirs && disputeOf({ base, ours: flow, theirs, pending });
    },
    /**
     * Ends a conflict field by field: what one of the two changed stays, and where both did, `choices` say by the clash's
     * key who wins. False where the two cannot be put together so.
     */
    merge: (choices: Readonly<Record<string, MergeSide>>): boolean => {
      const { conflict, flow } = now();
      const theirs = conflict && parseFlow(conflict.document).flow;
      const merged = base && theirs && mergeFlows({ base, mine: flow, theirs }, nodeTypes, choices);
      if (!conflict || !merged) return false;
      goOnWith({ flow: theirs, revision: conflict.revision }, merged.flow);
      return true;
    },
    /**
     * Ends a conflict. `mine` puts our unsent edits on top of what the other person saved, and gives back how many of
     * them no longer fit; `theirs` lets ours go.
     */
    resolve: (choice: 'mine' | 'theirs'): { lost: number } => {
      const { conflict } = now();
      const flow = conflict && parseFlow(conflict.document).flow;
      if (!conflict || !flow) return { lost: 0 };
      return goOnFrom({ flow, revision: conflict.revision }, choice === 'mine' ? pending : []);
    },
    /** Whether another person's saving can come in by itself: nothing here is unsent, asked about or on its way. */
    isIdle,
    /** Takes in what somebody saved meanwhile, while nothing was done here; what was done before can still be undone. */
    catchUp: (current: { revision: number; document: unknown; problems?: readonly Problem[] | undefined }) => {
      if (!isIdle() || current.revision <= now().revision || !mergeWith(current)) return;
      if (current.problems) set({ judged: current.problems });
    },
    /** Takes what the server says now of what it holds; of another revision it says it with the next saving. */
    judge: ({ revision, problems }: { revision: number; problems: readonly Problem[] }) => {
      if (revision === now().revision) set({ judged: problems });
    },
    /** Replaces everything by what the server holds now, such as after a version was restored there. */
    replace: (fresh: { flow: Flow; revision: number }) => {
      goOnFrom(fresh, []);
    },
    /** Sends what is left and ends. What could not be sent stays in the journal. */
    close: () => {
      keep();
      const end = () => {
        autosave.stop();
        journal.close();
      };
      autosave.send({ type: 'save' });
      if (now().saveState !== 'saving') return end();
      const { unsubscribe } = store.subscribe(({ context }) => {
        if (context.saveState === 'saving') return;
        unsubscribe();
        end();
      });
    },
  };
}

/** A field that is set again before it was sent needs to be sent once; the first `onTheWay` edits are as they are. */
function withEdits(pending: readonly Edit[], edits: readonly Edit[], onTheWay: number): Edit[] {
  const last = pending.slice(-edits.length);
  const isUnsent = pending.length - onTheWay >= edits.length;
  return isUnsent && replacesAll(last, edits) ? [...pending.slice(0, -edits.length), ...edits] : [...pending, ...edits];
}
