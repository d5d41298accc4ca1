import type { Flow } from '@parley/runtime';
import { useSelector } from '@xstate/store-react';
import { createContext, useContext } from 'react';
import type { FlowDocument } from './document.ts';
import type { FlowProblem } from './flow-problem.ts';
import type { Workbench, WorkbenchState } from './workbench.ts';

/** All that a panel of the bot page reaches. */
export interface OpenFlow {
  document: FlowDocument;
  workbench: Workbench;
}

export const OpenFlowContext = createContext<OpenFlow | null>(null);

export function useOpenFlow(): OpenFlow {
  const open = useContext(OpenFlowContext);
  if (!open) throw new Error('a panel was drawn outside of the bot page');
  return open;
}

/** A part of the flow; draws again only when that part changed. */
export function useFlow<Part>(
  select: (flow: Flow) => Part,
  isSame?: (one: Part | undefined, other: Part) => boolean,
): Part {
  return useSelector(useOpenFlow().document.store, (state) => select(state.context.flow), isSame);
}

export function useWorkbench<Part>(
  select: (state: WorkbenchState) => Part,
  isSame?: (one: Part | undefined, other: Part) => boolean,
): Part {
  return useSelector(useOpenFlow().workbench.store, (state) => select(state.context), isSame);
}

/** What `checkFlow` says of the flow as it stands, a moment after the last edit. */
export const useProblems = (): readonly FlowProblem[] => useWorkbench((state) => state.problems);
