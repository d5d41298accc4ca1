import { CanvasMenu } from './CanvasMenu.tsx';
import { ConnectMenu } from './ConnectMenu.tsx';
import { useCanvas } from './canvas-state.ts';
import { ExtractDialog } from './ExtractDialog.tsx';
import { StepMenu } from './StepMenu.tsx';
import type { Actions } from './use-actions.ts';
import type { Overlays as Openers } from './use-overlays.ts';

interface OverlaysProps {
  actions: Actions;
  overlays: Openers;
  /** Goes on with a wire on the canvas. */
  linkByArrows: (node: string, port: string) => void;
}

/** The one thing that hangs over the canvas, if any. */
export function Overlays({ actions, overlays, linkByArrows }: OverlaysProps) {
  const overlay = useCanvas((state) => state.overlay);
  switch (overlay?.kind) {
    case undefined:
      return null;
    case 'steps':
      return <StepMenu overlay={overlay} actions={actions} />;
    case 'connect':
      return <ConnectMenu overlay={overlay} actions={actions} linkByArrows={linkByArrows} />;
    case 'menu':
      return <CanvasMenu overlay={overlay} actions={actions} overlays={overlays} />;
    case 'extract':
      return <ExtractDialog actions={actions} />;
  }
}
