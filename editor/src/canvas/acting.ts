import type { Edit, Flow, Problem } from '@parley/runtime';
import type { ReactFlowInstance } from '@xyflow/react';
import type { TFunction } from 'i18next';
import type { ActLabel } from '../document/act-label.ts';
import type { OpenFlow } from '../document/use-document.ts';
import type { Selection } from '../document/workbench.ts';
import { say } from '../ui/notices.ts';
import type { CanvasStore } from './canvas-state.ts';
import type { CanvasNode } from './graph.ts';

export interface Around extends OpenFlow {
  canvas: CanvasStore;
  view: ReactFlowInstance<CanvasNode>;
  t: TFunction<'canvas'>;
  /** What is wrong, in the person's language. */
  inWords: (problem: Problem) => string;
}

export type Acting = ReturnType<typeof actingOn>;

/** What every action on the canvas needs: the flow and the selection as they stand, and edits that are told of. */
export function actingOn(around: Around) {
  const { document, workbench, canvas, inWords } = around;
  const isReadOnly = () => workbench.store.getSnapshot().context.isReadOnly;
  return {
    ...around,
    flow: (): Flow => document.store.getSnapshot().context.flow,
    selection: (): Selection => workbench.store.getSnapshot().context.selection,
    isReadOnly,
    /** Applies edits and tells of it; what cannot be done is said in words. */
    apply: (edits: readonly Edit[], label: ActLabel, told: string, merge: string | null = null): boolean => {
      if (isReadOnly() || edits.length === 0) return false;
      const problem = document.apply(edits, label, merge);
      if (problem) say(inWords(problem));
      else canvas.tell(told);
      return !problem;
    },
  };
}
