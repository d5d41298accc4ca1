import { nodeTypes } from '@parley/nodes';
import { type Flow, type FlowNode, type Problem, pointer } from '@parley/runtime';
import { useMemo } from 'react';
import { useOpenFlow, useProblems } from '../../document/use-document.ts';
import { FIELD_INPUTS } from '../fields/inputs.ts';
import { type KnownVariable, variablesOf } from '../variables-of.ts';
import { configEdits, renameChoiceEdits } from './config-edits.ts';
import type { Form } from './form-context.ts';
import { withValue } from './paths.ts';

/** The form of one node: its config, what the checks say of it, and edits for every letter. */
export function useNodeForm(flow: Flow, node: FlowNode, isReadOnly: boolean): Form {
  const { document } = useOpenFlow();
  const problems = useProblems();
  const index = flow.nodes.findIndex(({ id }) => id === node.id);
  const common = useKnown(flow, node.id);
  const known = useMemo(() => [...(WITHIN[node.type] ?? []), ...common], [common, node.type]);
  const own = useMemo(() => problemsOf(problems, `/nodes/${index}/config`), [problems, index]);
  return {
    id: `field-${node.id}`,
    values: node.config,
    known,
    isReadOnly,
    inputs: FIELD_INPUTS,
    ...own,
    change(path, value) {
      // The flow as it is now: two changes may come before the next drawing
      const { flow: latest } = document.store.getSnapshot().context;
      const current = latest.nodes.find(({ id }) => id === node.id);
      if (!current || isReadOnly) return;
      const config = withValue(current.config, path, value);
      document.apply(configEdits(latest, current, config), 'config', `config ${node.id}${pointer(path)}`);
    },
    rename(path, from, to) {
      const { flow: latest } = document.store.getSnapshot().context;
      const current = latest.nodes.find(({ id }) => id === node.id);
      if (!current || isReadOnly) return;
      document.apply(renameChoiceEdits(latest, current, withValue(current.config, path, to), from, to), 'config');
    },
    settle: document.settleMerge,
  };
}

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

/** Names that templates may read; worked out again only when what sets them changed. */
export function useKnown(flow: Flow, node: string | null) {
  const { nodes, edges, variables } = flow;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the flow changes with every drag, these parts do not
  return useMemo(() => variablesOf(flow, node, nodeTypes), [nodes, edges, variables, node]);
}

/** Problems by their place inside of what stands at the root. */
export function problemsOf(problems: readonly Problem[], root: string): Pick<Form, 'problemsAt' | 'problemsIn'> {
  const own = problems.filter(({ path }) => path === root || path.startsWith(`${root}/`));
  return {
    problemsAt: (path) => own.filter((one) => one.path === `${root}${pointer(path)}`),
    problemsIn: (path) => {
      const at = `${root}${pointer(path)}`;
      return own.filter((one) => one.path === at || one.path.startsWith(`${at}/`));
    },
  };
}
