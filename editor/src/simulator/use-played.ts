import { canonicalJson, type Flow } from '@parley/runtime';
import { useMemo } from 'react';
import { useFlow } from '../document/use-document.ts';
import { useBotState, useVersionFlow } from '../document/use-live.ts';
import { usePreferences, useTalkView } from './use-simulator.ts';

/** What is tried, and how it stands to what customers get. */
export interface Played {
  side: 'draft' | 'live';
  flow: Flow;
  /** The version that was published last; null where there is none, or nobody has told yet. */
  live: { version: number; flow: Flow; isOn: boolean } | null;
  /** Whether the draft would say the same as it. */
  isSame: boolean;
  /** False until it is known whether anything is published. */
  isKnown: boolean;
}

/** The draft as it stands on the canvas, or the version that is live, as the person chose. */
export function usePlayed(): Played {
  const { plays } = usePreferences();
  const draft = useFlow((flow) => flow);
  const { flow: talking } = useTalkView();
  const state = useBotState().data;
  const version = state?.published?.version ?? null;
  const published = useVersionFlow(version).data ?? null;
  const isSame = useMemo(() => published !== null && logicOf(published) === logicOf(draft), [published, draft]);
  const live = version !== null && published ? { version, flow: published, isOn: state?.status === 'active' } : null;
  return {
    side: plays,
    // While a new version is read, the talk goes on with the one that it has
    flow: plays === 'live' ? (published ?? talking) : draft,
    live,
    isSame,
    isKnown: state !== undefined && (version === null || live !== null),
  };
}

/** Where nodes stand changes nothing of what is said. */
export const logicOf = ({ layout: _, ...logic }: Flow): string => canonicalJson(logic);
