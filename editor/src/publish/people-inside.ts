import type { Flow, NodeTypes } from '@parley/runtime';
import type { PeopleAt } from '../api/versions.ts';
import { type StepName, stepName } from './step-name.ts';

/** People at one step: of which versions, and whether the new version still has that step. */
export interface Inside {
  step: StepName;
  count: number;
  /** The newest of the versions that they are in. */
  version: number;
  isRemoved: boolean;
}

/**
 * Where people are, by step, the most first. They finish in the version that they began with. `versions` are the flows
 * that are at hand; a step that none of them knows goes by its id.
 */
export function peopleInside(
  people: readonly PeopleAt[],
  draft: Flow,
  versions: readonly Flow[],
  nodeTypes: NodeTypes,
): Inside[] {
  const steps = new Map<string, Inside>();
  for (const { node, count, version } of people) {
    if (version < 0) continue; // testers of a draft
    // Inside a sub-flow: the step that runs it
    const id = node.split('/')[0] ?? node;
    const known = steps.get(id);
    if (known) {
      steps.set(id, { ...known, count: known.count + count, version: Math.max(known.version, version) });
      continue;
    }
    const found = [draft, ...versions].flatMap(({ nodes }) => nodes.find((one) => one.id === id) ?? [])[0];
    const step = stepName(found ?? { id, type: '', config: {} }, nodeTypes);
    steps.set(id, { step, count, version, isRemoved: !draft.nodes.some((one) => one.id === id) });
  }
  return [...steps.values()].sort((a, b) => Number(b.isRemoved) - Number(a.isRemoved) || b.count - a.count);
}
