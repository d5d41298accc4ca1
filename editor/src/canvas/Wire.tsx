import { IconPlus, IconTrash } from '@tabler/icons-react';
import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getBezierPath, getSmoothStepPath } from '@xyflow/react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFlow, useOpenFlow, useWorkbench } from '../document/use-document.ts';
import type { EdgeMark } from '../document/workbench.ts';
import { usePortName } from '../steps/port-names.ts';
import { useCanvas, useCanvasStore } from './canvas-state.ts';
import { portsOfCard } from './card-ports.ts';
import type { Wire as WireEdge } from './graph.ts';
import { nodeIn, useEdgeMark } from './use-card.ts';
import { useOpenSteps } from './use-open-steps.ts';
import classes from './wire.module.css';

const BACK = -40; // pixels: farther back than that a wire runs around the cards
const AROUND = { borderRadius: 20, offset: 28 };

/** A wire. What can be done with it shows only while the pointer is on it or it is selected: a thousand stay cheap. */
export const Wire = memo(function Wire(props: EdgeProps<WireEdge>) {
  const { id, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, selected, markerEnd } = props;
  const isLit = useCanvas((state) => state.wire === id);
  const mark = useEdgeMark(id);
  const ends = { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition };
  const [path, x, y] = targetX < sourceX + BACK ? getSmoothStepPath({ ...ends, ...AROUND }) : getBezierPath(ends);
  const isOpen = isLit || selected === true;
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        markerEnd={markerEnd}
        interactionWidth={24}
        className={classes.wire}
        data-lit={isOpen || undefined}
        data-tone={mark?.tone}
        style={mark?.weight === undefined ? undefined : { strokeWidth: 1.5 + 6 * mark.weight }}
      />
      {(isOpen || mark?.text) && (
        <EdgeLabelRenderer>
          <WireTools id={id} place={{ x, y }} mark={mark} isOpen={isOpen} />
        </EdgeLabelRenderer>
      )}
    </>
  );
});

interface WireToolsProps {
  id: string;
  place: { x: number; y: number };
  mark: EdgeMark | undefined;
  isOpen: boolean;
}

function WireTools({ id, place, mark, isOpen }: WireToolsProps) {
  const { t } = useTranslation('canvas');
  const canvas = useCanvasStore();
  const { document } = useOpenFlow();
  const openSteps = useOpenSteps();
  const isReadOnly = useWorkbench((state) => state.isReadOnly);
  return (
    <div
      className={`${classes.tools} nodrag nopan`}
      style={{ transform: `translate(-50%, -50%) translate(${place.x}px, ${place.y}px)` }}
      data-wire-tools=""
      onPointerEnter={() => canvas.set({ wire: id })}
      onPointerLeave={() => canvas.set({ wire: null })}
    >
      {mark?.text && (
        <span className={classes.mark} data-tone={mark.tone} title={mark.title}>
          {mark.text}
        </span>
      )}
      {isOpen && <PortName id={id} />}
      {isOpen && !isReadOnly && (
        <>
          <button
            type="button"
            tabIndex={-1}
            className={classes.tool}
            aria-label={t('addOnWire')}
            title={t('addOnWire')}
            onClick={(event) =>
              openSteps(
                { x: event.clientX, y: event.clientY },
                { kind: 'wire', edge: id, at: [place.x - 128, place.y - 24] },
              )
            }
          >
            <IconPlus size={16} aria-hidden="true" />
          </button>
          <button
            type="button"
            tabIndex={-1}
            className={classes.tool}
            aria-label={t('removeWire')}
            title={t('removeWire')}
            onClick={() => document.apply([{ edit: 'disconnect', id }], 'disconnect')}
          >
            <IconTrash size={15} aria-hidden="true" />
          </button>
        </>
      )}
    </div>
  );
}

/** Which way the wire stands for: the port that it leaves. */
function PortName({ id }: { id: string }) {
  const { t, i18n } = useTranslation('canvas');
  const portName = usePortName();
  const title = useFlow((flow) => {
    const edge = flow.edges.find((one) => one.id === id);
    const node = edge && nodeIn(flow, edge.source);
    if (!edge || !node) return '';
    const ports = portsOfCard(node, [edge.sourceHandle], { t, portName, language: i18n.language });
    return ports.find(({ port }) => port === edge.sourceHandle)?.title ?? edge.sourceHandle;
  });
  return (
    <span className={classes.name} dir="auto">
      {title}
    </span>
  );
}
