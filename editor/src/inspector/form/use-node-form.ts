import { nodeTypes } from '@parley/nodes';
import { type Flow, pointer } from '@parley/runtime';
import { useMemo } from 'react';
import type { FlowProblem } from '../../document/flow-problem.ts';
import { type OpenFlow, useOpenFlow, useWorkbench } from '../../document/use-document.ts';
import { FIELD_INPUTS } from '../fields/inputs.ts';
import { type KnownVariable, variablesOf } from '../variables-of.ts';
import { configEdits, renameChoiceEdits } from './config-edits.ts';
import type { Form, FormProblem } from './form-context.ts';
import { withValue } from './paths.ts';

/** The form of one node: its config, what the checks say of it, and edits for every letter. */
export function useNodeForm(id: string, isReadOnly: boolean): Form {
  const open = useOpenFlow();
  const viewed = useWorkbench((state) => state.viewing?.flow ?? null);
  return useMemo((): Form => {
    const { document, workbench } = open;
    const flowNow = () => viewed ?? document.store.getSnapshot().context.flow;
    const nodeNow = () => flowNow().nodes.find((one) => one.id === id);
    const write = (edit: (flow: Flow, node: Flow['nodes'][number]) => void) => {
      // The flow as it is now: two changes may come before the next drawing
      const { flow } = document.store.getSnapshot().context;
      const node = flow.nodes.find((one) => one.id === id);
      if (node && !isReadOnly) edit(flow, node);
    };
    return {
      id: `field-${id}`,
      node: id,
      isReadOnly,
      inputs: FIELD_INPUTS,
      values: () => nodeNow()?.config ?? NO_VALUES,
      problems: onceFor(
        (problems: readonly FlowProblem[]) => problemsIn(problems, NODE_CONFIG, id),
        () => workbench.store.getSnapshot().context.problems,
      ),
      known: knownAt(flowNow, id),
      subscribe: both(open),
      change: (path, value) =>
        write((flow, node) => {
          const config = withValue(node.config, path, value);
          document.apply(configEdits(flow, node, config), 'config', `config ${id}${pointer(path)}`);
        }),
      rename: (path, from, to) =>
        write((flow, node) =>
          document.apply(renameChoiceEdits(flow, node, withValue(node.config, path, to), from, to), 'config'),
        ),
      settle: document.settleMerge,
      leave: (path) => isReadOnly || workbench.leaveField(id, pointer(path)),
    };
  }, [open, viewed, id, isReadOnly]);
}

const NO_VALUES: Record<string, unknown> = {};
const NODE_CONFIG = /^\/nodes\/\d+\/config/;

/** Tells of changes of the flow and of what the checks say of it. */
export const both =
  ({ document, workbench }: OpenFlow): Form['subscribe'] =>
  (listener) => {
    const subscriptions = [document.store.subscribe(listener), workbench.store.subscribe(listener)];
    return () => {
      for (const one of subscriptions) one.unsubscribe();
    };
  };

/** Worked out again only when what it is made from is another. */
export function onceFor<From, To>(make: (from: From) => To, from: () => From): () => To {
  let last: { from: From; to: To } | null = null;
  return () => {
    const now = from();
    if (!last || last.from !== now) last = { from: now, to: make(now) };
    return last.to;
  };
}

/** Problems by their place inside of what stands at the root; with a node, only that node's. */
export const problemsIn = (problems: readonly FlowProblem[], root: RegExp, node: string | null): FormProblem[] =>
  problems.flatMap((problem) => {
    const found = problem.node === node ? root.exec(problem.path) : null;
    return found ? [{ field: problem.path.slice(found[0].length), problem }] : [];
  });

/** Names that templates may read at a node (null: anywhere). */
export function knownAt(flowNow: () => Flow, id: string | null): () => readonly KnownVariable[] {
  let last: { flow: Flow; known: readonly KnownVariable[] } | null = null;
  return () => {
    const flow = flowNow();
    if (!last || !isSameLogic(last.flow, flow)) {
      const type = flow.nodes.find((one) => one.id === id)?.type ?? '';
      last = { flow, known: [...(WITHIN[type] ?? []), ...variablesOf(flow, id, nodeTypes)] };
    }
    return last.known;
  };
}

/** The flow changes with every drag, these parts do not. */
const isSameLogic = (one: Flow, other: Flow): boolean =>
  one.nodes === other.nodes && one.edges === other.edges && one.variables === other.variables;

const within = (name: string, type: KnownVariable['type']): KnownVariable => ({
  name,
  type,
  from: 'node',
  node: null,
  isBefore: true,
  example: null,
});

/** Names that only the templates of one node type see, for each item of a list. */
const WITHIN: Readonly<Record<string, readonly KnownVariable[]>> = {
  'data.transform': [within('item', 'any'), within('index', 'number')],
};
