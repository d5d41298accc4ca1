import type { OpenFlow } from './use-document.ts';

/** Tells the workbench which steps are added and which are left, until the returned function is called. */
export function watchUntouched({ document, workbench }: OpenFlow): () => void {
  let known = idsOf();
  let looked: string | null = null;

  function idsOf(): Set<string> {
    return new Set(document.store.getSnapshot().context.flow.nodes.map(({ id }) => id));
  }
  const onFlow = document.store.subscribe(({ context: { flow } }) => {
    if (flow.nodes.length === known.size) return; // as with every letter
    const fresh = flow.nodes.map(({ id }) => id).filter((id) => !known.has(id));
    known = idsOf();
    if (fresh.length > 0) workbench.addedNodes(fresh);
  });
  const onSelection = workbench.store.subscribe(({ context: { selection } }) => {
    const [only] = selection.nodes;
    const now = selection.nodes.length === 1 && only !== undefined ? only : null;
    if (now === looked) return;
    const before = looked;
    looked = now;
    if (before !== null) workbench.leaveNode(before);
  });
  return () => {
    onFlow.unsubscribe();
    onSelection.unsubscribe();
  };
}
