import type { JourneyStep } from '../api/counts.ts';
import { type EdgeMark, type Layer, type NodeMark, portKey } from '../document/workbench.ts';
import type { Drawn } from './drawn.ts';

/** A place inside a sub-flow lies, on this canvas, in the step that calls it. */
export const onCanvas = (node: string): string => node.split('/')[0] ?? node;

const BEFORE = 0.25; // of a line's strength: the way that led to the step that is looked at

/** The way up to a step: what was visited, where the conversation stands, and what this step itself went through. */
export function journeyLayer(flow: Drawn, steps: readonly JourneyStep[], current: number, here: string): Layer {
  const nodes: Record<string, NodeMark> = {};
  const edges: Record<string, EdgeMark> = {};
  const wires = new Map(flow.edges.map((edge) => [portKey(edge.source, edge.sourceHandle), edge.id]));
  const session = steps[current]?.session;
  steps.slice(0, current + 1).forEach((step, index) => {
    if (step.session !== session) return;
    for (const { node, port } of step.visits) {
      nodes[onCanvas(node)] = { tone: 'visited' };
      const wire = port === null ? undefined : wires.get(portKey(onCanvas(node), port));
      if (wire !== undefined) edges[wire] = { tone: 'visited', weight: index === current ? 1 : BEFORE };
    }
  });
  const stands = steps[current]?.node;
  if (stands) nodes[onCanvas(stands)] = { tone: 'current', text: here };
  return { nodes, edges };
}
