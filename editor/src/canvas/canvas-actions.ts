import { createContext, useContext } from 'react';
import type { Actions } from './use-actions.ts';

export const CanvasActionsContext = createContext<Actions | null>(null);

/** What can be done, for what is drawn within the canvas. */
export function useCanvasActions(): Actions {
  const actions = useContext(CanvasActionsContext);
  if (!actions) throw new Error('a part of the canvas was drawn outside of it');
  return actions;
}
