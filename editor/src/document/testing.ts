import { nodeTypes } from '@parley/nodes';
import { applyEdits, type Edit, Flow } from '@parley/runtime';

type Nodes = Record<string, [type: string, config?: Record<string, unknown>]>;

/** A flow in a line a node; wires are written `hello.next>ask`. */
export function flowOf(nodes: Nodes, wires: readonly string[] = [], more: Record<string, unknown> = {}): Flow {
  return Flow.parse({
    format: 'parley.flow/1',
    name: 'Test',
    nodes: Object.entries(nodes).map(([id, [type, config = {}]]) => ({ id, type, config })),
    edges: wires.map((wire, index) => {
      const [, source, sourceHandle, target] = /^(\w+)\.(\w+)>(\w+)$/.exec(wire) ?? [];
      return { id: `e${index + 1}`, source, sourceHandle, target };
    }),
    ...more,
  });
}

/** The flow after the edits, which must be possible. */
export function edited(flow: Flow, edits: readonly Edit[]): Flow {
  const result = applyEdits(flow, edits);
  if (!result.ok) throw new Error(result.problem.message);
  return result.flow;
}

export { nodeTypes };
