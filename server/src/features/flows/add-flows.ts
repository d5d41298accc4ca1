import { nodeTypes } from '@parley/nodes';
import { type Converted, hasErrors, type ReportLine, renameFlows } from '@parley/runtime';
import type { Caller } from '../../plugins/auth.ts';
import { authorOf } from './author.ts';
import type { JudgeSaving } from './judge-saving.ts';
import { presentFlow } from './shapes.ts';
import type { FlowStore, StoredFlow } from './store.ts';
import { tagsOfFile } from './tags.ts';

type Read = Extract<Converted, { ok: true }>;

export interface AddOptions {
  flows: FlowStore;
  newId: (prefix: string) => string;
  judge: JudgeSaving;
}

interface Wanted {
  organization: string;
  /** Instead of the main flow's own name. */
  name?: string | undefined;
  /** Given where flows that only other flows run are to be ready at once: who publishes them. */
  publishCalledBy?: string;
}

/**
 * Saves what a file held, all or nothing, as drafts that call each other by their new ids. The main flow comes last, so
 * that what it runs is there when it is judged, and first in the answer.
 */
export async function addFlows(
  { flows: converted, report }: Read,
  { organization, name, publishCalledBy }: Wanted,
  { flows, newId, judge }: AddOptions,
): Promise<{ flows: StoredFlow[]; report: ReportLine[] }> {
  const ids = new Map(converted.map(({ key }) => [key, newId('flw')]));
  const idOf = (key: string) => ids.get(key) ?? newId('flw');
  const lines = [...report];
  const ready = converted.map(({ key, document: written, tags }, index) => {
    const { document, left } = renameFlows(written, nodeTypes, ids);
    lines.push(...left.map(({ node, flow }) => missing(node, flow, index)));
    const called = (index === 0 && name) || document.name.trim() || 'Untitled';
    return { id: idOf(key), name: called, document: { ...document, name: called }, tags: tagsOfFile(tags) };
  });
  const saved: StoredFlow[] = [];
  try {
    for (const one of ready.toReversed()) {
      const { id, ...draft } = one;
      const problems = await judge(organization, id, draft.document);
      const flow = await flows.create(organization, id, { ...draft, problems });
      saved.unshift(flow);
      const isMain = id === ready[0]?.id;
      if (publishCalledBy !== undefined && !isMain && isOnlyCalled(draft.document.nodes) && !hasErrors(problems))
        await flows.publish(flow, { by: publishCalledBy, name: null, note: null, activate: true });
    }
  } catch (error) {
    for (const { id } of saved) await flows.remove(organization, id);
    throw error;
  }
  return { flows: saved, report: lines };
}

/** For features that bring flows of their own, such as the examples: adds them for whoever asks, ready to be published. */
export function flowAdder(options: AddOptions) {
  return async (caller: Caller, flows: Read['flows'], name?: string) => {
    const wanted = { organization: caller.organization, name, publishCalledBy: authorOf(caller) };
    return (await addFlows({ ok: true, flows, report: [] }, wanted, options)).flows.map(presentFlow);
  };
}

/** Begins on nothing but another flow's call, so that being live changes nothing for anybody who writes. */
const isOnlyCalled = (nodes: readonly { type: string }[]): boolean =>
  nodes.every(({ type }) => !type.startsWith('trigger.') || type === 'trigger.called');

const missing = (node: string, flow: string, index: number): ReportLine => ({
  source: node,
  outcome: 'kept',
  node,
  note: `It names the flow ${flow}, which is not in this file. Choose one of yours.`,
  flow: index,
});
