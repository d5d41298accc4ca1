import type { Icon } from '@tabler/icons-react';
import { NodeToolbar, Position, useStore } from '@xyflow/react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './card-toolbar.module.css';

const TALL = 64; // pixels of the screen that it takes above a card
const WIDE = 300; // pixels that it takes at most

/** What can be done with the one thing that is selected: above it, or below it where the canvas ends. */
export function CardToolbar({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  const { i18n } = useTranslation();
  const isAtTop = useStore(({ nodeLookup, transform: [, y, zoom] }) => {
    const node = nodeLookup.get(id);
    return node !== undefined && node.internals.positionAbsolute.y * zoom + y < TALL;
  });
  const isAtRight = useStore(({ nodeLookup, transform: [x, , zoom], width }) => {
    const node = nodeLookup.get(id);
    return node !== undefined && node.internals.positionAbsolute.x * zoom + x + WIDE > width;
  });
  return (
    <NodeToolbar
      nodeId={id}
      isVisible
      position={isAtTop ? Position.Bottom : Position.Top}
      offset={14}
      align={isAtRight ? 'end' : 'start'}
      role="toolbar"
      aria-label={label}
      dir={i18n.dir()}
      className={`${classes.tools} nodrag nopan`}
    >
      {children}
    </NodeToolbar>
  );
}

interface CardToolProps {
  label: string;
  Sign: Icon;
  onClick: (event: React.MouseEvent) => void;
  /** Its words stand beside its sign. */
  hasWords?: boolean;
  /** False where the keyboard has another way. */
  isStop?: boolean;
}

export const CardTool = ({ label, Sign, onClick, hasWords = false, isStop = true }: CardToolProps) => (
  <button
    type="button"
    className={classes.tool}
    aria-label={label}
    title={hasWords ? undefined : label}
    tabIndex={isStop ? undefined : -1}
    onClick={onClick}
  >
    <Sign size={18} aria-hidden="true" />
    {hasWords && <span>{label}</span>}
  </button>
);
