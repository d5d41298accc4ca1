import { IconAdjustmentsHorizontal, IconCopyPlus, IconDots, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useOpenFlow, useWorkbench } from '../document/use-document.ts';
import { CardTool, CardToolbar } from './CardToolbar.tsx';
import { useCanvasActions } from './canvas-actions.ts';
import { useCanvas, useCanvasStore } from './canvas-state.ts';

/** Above the one card that the person chose: its settings, and what is done most. The keyboard has Enter and the menu. */
export function CardTools({ id }: { id: string }) {
  const { t } = useTranslation('canvas');
  const { workbench } = useOpenFlow();
  const canvas = useCanvasStore();
  const actions = useCanvasActions();
  const isOne = useWorkbench(
    ({ selection: { nodes, notes, groups }, isReadOnly }) =>
      nodes.length + notes.length + groups.length === 1 && !isReadOnly,
  );
  const hasSettings = useWorkbench(({ panel }) => panel === 'inspector');
  const isFree = useCanvas(({ overlay, linking }) => overlay === null && linking === null);
  if (!isOne || !isFree) return null;
  return (
    <CardToolbar id={id} label={t('cardTools')}>
      {!hasSettings && (
        <CardTool
          label={t('settings')}
          Sign={IconAdjustmentsHorizontal}
          hasWords
          isStop={false}
          onClick={() => actions.open(id)}
        />
      )}
      <CardTool
        label={t('commands.playFrom')}
        Sign={IconPlayerPlay}
        isStop={false}
        onClick={() => workbench.playFrom(id)}
      />
      <CardTool label={t('commands.duplicate')} Sign={IconCopyPlus} isStop={false} onClick={actions.duplicate} />
      <CardTool label={t('commands.delete')} Sign={IconTrash} isStop={false} onClick={actions.remove} />
      <CardTool
        label={t('menu')}
        Sign={IconDots}
        isStop={false}
        onClick={({ clientX, clientY }) =>
          canvas.set({ overlay: { kind: 'menu', screen: { x: clientX, y: clientY }, target: { kind: 'node', id } } })
        }
      />
    </CardToolbar>
  );
}
