import { type Flow, parseFlow } from '@parley/runtime';

/** Documents by id as flows; one that is none is left out. */
export function parseFlows(documents: Readonly<Record<string, unknown>>): Record<string, Flow> {
  const flows = Object.entries(documents).flatMap(([id, document]) => {
    const { flow } = parseFlow(document);
    return flow ? [[id, flow] as const] : [];
  });
  return Object.fromEntries(flows);
}
