import { ActionIcon } from '@mantine/core';
import {
  IconFocusCentered,
  IconLasso,
  IconMap,
  IconMinus,
  IconNote,
  IconPlus,
  IconSparkles,
} from '@tabler/icons-react';
import { useStore } from '@xyflow/react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbench } from '../document/use-document.ts';
import classes from './canvas.module.css';
import { useCanvas, useCanvasStore } from './canvas-state.ts';
import type { Actions } from './use-actions.ts';

const ICON = 18; // pixels

/** Zoom, what dragging does, the small map, tidying up and notes. */
export function CanvasTools({ actions }: { actions: Actions }) {
  const { t } = useTranslation('canvas');
  const canvas = useCanvasStore();
  const isSelecting = useCanvas((state) => state.isSelecting);
  const hasMap = useCanvas((state) => state.hasMap);
  const isReadOnly = useWorkbench((state) => state.isReadOnly);
  return (
    <div data-canvas-tools className={classes.tools} role="toolbar" aria-label={t('tools')}>
      <Tool label={t('commands.zoomOut')} onClick={actions.zoomOut} icon={<IconMinus size={ICON} />} />
      <Zoom onClick={actions.zoomFull} />
      <Tool label={t('commands.zoomIn')} onClick={actions.zoomIn} icon={<IconPlus size={ICON} />} />
      <Tool label={t('commands.fit')} onClick={actions.fit} icon={<IconFocusCentered size={ICON} />} />
      <Tool
        label={t('commands.selectTool')}
        isPressed={isSelecting}
        onClick={() => canvas.set({ isSelecting: !isSelecting })}
        icon={<IconLasso size={ICON} />}
      />
      <Tool
        label={t('commands.map')}
        isPressed={hasMap}
        onClick={() => canvas.set({ hasMap: !hasMap })}
        icon={<IconMap size={ICON} />}
      />
      {!isReadOnly && (
        <>
          <Tool label={t('commands.tidy')} onClick={() => actions.tidy(false)} icon={<IconSparkles size={ICON} />} />
          <Tool label={t('commands.note')} onClick={() => actions.addNote()} icon={<IconNote size={ICON} />} />
        </>
      )}
    </div>
  );
}

function Zoom({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation('canvas');
  const percent = useStore((state) => Math.round(state.transform[2] * 100));
  return (
    <button
      type="button"
      className={classes.zoom}
      onClick={onClick}
      aria-label={t('zoomIs', { percent })}
      title={t('commands.zoomFull')}
    >
      {percent}%
    </button>
  );
}

interface ToolProps {
  label: string;
  icon: ReactNode;
  onClick: () => void;
  isPressed?: boolean;
}

const Tool = ({ label, icon, onClick, isPressed }: ToolProps) => (
  <ActionIcon
    variant={isPressed ? 'filled' : 'subtle'}
    color={isPressed ? undefined : 'gray'}
    size="lg"
    aria-label={label}
    title={label}
    aria-pressed={isPressed}
    onClick={onClick}
  >
    {icon}
  </ActionIcon>
);
