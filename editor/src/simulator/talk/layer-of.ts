import type { Flow, Frame } from '@parley/runtime';
import type { EdgeMark, Layer, NodeMark } from '../../document/workbench.ts';
import { visitsUntil } from './playback.ts';

interface Words {
  here: string;
  visited: (count: number) => string;
}

/** What the canvas shows of a talk: where it is, and where it has been how often. */
export function layerOf(
  flow: Flow,
  { frames, at, place, tried }: { frames: readonly Frame[]; at: number; place: { id: string } | null; tried: string },
  words: Words,
): Layer {
  const { nodes, ports } = visitsUntil(frames, at, tried);
  const marks: Record<string, NodeMark> = {};
  for (const [id, count] of nodes) marks[id] = { tone: 'visited', text: shown(count), title: words.visited(count) };
  if (place) marks[place.id] = { tone: 'current', text: shown(nodes.get(place.id) ?? 0), title: words.here };
  const edges: Record<string, EdgeMark> = {};
  const drawn = new Map(flow.edges.map(({ id, source, sourceHandle }) => [`${source} ${sourceHandle}`, id]));
  for (const [port, count] of ports)
    edges[drawn.get(port) ?? port] = { tone: 'visited', text: shown(count), title: words.visited(count) };
  return { nodes: marks, edges };
}

/** Once needs no number: the colour says it. */
const shown = (count: number): string | undefined => (count > 1 ? String(count) : undefined);
