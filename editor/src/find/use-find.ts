import { nodeTypes } from '@parley/nodes';
import { pointer } from '@parley/runtime';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useFlow, useOpenFlow } from '../document/use-document.ts';
import type { NodeMark } from '../document/workbench.ts';
import { findMatches, type Match, type Wanted } from './find-matches.ts';

/** What is searched for is still there when the panel is opened again. */
let last: Wanted = { text: '', matchCase: false, wholeWord: false, inTexts: true, inVariables: true };

/** What is wanted, what is found, and which of it one stands at. */
export function useFind() {
  const { workbench } = useOpenFlow();
  const flow = useFlow((whole) => whole);
  const [wanted, setWanted] = useState(last);
  const [at, setAt] = useState(-1);
  const asked = useDeferredValue(wanted);
  const matches = useMemo(() => findMatches(flow, nodeTypes, asked), [flow, asked]);
  useEffect(() => {
    last = wanted;
  }, [wanted]);
  useEffect(() => {
    const nodes: Record<string, NodeMark> = {};
    for (const [id, all] of Map.groupBy(matches, ({ node }) => node?.id))
      if (id !== undefined) nodes[id] = { tone: 'found', text: String(all.length) };
    workbench.draw('found', matches.length > 0 ? { nodes } : null);
    return () => workbench.draw('found', null);
  }, [matches, workbench]);

  const goTo = (index: number) => {
    const match = matches[(index + matches.length) % matches.length];
    if (!match) return;
    setAt((index + matches.length) % matches.length);
    showMatch(match);
  };
  const showMatch = ({ place, node }: Match) => {
    if (!node) return;
    workbench.show({ node: node.id, ...(place.kind === 'config' && { field: pointer(place.path) }) });
  };
  return {
    flow,
    wanted,
    set: (change: Partial<Wanted>) => {
      setWanted((before) => ({ ...before, ...change }));
      setAt(-1);
    },
    matches,
    /** The match that one stands at; -1 where none was gone to yet. */
    at: Math.min(at, matches.length - 1),
    goTo,
  };
}
