import type { FlowCounts } from '../api/counts.ts';
import { type EdgeMark, type Layer, type NodeMark, portKey } from '../document/workbench.ts';
import type { Drawn } from './drawn.ts';
import { lostAt } from './losses.ts';

export interface CountWords {
  /** `1.2k`. */
  short: (count: number) => string;
  percent: (share: number) => string;
  entered: (count: number) => string;
  lost: (count: number, share: string) => string;
  waiting: (count: number) => string;
  taken: (count: number, share: string) => string;
}

/** The numbers on the canvas: who came to each node and what part of them left, who took each wire and how strong it is. */
export function countLayer(flow: Drawn, counts: FlowCounts, words: CountWords): Layer {
  const nodes: Record<string, NodeMark> = {};
  for (const { id } of flow.nodes) {
    const count = counts.nodes[id];
    if (!count) continue;
    const lost = lostAt(count);
    const share = count.entered > 0 && lost > 0 ? words.percent(Math.min(1, lost / count.entered)) : '';
    const title = [
      words.entered(count.entered),
      lost > 0 && words.lost(lost, share),
      count.waiting > 0 && words.waiting(count.waiting),
    ];
    nodes[id] = {
      tone: 'count',
      text: share === '' ? words.short(count.entered) : `${words.short(count.entered)} · −${share}`,
      title: title.filter(Boolean).join('\n'),
    };
  }
  const most = Math.max(1, ...Object.values(counts.ports));
  const edges: Record<string, EdgeMark> = {};
  const wires = new Map(flow.edges.map((edge) => [portKey(edge.source, edge.sourceHandle), edge.id]));
  for (const [port, count] of Object.entries(counts.ports)) {
    const node = port.slice(0, port.indexOf(' '));
    const entered = counts.nodes[node]?.entered ?? 0;
    const share = entered > 0 ? words.percent(Math.min(1, count / entered)) : '';
    edges[wires.get(port) ?? port] = {
      tone: 'count',
      text: words.short(count),
      title: words.taken(count, share),
      weight: count / most,
    };
  }
  return { nodes, edges };
}
