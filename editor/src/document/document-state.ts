import { canonicalJson, type Edit, type Flow, type Problem, parseFlow, quickHash } from '@parley/runtime';
import type { Conflict } from './autosave.ts';
import type { Change } from './changes.ts';
import { act, type History } from './history.ts';
import type { Journal } from './journal.ts';

export type SaveState = 'clean' | 'dirty' | 'saving' | 'offline' | 'conflict' | 'refused';

export interface DocumentState extends History {
  saveState: SaveState;
  /** What another person saved, while `saveState` is conflict. */
  conflict: Conflict | null;
  /** Somebody else's changes that came in beside ours, without a question; the number rises with each time. */
  merged: { theirs: Change[]; number: number } | null;
  /** Why the server takes no more, while `saveState` is refused. */
  reason: string | null;
  /** False where the browser has no room to keep unsent edits over a reload. */
  isKept: boolean;
  revision: number;
  /** What the server said was wrong when the flow was last saved. */
  judged: readonly Problem[];
}

/** How a flow begins when it is opened. */
export interface Opened {
  history: History;
  pending: Edit[];
  /** The server's document that `pending` begins at; null where it is an older one that this browser had no room for. */
  base: Flow | null;
  revision: number;
  sent: Journal['sent'];
}

/** The server's document with what this browser has not sent yet. */
export function openDocument(saved: { flow: Flow; revision: number }, journal: Journal | null): Opened {
  const fresh = {
    history: { flow: saved.flow, past: [], future: [] },
    pending: [],
    base: saved.flow,
    revision: saved.revision,
    sent: null,
  };
  if (!journal) return fresh;
  const { past, future, sent } = journal;
  const isTaken = journal.revision < saved.revision && sent !== null && hashOf(saved.flow) === sent.hash;
  const pending = isTaken ? journal.pending.slice(sent.count) : journal.pending;
  const base = parseFlow(journal.base).flow;
  // A backup may have been restored, and revisions counted anew
  const isSame = journal.revision === saved.revision && (!base || hashOf(base) === hashOf(saved.flow));
  if (isTaken || isSame) {
    const flow = applied(saved.flow, pending);
    if (flow) return { ...fresh, history: { flow, past, future }, pending, sent: isTaken ? null : sent };
  }
  if (pending.length === 0) return fresh;
  // Both went on. Asked with the old revision, the server tells what came between
  const revision = Math.min(journal.revision, saved.revision - 1);
  const mine = base && applied(base, journal.pending);
  if (mine) return { history: { flow: mine, past, future }, pending: journal.pending, base, revision, sent };
  const { flow } = replay(saved.flow, pending);
  return { history: { flow, past: [], future: [] }, pending, base: null, revision, sent: isTaken ? null : sent };
}

export function applied(flow: Flow, edits: readonly Edit[]): Flow | null {
  const { flow: result, lost } = replay(flow, edits);
  return lost === 0 ? result : null;
}

/** Makes one edit after the other and leaves out those that no longer fit. */
export function replay(flow: Flow, edits: readonly Edit[]): { flow: Flow; kept: Edit[]; lost: number } {
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

/** Tells documents apart, whatever way they were written. */
export const hashOf = (flow: Flow): number => quickHash(canonicalJson(flow));
export const hashOfDocument = (document: unknown): number | null => {
  const { flow } = parseFlow(document);
  return flow && hashOf(flow);
};
