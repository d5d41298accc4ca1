import { getBezierPath, Position, useReactFlow, ViewportPortal } from '@xyflow/react';
import { useCanvas } from './canvas-state.ts';
import { CARD_WIDTH } from './places.ts';
import classes from './wire.module.css';

const ENTRY = 24; // pixels below a card's upper edge: where wires come in

/** The wire that is being led by arrow keys, as it would lie. */
export function LinkingWire() {
  const linking = useCanvas((state) => state.linking);
  const view = useReactFlow();
  const from = view.getInternalNode(linking?.source ?? '');
  const to = view.getInternalNode(linking?.target ?? '');
  if (!linking || !from || !to) return null;
  const port = from.internals.handleBounds?.source?.find(({ id }) => id === linking.port);
  const start = from.internals.positionAbsolute;
  const end = to.internals.positionAbsolute;
  const [path] = getBezierPath({
    sourceX: start.x + (port ? port.x + port.width / 2 : CARD_WIDTH),
    sourceY: start.y + (port ? port.y + port.height / 2 : ENTRY),
    sourcePosition: Position.Right,
    targetX: end.x,
    targetY: end.y + ENTRY,
    targetPosition: Position.Left,
  });
  return (
    <ViewportPortal>
      <svg className={classes.linking} aria-hidden="true">
        <path d={path} />
      </svg>
    </ViewportPortal>
  );
}
