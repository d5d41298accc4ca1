import { useOpenFlow } from '../document/use-document.ts';
import type { Where } from '../steps/add-step.ts';
import { useCanvasStore } from './canvas-state.ts';

/** Opens the list of steps at a place of the screen; what is chosen goes where it says. */
export function useOpenSteps(): (screen: { x: number; y: number }, where: Where) => void {
  const canvas = useCanvasStore();
  const { workbench } = useOpenFlow();
  return (screen, where) => {
    if (workbench.store.getSnapshot().context.isReadOnly) return;
    canvas.set({ overlay: { kind: 'steps', screen, where } });
  };
}
