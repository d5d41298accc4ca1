import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useOpenFlow, useWorkbench } from '../../document/use-document.ts';
import type { Panel } from '../../document/workbench.ts';
import { type Command, useCommands } from '../../ui/commands.ts';
import { useUndo } from './use-undo.ts';

/** In the order of their switches: the number is the key. */
const PANEL_KEYS: readonly Panel[] = ['inspector', 'simulator', 'problems', 'find', 'versions', 'counts', 'json'];

/** What can be done wherever one is on the page of a bot. */
export function useBotCommands(): void {
  const { t } = useTranslation('bot');
  const { document, workbench } = useOpenFlow();
  const { undo, redo } = useUndo();
  const isReadOnly = useWorkbench((state) => state.isReadOnly);
  const list = useMemo<Command[]>(() => {
    const group = t('group');
    const panels = PANEL_KEYS.map((panel, index) => ({
      id: `bot.panel.${panel}`,
      title: t('openPanel', { panel: t(`panels.${panel}`) }),
      group,
      shortcuts: [String(index + 1)],
      run: () => workbench.togglePanel(panel),
    }));
    return [
      {
        id: 'bot.undo',
        title: t('undo'),
        group,
        shortcuts: ['mod+z'],
        isDisabled: isReadOnly,
        run: undo,
      },
      {
        id: 'bot.redo',
        title: t('redo'),
        group,
        shortcuts: ['mod+shift+z', 'mod+y'],
        isDisabled: isReadOnly,
        run: redo,
      },
      { id: 'bot.save', title: t('saveNow'), group, shortcuts: ['mod+s'], notWhileTyping: false, run: document.save },
      {
        id: 'bot.find',
        title: t('panels.find'),
        group,
        shortcuts: ['mod+f'],
        isHidden: true,
        notWhileTyping: false,
        run: () => workbench.openPanel('find'),
      },
      ...panels,
    ];
  }, [document, workbench, isReadOnly, t, undo, redo]);
  useCommands(list);
}
