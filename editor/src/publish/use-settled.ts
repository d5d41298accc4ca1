import { useSelector } from '@xstate/store-react';
import { useEffect } from 'react';
import { useOpenFlow } from '../document/use-document.ts';

/** Whether the server has the draft as it stands here; asks at once to send what it lacks. */
export function useSettled(): {
  state: 'settled' | 'saving' | 'offline' | 'conflict' | 'refused';
  reason: string | null;
} {
  const { document } = useOpenFlow();
  const state = useSelector(document.store, ({ context }) => context.saveState);
  const reason = useSelector(document.store, ({ context }) => context.reason);
  useEffect(() => {
    if (state === 'dirty') document.save();
  }, [document, state]);
  if (state === 'clean') return { state: 'settled', reason: null };
  return { state: state === 'dirty' ? 'saving' : state, reason };
}
