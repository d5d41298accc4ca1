import { createStore } from '@xstate/store';
import { useSelector } from '@xstate/store-react';
import { createContext, useContext } from 'react';
import type { Where } from '../steps/add-step.ts';
import type { Linking } from './linking.ts';

interface Screen {
  x: number;
  y: number;
}

/** What hangs over the canvas at a place of the screen; one at a time. */
export type Overlay =
  | { kind: 'steps'; screen: Screen; where: Where }
  | { kind: 'menu'; screen: Screen; target: MenuTarget }
  | { kind: 'connect'; screen: Screen; node: string; port: string | null }
  | { kind: 'extract' };

export type MenuTarget =
  | { kind: 'canvas'; at: readonly [number, number] }
  | { kind: 'node' | 'wire' | 'note' | 'group'; id: string };

interface CanvasState {
  overlay: Overlay | null;
  /** Wire under the pointer, or lit because a step hangs over it. */
  wire: string | null;
  /** Note or group whose words are being written, by its key on the canvas. */
  writing: string | null;
  /** Card whose tools are shown: the one that the person chose last, by hand or by key. */
  chosen: string | null;
  /** A wire that is being led by arrow keys. */
  linking: Linking | null;
  /** Whether dragging over the ground selects; else it moves the view. */
  isSelecting: boolean;
  hasMap: boolean;
  hasFocus: boolean;
  /** The card that Tab comes to and arrow keys begin at. */
  active: string | null;
  /** Read out by screen readers. */
  told: { text: string; number: number };
}

export type CanvasStore = ReturnType<typeof createCanvasStore>;

/** What only the canvas itself knows: nothing of it is kept or undone. */
export function createCanvasStore() {
  const store = createStore({
    context: {
      overlay: null,
      wire: null,
      writing: null,
      chosen: null,
      linking: null,
      isSelecting: false,
      hasMap: false,
      hasFocus: false,
      active: null,
      told: { text: '', number: 0 },
    } as CanvasState,
    on: { changed: (state, { change }: { change: Partial<CanvasState> }) => ({ ...state, ...change }) },
  });
  const now = () => store.getSnapshot().context;
  const set = (change: Partial<CanvasState>) => store.trigger.changed({ change });
  return {
    store,
    now,
    set,
    tell: (text: string) => set({ told: { text, number: now().told.number + 1 } }),
  };
}

export const CanvasContext = createContext<CanvasStore | null>(null);

export function useCanvasStore(): CanvasStore {
  const canvas = useContext(CanvasContext);
  if (!canvas) throw new Error('a part of the canvas was drawn outside of it');
  return canvas;
}

export function useCanvas<Part>(select: (state: CanvasState) => Part): Part {
  return useSelector(useCanvasStore().store, (state) => select(state.context));
}
