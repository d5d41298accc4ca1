import type { FlowNode } from '@parley/runtime';
import { useKindBelow, useNodeName } from '../../document/node-name.ts';
import { useOpenFlow } from '../../document/use-document.ts';
import classes from './panels.module.css';

/** Steps by what they are called; each leads to its place on the canvas. */
export function NodeLinks({ nodes }: { nodes: readonly FlowNode[] }) {
  const { workbench } = useOpenFlow();
  const nameOf = useNodeName();
  const kindBelow = useKindBelow();
  return (
    <ul className={classes.list}>
      {nodes.map((node) => (
        <li key={node.id}>
          <button type="button" className={classes.nodeLink} onClick={() => workbench.show({ node: node.id })}>
            <bdi>{nameOf(node)}</bdi>
            {kindBelow(node) === null ? null : <small> {kindBelow(node)}</small>}
          </button>
        </li>
      ))}
    </ul>
  );
}
