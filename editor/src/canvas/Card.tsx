import { nodeTypes } from '@parley/nodes';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { useNode } from '../document/use-document.ts';
import classes from './canvas.module.css';
import { type CardNode, portsOfNode } from './graph.ts';

/** One node: what it is, what it says, and its ports by name. */
export function Card({ id }: NodeProps<CardNode>) {
  const node = useNode(id);
  if (!node) return null;
  const type = nodeTypes.get(node.type);
  return (
    <div className={classes.card}>
      <Handle type="target" position={Position.Left} />
      <strong>{node.label ?? type?.title ?? node.type}</strong>
      {portsOfNode(node, nodeTypes).map((port) => (
        <div key={port} className={classes.port}>
          {port}
          <Handle type="source" position={Position.Right} id={port} />
        </div>
      ))}
    </div>
  );
}
