import { type Flow, flowError, flowWarning, type Problem } from '@parley/runtime';
import { type Library, noSuchFile } from './load-flow.ts';

/** Starts a flow in place of its own; the checks of the runtime know the sub-flows, which are a part of a flow. */
const STARTS = 'flow.start';

/**
 * Flows that a flow starts and that are not beside it. On a server they may be there under their id, so that it is an
 * error only where the person said where the flows are. A name that is a template is known only while the flow runs.
 */
export function missingFlows(flow: Flow, library: Library, certain: boolean): Problem[] {
  const make = certain ? flowError : flowWarning;
  return flow.nodes.flatMap(({ id, type, config }, index) => {
    const started = config.flow;
    if (type !== STARTS || typeof started !== 'string' || started.includes('{{')) return [];
    if (Object.hasOwn(library, started)) return [];
    return [make('flow_not_found', noSuchFile(started), { node: id, path: `/nodes/${index}/config/flow` })];
  });
}

/**
 * The flows that a flow runs or starts, and those that they do. The others of a directory are left out: live beside it,
 * their triggers would take its messages.
 */
export function neededFlows(flow: Flow, library: Library): Library {
  const needed: Record<string, Flow> = {};
  const look = (document: Flow): void => {
    for (const { config } of document.nodes) {
      const id = config.flow;
      if (typeof id !== 'string' || !Object.hasOwn(library, id) || Object.hasOwn(needed, id)) continue;
      const found = library[id];
      if (!found) continue;
      needed[id] = found;
      look(found);
    }
  };
  look(flow);
  return needed;
}
