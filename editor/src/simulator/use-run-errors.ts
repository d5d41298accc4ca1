import { nodeTypes } from '@parley/nodes';
import { checkFlow, type Flow, type Problem } from '@parley/runtime';
import { useMemo } from 'react';
import { useFlow, useProblems } from '../document/use-document.ts';

/** What the server says of the flows that run inside: it knows those that are published only. */
const OF_OTHERS = new Set(['no_such_flow', 'calls_itself', 'too_deep', 'subflow_broken', 'no_trigger']);

/** What keeps the flow from being tried, with `library` as the other flows. */
export function useRunErrors(library: Readonly<Record<string, Flow>>): readonly Problem[] {
  const told = useProblems();
  const flow = useFlow((one) => one);
  return useMemo(() => {
    const here = checkFlow(flow, nodeTypes, (id) => library[id] ?? null);
    const all = [...told.filter(({ code }) => !OF_OTHERS.has(code)), ...here.filter(({ code }) => OF_OTHERS.has(code))];
    return all.filter(({ severity }) => severity === 'error');
  }, [told, flow, library]);
}
