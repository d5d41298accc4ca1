import {
  applyNodeChanges,
  Background,
  type Edge,
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { memo, useState } from 'react';
import { createRoot } from 'react-dom/client';

/** What the measuring program gives the page: the very bodies that our cards have drawn, and where they stand. */
export interface Bare {
  /** By the id of the node; another's, of the same kind, for those that were out of sight. */
  bodies: Record<string, string>;
  places: { id: string; x: number; y: number }[];
  edges: { id: string; source: string; target: string }[];
  styles: string;
  scheme: string;
  /** What our page shows, so that this one shows the same. */
  viewport: { x: number; y: number; zoom: number };
}

const KINDS = 4; // every fourth node is of the same kind

type Body = Node<{ html: string }, 'body'>;

const BodyNode = memo(({ data }: NodeProps<Body>) => (
  <div>
    <Handle type="target" position={Position.Left} />
    {/* biome-ignore lint/security/noDangerouslySetInnerHtml: markup that our own page drew, in a page for measuring */}
    <div dangerouslySetInnerHTML={{ __html: data.html }} />
    <Handle type="source" position={Position.Right} />
  </div>
));
const nodeTypes = { body: BodyNode };

function BareCanvas({ bare }: { bare: Bare }) {
  const [nodes, setNodes] = useState<Body[]>(() => {
    const kinds = Object.entries(bare.bodies).map(([id, html]) => ({ kind: Number(id.slice(1)) % KINDS, html }));
    const another = (index: number) => kinds.find(({ kind }) => kind === index % KINDS)?.html ?? '';
    return bare.places.map(({ id, x, y }, index) => ({
      id,
      type: 'body',
      position: { x, y },
      data: { html: bare.bodies[id] ?? another(index) },
    }));
  });
  const [edges] = useState<Edge[]>(bare.edges);
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      onNodesChange={(changes) => setNodes((now) => applyNodeChanges(changes, now))}
      onlyRenderVisibleElements
      minZoom={0.1}
      defaultViewport={bare.viewport}
    >
      <Background />
    </ReactFlow>
  );
}

Object.assign(window, {
  drawBare: (bare: Bare) => {
    const style = document.createElement('style');
    style.textContent = bare.styles;
    document.head.append(style);
    document.documentElement.setAttribute('data-mantine-color-scheme', bare.scheme);
    createRoot(document.getElementById('root') ?? document.body).render(<BareCanvas bare={bare} />);
  },
});
