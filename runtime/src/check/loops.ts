import type { Flow, FlowNode } from '../flow/flow.ts';
import { flowWarning, type Problem } from '../flow/problem.ts';
import { type NodeTypes, nextNodes, readConfig } from '../node/define-node.ts';

/** Loops in which nothing waits: at run time they end the session after 100 nodes. A counter may leave in time, so it is a warning. */
export function loopProblems(flow: Flow, nodeTypes: NodeTypes): Problem[] {
  const waits = new Set(flow.nodes.filter((node) => waitsHere(node, nodeTypes)).map((node) => node.id));
  const next = new Map<string, string[]>();
  for (const [source, targets] of nextNodes(flow, nodeTypes))
    if (!waits.has(source))
      next.set(
        source,
        targets.filter((target) => !waits.has(target)),
      );
  const state = new Map<string, 'open' | 'done'>();
  const problems: Problem[] = [];
  for (const node of flow.nodes) visit(node.id, []);
  return problems;

  function visit(start: string, before: string[]): void {
    // An explicit stack: a flow of 2,000 nodes in a row would overflow the machine's own.
    const stack: { id: string; rest: string[] }[] = [{ id: start, rest: [...(next.get(start) ?? [])] }];
    const path = [...before, start];
    if (state.has(start)) return;
    state.set(start, 'open');
    while (stack.length > 0) {
      const top = stack.at(-1);
      const target = top?.rest.pop();
      if (!top) return;
      if (target === undefined) {
        state.set(top.id, 'done');
        stack.pop();
        path.pop();
      } else if (state.get(target) === 'open') {
        const loop = path.slice(path.indexOf(target));
        const index = flow.nodes.findIndex((one) => one.id === target);
        problems.push(
          flowWarning(
            'loop_without_wait',
            `${[...loop, target].join(' -> ')} goes round without waiting. Put a question or a wait into the loop.`,
            { node: target, path: `/nodes/${index}`, values: { loop: [...loop, target].join(' → ') } },
          ),
        );
      } else if (!state.has(target)) {
        state.set(target, 'open');
        path.push(target);
        stack.push({ id: target, rest: [...(next.get(target) ?? [])] });
      }
    }
  }
}

/** Some nodes that can wait go on at once with some configs. */
function waitsHere(node: FlowNode, nodeTypes: NodeTypes): boolean {
  const known = nodeTypes.get(node.type);
  const parsed = known && readConfig(node, known);
  return known?.bounded === true || (known?.waits === true && (!parsed?.success || known.listens(parsed.data)));
}
