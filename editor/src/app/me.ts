import { createContext, use } from 'react';
import type { Me } from '../api/auth.ts';

export const MeContext = createContext<Me | null>(null);

/** Who is signed in. For what lies behind the door. */
export function useMe(): Me {
  const me = use(MeContext);
  if (!me) throw new Error('nobody is signed in here');
  return me;
}
