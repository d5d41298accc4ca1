import type { HeldText } from './held-texts.ts';
import { useOpenFlow, useWorkbench } from './use-document.ts';

/** A text that is no part of the document yet, by its place: it outlives the panel that it is written in, not the page. */
export function useHeldText(place: string): [HeldText | null, (held: HeldText | null) => void] {
  const { workbench } = useOpenFlow();
  const held = useWorkbench((state) => state.held[place] ?? null);
  return [held, (next) => workbench.hold(place, next)];
}
