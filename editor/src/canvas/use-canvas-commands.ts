import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Alignment } from '../document/arrange.ts';
import { useOpenFlow, useWorkbench } from '../document/use-document.ts';
import { type Command, useCommands } from '../ui/commands.ts';
import { useCanvasStore } from './canvas-state.ts';
import type { Actions } from './use-actions.ts';
import { useOverlays } from './use-overlays.ts';

const ALIGNMENTS: readonly Alignment[] = [
  'left',
  'center',
  'right',
  'top',
  'middle',
  'bottom',
  'distributeX',
  'distributeY',
];

/** Everything that the canvas can do, for the command palette, the help and the keyboard. */
export function useCanvasCommands(actions: Actions, linkByArrows: (node: string) => void): void {
  const { t } = useTranslation('canvas');
  const { workbench } = useOpenFlow();
  const canvas = useCanvasStore();
  const overlays = useOverlays(actions);
  const nodes = useWorkbench((state) => state.selection.nodes.length);
  const others = useWorkbench(
    ({ selection }) => selection.edges.length + selection.notes.length + selection.groups.length,
  );
  const groups = useWorkbench(({ selection }) => selection.groups.length);
  const isReadOnly = useWorkbench((state) => state.isReadOnly);
  const list = useMemo<Command[]>(() => {
    const command = (
      id: keyof Titles,
      run: () => void,
      shortcuts: string[] = [],
      more: Partial<Command> = {},
    ): Command => ({
      id: `canvas.${id}`,
      title: t(`commands.${id}`),
      group: t('group'),
      shortcuts,
      run,
      ...more,
    });
    const edits = { isDisabled: isReadOnly };
    const ofNodes = { isDisabled: isReadOnly || nodes === 0 };
    const ofAny = { isDisabled: isReadOnly || nodes + others === 0 };
    const seen = { isDisabled: nodes === 0 };
    const here = () => workbench.store.getSnapshot().context.selection.nodes[0];
    return [
      command('addStep', overlays.steps, ['a', '/'], edits),
      command('connect', overlays.connect, ['c'], ofNodes),
      command('connectByArrows', () => here() && linkByArrows(here() ?? ''), ['w'], ofNodes),
      command('note', () => actions.addNote(), ['n'], edits),
      command('delete', actions.remove, ['delete', 'backspace'], ofAny),
      command('duplicate', actions.duplicate, ['mod+d'], ofAny),
      command('copy', actions.copyOut, ['mod+c'], {
        isDisabled: nodes + others === 0,
        isElsewhere: true,
      }),
      command(
        'cut',
        () => {
          actions.copyOut();
          actions.cut();
        },
        ['mod+x'],
        { ...ofAny, isElsewhere: true },
      ),
      command('paste', () => void overlays.paste(), ['mod+v'], { ...edits, isElsewhere: true }),
      command('selectAll', actions.selectAll, ['mod+a']),
      command('selectDownstream', actions.selectDownstream, ['shift+d'], seen),
      command('selectUpstream', actions.selectUpstream, ['shift+u'], seen),
      command('selectConnected', actions.selectConnected, ['shift+c'], seen),
      command('zoomIn', actions.zoomIn, ['+', '=']),
      command('zoomOut', actions.zoomOut, ['-']),
      command('zoomFull', actions.zoomFull, ['0']),
      command('fit', actions.fit, ['f']),
      command('fitSelection', actions.fitSelection, ['z'], seen),
      command('tidy', () => actions.tidy(false), ['t'], edits),
      command('tidyAll', () => actions.tidy(true), ['shift+t'], edits),
      ...ALIGNMENTS.map((how) => command(how, () => actions.align(how), [], { isDisabled: isReadOnly || nodes < 2 })),
      command('group', actions.group, ['mod+g'], ofNodes),
      command('ungroup', actions.ungroup, ['mod+shift+g'], ofAny),
      command('fold', actions.fold, ['h'], ofAny),
      command('extract', () => canvas.set({ overlay: { kind: 'extract' } }), ['shift+e'], {
        isDisabled: isReadOnly || nodes + groups === 0,
      }),
      command('breakpoint', () => here() && workbench.toggleBreakpoint(here() ?? ''), ['b'], seen),
      command('playFrom', () => here() && workbench.playFrom(here() ?? ''), ['p'], seen),
      command('toCanvas', actions.goToCanvas, ['f6'], { notWhileTyping: false }),
      command('map', () => canvas.set({ hasMap: !canvas.now().hasMap }), ['m']),
      command('selectTool', () => canvas.set({ isSelecting: !canvas.now().isSelecting }), ['s']),
      command('menu', overlays.menu, ['shift+f10'], { isElsewhere: true }),
      command('go', () => {}, ['arrowright', 'arrowleft', 'arrowup', 'arrowdown'], {
        isElsewhere: true,
        isHidden: true,
      }),
      command('nudge', () => {}, ['alt+arrowright', 'alt+shift+arrowright'], { isElsewhere: true, isHidden: true }),
      command('open', () => {}, ['enter'], { isElsewhere: true, isHidden: true }),
    ];
  }, [t, actions, overlays, workbench, canvas, linkByArrows, nodes, others, groups, isReadOnly]);
  useCommands(list);
}

interface Titles extends Record<Alignment, string> {
  addStep: string;
  connect: string;
  connectByArrows: string;
  note: string;
  delete: string;
  duplicate: string;
  copy: string;
  cut: string;
  paste: string;
  selectAll: string;
  selectDownstream: string;
  selectUpstream: string;
  selectConnected: string;
  zoomIn: string;
  zoomOut: string;
  zoomFull: string;
  fit: string;
  fitSelection: string;
  tidy: string;
  tidyAll: string;
  group: string;
  ungroup: string;
  fold: string;
  extract: string;
  breakpoint: string;
  playFrom: string;
  toCanvas: string;
  map: string;
  selectTool: string;
  menu: string;
  go: string;
  nudge: string;
  open: string;
}
