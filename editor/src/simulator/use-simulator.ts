import { useSelector } from '@xstate/store-react';
import { createContext, useContext } from 'react';
import type { Simulator } from './simulator-state.ts';
import type { TalkView } from './talk/talk-view.ts';

export const SimulatorContext = createContext<Simulator | null>(null);

export function useSimulator(): Simulator {
  const simulator = useContext(SimulatorContext);
  if (!simulator) throw new Error('a part of the simulator was drawn outside of it');
  return simulator;
}

export const useTalkView = (): TalkView => useSelector(useSimulator().talk.store, (state) => state.context);

export const usePreferences = () => useSelector(useSimulator().preferences, (state) => state.context);
