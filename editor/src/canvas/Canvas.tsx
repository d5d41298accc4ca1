import { Background, type NodeChange, ReactFlow } from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { useEffect, useState } from 'react';
import { useFlow, useOpenFlow } from '../document/use-document.ts';
import { Card } from './Card.tsx';
import classes from './canvas.module.css';
import { type CardNode, toEdge, toGraph } from './graph.ts';

const nodeKinds = { card: Card };

/** The flow as a graph. What is dragged is React Flow's until it is let go; then it is an edit. */
export function Canvas() {
  const { document, workbench } = useOpenFlow();
  const flow = useFlow((one) => one);
  const [graph, setGraph] = useState(() => toGraph(flow));
  useEffect(() => setGraph(toGraph(flow)), [flow]);

  function changed(changes: NodeChange<CardNode>[]) {
    setGraph((now) => ({
      ...now,
      nodes: now.nodes.map((node) => {
        const moved = changes.find((one) => one.type === 'position' && one.id === node.id);
        return moved?.type === 'position' && moved.position ? { ...node, position: moved.position } : node;
      }),
    }));
  }

  return (
    <div className={classes.canvas}>
      <ReactFlow
        nodes={graph.nodes}
        edges={graph.edges}
        nodeTypes={nodeKinds}
        onNodesChange={changed}
        onNodeClick={(_, node) => workbench.select({ nodes: [node.id] })}
        onNodeDragStop={(_, __, moved) =>
          void document.apply(
            [
              {
                edit: 'moveNodes',
                positions: Object.fromEntries(
                  moved.map(({ id, position }) => [id, [position.x, position.y] as [number, number]]),
                ),
              },
            ],
            'move',
          )
        }
        onConnect={(link) =>
          void document.apply(
            [{ edit: 'connect', edge: toEdge(link, `e${crypto.randomUUID().slice(0, 8)}`) }],
            'connect',
          )
        }
        fitView
      >
        <Background />
      </ReactFlow>
    </div>
  );
}
