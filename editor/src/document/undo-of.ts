import type { FlowDocument } from './document.ts';

/** Takes back what was done last as one calls it; false where something was done since, or it was taken back already. */
export function undoOf({ store, undo }: Pick<FlowDocument, 'store' | 'undo'>): () => boolean {
  const last = () => store.getSnapshot().context.past.at(-1);
  const act = last();
  return () => {
    if (act === undefined || last() !== act) return false;
    undo();
    return true;
  };
}
