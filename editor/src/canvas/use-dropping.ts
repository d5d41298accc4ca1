import { useReactFlow } from '@xyflow/react';
import type { DragEvent } from 'react';
import { carriedStep, isCarried } from '../steps/carried.ts';
import { useCanvasStore } from './canvas-state.ts';
import { CARD_WIDTH } from './places.ts';
import type { Actions } from './use-actions.ts';

/** Steps that are carried here from the palette: let go on a wire, which lights up, or on the ground. */
export function useDropping(actions: Actions) {
  const canvas = useCanvasStore();
  const view = useReactFlow();
  return {
    onDragOver: (event: DragEvent<HTMLElement>) => {
      if (!isCarried(event.dataTransfer) || actions.isReadOnly()) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      const wire = wireAt(event);
      if (wire !== canvas.now().wire) canvas.set({ wire });
    },
    onDragLeave: (event: DragEvent<HTMLElement>) => {
      const isOut = !(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget));
      if (isOut && canvas.now().wire) canvas.set({ wire: null });
    },
    onDrop: (event: DragEvent<HTMLElement>) => {
      const type = carriedStep(event.dataTransfer);
      if (!type || actions.isReadOnly()) return;
      event.preventDefault();
      const { x, y } = view.screenToFlowPosition({ x: event.clientX, y: event.clientY });
      const at: [number, number] = [x - CARD_WIDTH / 2, y - 24];
      const wire = wireAt(event);
      actions.addStepAt(type, wire === null ? { kind: 'place', at } : { kind: 'wire', edge: wire, at });
    },
  };
}

const wireAt = ({ clientX, clientY }: DragEvent): string | null =>
  window.document
    .elementsFromPoint(clientX, clientY)
    .map((element) => element.closest('.react-flow__edge')?.getAttribute('data-id'))
    .find((id) => id != null) ?? null;
