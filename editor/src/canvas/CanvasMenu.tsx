import { Menu } from '@mantine/core';
import { NoteColor } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import { useOpenFlow, useWorkbench } from '../document/use-document.ts';
import { type MenuTarget, type Overlay, useCanvasStore } from './canvas-state.ts';
import { groupKey, noteKey } from './graph.ts';
import classes from './overlays.module.css';
import type { Actions } from './use-actions.ts';
import type { Overlays } from './use-overlays.ts';

interface CanvasMenuProps {
  overlay: Extract<Overlay, { kind: 'menu' }>;
  actions: Actions;
  overlays: Overlays;
}

interface Entry {
  id: string;
  title: string;
  run: () => void;
  /** Changes the flow. */
  edits?: boolean;
  isGrave?: boolean;
}

/** What can be done with what lies under the pointer, or under the keyboard. */
export function CanvasMenu({ overlay: { screen, target }, actions, overlays }: CanvasMenuProps) {
  const { t } = useTranslation('canvas');
  const canvas = useCanvasStore();
  const isReadOnly = useWorkbench((state) => state.isReadOnly);
  const entries = useEntries(target, actions, overlays).filter(({ edits }) => !(edits && isReadOnly));
  const close = () => {
    if (canvas.now().overlay?.kind === 'menu') canvas.set({ overlay: null });
    const { active, overlay, writing } = canvas.now();
    if (active && !overlay && !writing) actions.focus(active);
  };
  return (
    <Menu
      opened
      onClose={close}
      position="bottom-start"
      withinPortal
      returnFocus={false}
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <span className={classes.anchor} style={{ left: screen.x, top: screen.y }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={t('menu')}>
        {entries.map(({ id, title, run, isGrave }) => (
          <Menu.Item
            key={id}
            c={isGrave ? 'var(--mantine-color-error)' : undefined}
            onClick={() => {
              run();
              close();
            }}
          >
            {title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function useEntries(target: MenuTarget, actions: Actions, overlays: Overlays): Entry[] {
  const { t } = useTranslation('canvas');
  const { workbench } = useOpenFlow();
  const canvas = useCanvasStore();
  const remove: Entry = { id: 'delete', title: t('commands.delete'), run: actions.remove, edits: true, isGrave: true };
  const nodes = useWorkbench((state) => state.selection.nodes.length);
  switch (target.kind) {
    case 'node': {
      const one: Entry[] = [
        { id: 'open', title: t('commands.open'), run: () => actions.open(target.id) },
        { id: 'play', title: t('commands.playFrom'), run: () => workbench.playFrom(target.id) },
        { id: 'break', title: t('commands.breakpoint'), run: () => workbench.toggleBreakpoint(target.id) },
        { id: 'add', title: t('commands.addStep'), run: overlays.steps, edits: true },
        { id: 'connect', title: t('commands.connect'), run: () => overlays.connect(), edits: true },
      ];
      const many: Entry[] = (
        ['left', 'center', 'right', 'top', 'middle', 'bottom', 'distributeX', 'distributeY'] as const
      ).map((how) => ({
        id: how,
        title: t(`commands.${how}`),
        run: () => actions.align(how),
        edits: true,
      }));
      return [
        ...(nodes > 1 ? [] : one),
        {
          id: 'copy',
          title: t('commands.copy'),
          run: actions.copyOut,
        },
        { id: 'duplicate', title: t('commands.duplicate'), run: actions.duplicate, edits: true },
        ...(nodes > 1
          ? many
          : [{ id: 'downstream', title: t('commands.selectDownstream'), run: actions.selectDownstream }]),
        { id: 'group', title: t('commands.group'), run: actions.group, edits: true },
        {
          id: 'extract',
          title: t('commands.extract'),
          run: () => canvas.set({ overlay: { kind: 'extract' } }),
          edits: true,
        },
        remove,
      ];
    }
    case 'wire':
      return [remove];
    case 'note':
      return [
        { id: 'open', title: t('writeNote'), run: () => canvas.set({ writing: noteKey(target.id) }), edits: true },
        ...NoteColor.options.map((color) => ({
          id: color,
          title: t('noteInColor', { color: t(`noteColors.${color}`) }),
          run: () => actions.colorNotes([target.id], color),
          edits: true,
        })),
        { id: 'duplicate', title: t('commands.duplicate'), run: actions.duplicate, edits: true },
        { id: 'fit', title: t('noteFit'), run: () => actions.sizeNote(target.id, null), edits: true },
        remove,
      ];
    case 'group':
      return [
        { id: 'rename', title: t('renameGroup'), run: () => canvas.set({ writing: groupKey(target.id) }), edits: true },
        { id: 'fold', title: t('commands.fold'), run: actions.fold, edits: true },
        { id: 'ungroup', title: t('commands.ungroup'), run: () => void actions.ungroup(), edits: true },
      ];
    case 'canvas':
      return [
        { id: 'add', title: t('commands.addStep'), run: () => overlays.stepsAt(target.at), edits: true },
        { id: 'paste', title: t('commands.paste'), run: () => void overlays.paste(target.at), edits: true },
        { id: 'note', title: t('commands.note'), run: () => actions.addNote(target.at), edits: true },
        { id: 'all', title: t('commands.selectAll'), run: actions.selectAll },
        { id: 'tidy', title: t('commands.tidy'), run: () => actions.tidy(false), edits: true },
        { id: 'tidyAll', title: t('commands.tidyAll'), run: () => actions.tidy(true), edits: true },
        { id: 'fit', title: t('commands.fit'), run: actions.fit },
      ];
  }
}
