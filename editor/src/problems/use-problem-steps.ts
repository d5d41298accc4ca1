import { useCallback, useMemo } from 'react';
import { fieldOf } from '../document/flow-problem.ts';
import { useOpenFlow } from '../document/use-document.ts';
import { type ListedProblem, listProblems } from './problem-groups.ts';

/** Goes to a problem: the canvas zooms to the step, the form opens the field. */
export function useShowProblem(): (listed: ListedProblem) => void {
  const { workbench } = useOpenFlow();
  return useCallback(
    ({ problem, node }) => {
      const field = fieldOf(problem.path);
      if (problem.edge !== null && !problem.node) workbench.show({ edge: problem.edge });
      else if (node) workbench.show({ node: node.id, ...(field && { field }) });
    },
    [workbench],
  );
}

/** The problem that was last gone to, by the page's workbench: buttons and keys go on from the same place. */
const last = new WeakMap<object, string>();

/** From problem to problem, round and round. */
export function useProblemSteps(): { next: () => void; previous: () => void } {
  const { document, workbench } = useOpenFlow();
  const show = useShowProblem();
  return useMemo(() => {
    const go = (step: 1 | -1) => () => {
      const { problems } = workbench.store.getSnapshot().context;
      const listed = listProblems(problems, document.store.getSnapshot().context.flow);
      const before = listed.findIndex(({ key }) => key === last.get(workbench));
      const from = before < 0 && step < 0 ? 0 : before;
      const found = listed[(from + step + listed.length) % listed.length];
      if (!found) return;
      last.set(workbench, found.key);
      show(found);
    };
    return { next: go(1), previous: go(-1) };
  }, [document, workbench, show]);
}
