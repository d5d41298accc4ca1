import type { ExamplePicture } from '../../api/examples.ts';
import classes from './mini-graph.module.css';

const WIDTH = 200; // of a node, in the units of the layout
const HEIGHT = 90;
const MARGIN = 40;

/** The graph of a bot, small: where its steps lie, of what kind they are, and what leads where. */
export function MiniGraph({ picture: { nodes, edges }, label }: { picture: ExamplePicture; label: string }) {
  const places = new Map(nodes.map(({ id, at }) => [id, at]));
  const xs = nodes.map(({ at }) => at[0]);
  const ys = nodes.map(({ at }) => at[1]);
  const [left, top] = [Math.min(...xs, 0) - MARGIN, Math.min(...ys, 0) - MARGIN];
  const width = Math.max(...xs, 0) + WIDTH + MARGIN - left;
  const height = Math.max(...ys, 0) + HEIGHT + MARGIN - top;
  return (
    <svg className={classes.graph} viewBox={`${left} ${top} ${width} ${height}`} role="img" aria-label={label}>
      {edges.map(([source, target], index) => {
        const [from, to] = [places.get(source), places.get(target)];
        // biome-ignore lint/suspicious/noArrayIndexKey: two steps may have several edges, and none moves
        return from && to ? <path key={index} className={classes.edge} d={curve(from, to)} /> : null;
      })}
      {nodes.map(({ id, group, at: [x, y] }) => (
        <rect key={id} className={classes.node} data-group={group} x={x} y={y} width={WIDTH} height={HEIGHT} rx={16} />
      ))}
    </svg>
  );
}

function curve([x1, y1]: [number, number], [x2, y2]: [number, number]): string {
  const [from, to] = [`${x1 + WIDTH} ${y1 + HEIGHT / 2}`, `${x2} ${y2 + HEIGHT / 2}`];
  const reach = Math.max(60, Math.abs(x2 - x1 - WIDTH) / 2);
  return `M ${from} C ${x1 + WIDTH + reach} ${y1 + HEIGHT / 2} ${x2 - reach} ${y2 + HEIGHT / 2} ${to}`;
}
