import { canonicalJson, type Edit, type Flow, type Problem, parseFlow } from '@parley/runtime';
import { createStore } from '@xstate/store';
import { createActor } from 'xstate';
import { type Conflict, createAutosave, type Saved } from './autosave.ts';
import { act, type Changed, type History, redo, undo } from './history.ts';
import type { JournalStore } from './journal.ts';

/** What the server takes and answers; `api/flows.ts` has it, tests give their own. */
export interface FlowServer {
  /** Rejects where the server cannot be reached. */
  saveEdits(revision: number, edits: readonly Edit[]): Promise<SaveAnswer>;
}
export type SaveAnswer =
  | { kind: 'saved'; revision: number }
  | { kind: 'conflict'; current: { revision: number; document: unknown }; changes: string[] }
  | { kind: 'refused'; reason: string };

export type SaveState = 'clean' | 'dirty' | 'saving' | 'offline' | 'conflict' | 'refused';

interface DocumentState extends History {
  saveState: SaveState;
  /** What another person saved, while `saveState` is conflict. */
  conflict: Conflict | null;
  /** Why the server takes no more, while `saveState` is refused. */
  reason: string | null;
  /** False where the browser has no room to keep unsent edits over a reload. */
  isKept: boolean;
  revision: number;
}

interface DocumentOptions {
  id: string;
  saved: { flow: Flow; revision: number };
  server: FlowServer;
  journals: JournalStore;
}

const MAX_EDITS = 500; // sent at a time; the rest follows

export type FlowDocument = ReturnType<typeof createDocument>;

/** A flow that is open: every change goes through `applyEdit`, can be undone, and is saved by itself. */
export function createDocument({ id, saved, server, journals }: DocumentOptions) {
  const opened = open(saved, journals.read(id));
  let pending: Edit[] = opened.pending;
  /** The server's document, as far as we know it: what `pending` begins at. */
  let base = saved.flow;
  const store = createStore({
    context: {
      ...opened.history,
      saveState: opened.conflict ? 'conflict' : pending.length > 0 ? 'dirty' : 'clean',
      conflict: opened.conflict,
      reason: null,
      isKept: true,
      revision: saved.revision,
    } as DocumentState,
    on: { changed: (state, { change }: { change: Partial<DocumentState> }) => ({ ...state, ...change }) },
  });
  const set = (change: Partial<DocumentState>) => store.trigger.changed({ change });
  const now = () => store.getSnapshot().context;

  const autosave = createActor(createAutosave({ save, isDirty: () => pending.length > 0 }));
  autosave.subscribe(({ value, context }) => {
    const saveState = value === 'begin' ? 'clean' : (value as SaveState);
    if (saveState !== now().saveState || context.conflict !== now().conflict || context.reason !== now().reason)
      set({ saveState, conflict: context.conflict, reason: context.reason });
  });

  function keep(): void {
    const { past, future, revision } = now();
    const isKept = journals.write(id, { revision, pending, past: [...past], future: [...future] });
    if (isKept !== now().isKept) set({ isKept });
  }

  function take(changed: Changed | null): Problem | null {
    if (!changed) return null;
    if (!changed.ok) return changed.problem;
    pending = [...pending, ...changed.edits];
    set(changed.history);
    keep();
    autosave.send({ type: 'edited' });
    return null;
  }

  async function save(): Promise<Saved> {
    const { revision } = now();
    const edits = pending.slice(0, MAX_EDITS);
    const answer = await server.saveEdits(revision, edits);
    if (answer.kind === 'refused') return { outcome: 'refused', reason: answer.reason };
    if (answer.kind === 'saved') return settle(edits.length, answer.revision);
    const wanted = applied(base, edits);
    // Our own saving, whose answer was lost on the way
    if (wanted && isSame(answer.current.document, wanted)) return settle(edits.length, answer.current.revision);
    return { outcome: 'conflict', conflict: { ...answer.current, changes: answer.changes } };
  }

  function settle(count: number, revision: number): Saved {
    base = applied(base, pending.slice(0, count)) ?? base;
    pending = pending.slice(count);
    set({ revision });
    keep();
    return { outcome: 'saved', sent: count, revision };
  }

  autosave.start();
  if (opened.conflict) autosave.send({ type: 'found', conflict: opened.conflict });

  return {
    id,
    store,
    /** Makes edits, all or none, as one thing that can be undone. The problem, where they cannot be made. */
    apply: (edits: readonly Edit[], label: string, merge: string | null = null): Problem | null =>
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
    /** Whether closing the page now would leave edits unsent (they are kept in this browser). */
    isDirty: () => pending.length > 0,
    /**
     * Ends a conflict. `mine` puts our unsent edits on top of what the other person saved, and gives back how many of
     * them no longer fit; `theirs` lets ours go.
     */
    resolve: (choice: 'mine' | 'theirs'): { lost: number } => {
      const { conflict, flow: ours } = now();
      if (!conflict) return { lost: 0 };
      const theirs = parseFlow(conflict.document).flow;
      if (!theirs) return { lost: pending.length };
      const onTop = choice === 'mine' ? replay(theirs, pending) : { flow: theirs, kept: [], lost: 0 };
      base = theirs;
      pending = onTop.kept;
      const isSameFlow = isSame(onTop.flow, ours);
      set({
        flow: onTop.flow,
        revision: conflict.revision,
        ...(!isSameFlow && { past: [], future: [] }), // the inverses were of another document
      });
      keep();
      autosave.send({ type: 'resolved', isDirty: pending.length > 0 });
      return { lost: onTop.lost };
    },
    /** Replaces everything by what the server holds now, such as after a version was restored there. */
    replace: (fresh: { flow: Flow; revision: number }) => {
      base = fresh.flow;
      pending = [];
      set({ flow: fresh.flow, revision: fresh.revision, past: [], future: [] });
      keep();
      autosave.send({ type: 'resolved', isDirty: false });
    },
    close: () => autosave.stop(),
  };
}

/** The server's document with what this browser has not sent yet; a conflict where both went on. */
function open(
  saved: { flow: Flow; revision: number },
  journal: ReturnType<JournalStore['read']>,
): { history: History; pending: Edit[]; conflict: Conflict | null } {
  const fresh = { history: { flow: saved.flow, past: [], future: [] }, pending: [], conflict: null };
  if (!journal) return fresh;
  const { revision, pending, past, future } = journal;
  if (revision === saved.revision) {
    const flow = applied(saved.flow, pending);
    return flow ? { history: { flow, past, future }, pending, conflict: null } : fresh;
  }
  if (pending.length === 0) return fresh;
  const { flow } = replay(saved.flow, pending);
  const conflict = { revision: saved.revision, document: saved.flow, changes: [] };
  return { history: { flow, past: [], future: [] }, pending, conflict };
}

function applied(flow: Flow, edits: readonly Edit[]): Flow | null {
  const { flow: result, lost } = replay(flow, edits);
  return lost === 0 ? result : null;
}

/** Makes one edit after the other and leaves out those that no longer fit. */
function replay(flow: Flow, edits: readonly Edit[]): { flow: Flow; kept: Edit[]; lost: number } {
  let at: History = { flow, past: [], future: [] };
  const kept: Edit[] = [];
  for (const edit of edits) {
    const changed = act(at, { edits: [edit], label: '', merge: null });
    if (!changed.ok) continue;
    at = { ...changed.history, past: [] };
    kept.push(edit);
  }
  return { flow: at.flow, kept, lost: edits.length - kept.length };
}

const isSame = (one: unknown, other: unknown) => canonicalJson(one) === canonicalJson(other);
