import { ActionIcon, Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { NodeType } from '@parley/runtime';
import { IconLayoutSidebarLeftCollapse, IconPlus, IconX } from '@tabler/icons-react';
import { useReactFlow } from '@xyflow/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemWords } from '../document/problem-words.ts';
import { useOpenFlow, useWorkbench } from '../document/use-document.ts';
import { addStep, firstField, looseEnd, type Where } from '../steps/add-step.ts';
import { carry } from '../steps/carried.ts';
import { StepList } from '../steps/StepList.tsx';
import { say } from '../ui/notices.ts';
import { usePhone } from '../ui/use-phone.ts';
import classes from './palette.module.css';

const CARD = { width: 256, top: 3 }; // pixels of a card; the share of the canvas's height above a new one

const CRAMPED = '(max-width: 77em)'; // with a panel beside it less than two cards would be left of the canvas

/** What can be put on the canvas: click or Enter adds behind what is selected, or carry it to a place or a wire. */
export function Palette() {
  const { t } = useTranslation('palette');
  const isPhone = usePhone();
  const [isDocked, setDocked] = useState(true);
  /** Opened over the canvas, where there is no room beside it: it goes again with the step that is taken from it. */
  const [isOver, setOver] = useState(false);
  const floats = useIsCramped() || isPhone;
  const isOpen = floats ? isOver : isDocked;
  const show = floats ? setOver : setDocked;
  const isReadOnly = useWorkbench((state) => state.isReadOnly);
  const add = useAddStep();
  if (isReadOnly) return null;
  if (!isOpen)
    return (
      <Button
        className={classes.open}
        leftSection={<IconPlus size={18} aria-hidden="true" />}
        variant={isPhone ? 'filled' : 'default'}
        aria-expanded="false"
        onClick={() => show(true)}
      >
        {t('title')}
      </Button>
    );
  const Close = isPhone ? IconX : IconLayoutSidebarLeftCollapse;
  return (
    <nav className={classes.palette} aria-label={t('title')} data-over={floats || undefined}>
      <div className={classes.head}>
        <h2 className={classes.title}>{t('title')}</h2>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('close')}
          title={t('close')}
          onClick={() => show(false)}
        >
          <Close size={18} aria-hidden="true" className={classes.mirrored} />
        </ActionIcon>
      </div>
      <StepList
        autoFocus={floats}
        onPick={(type) => {
          add(type);
          setOver(false);
        }}
        onDragStart={isPhone ? undefined : (type, event) => carry(event.dataTransfer, type)}
      />
    </nav>
  );
}

/** Whether palette and panel together would leave too little of the canvas. */
function useIsCramped(): boolean {
  const isNarrow = useMediaQuery(CRAMPED, false, { getInitialValueInEffect: false });
  const hasPanel = useWorkbench(({ panel }) => panel !== null);
  return isNarrow && hasPanel;
}

/** Adds a step behind the one that is selected, else behind a loose end; what begins a bot in the middle of what is seen. */
function useAddStep(): (type: NodeType) => void {
  const { document, workbench } = useOpenFlow();
  const view = useReactFlow();
  const inWords = useProblemWords();
  return (type) => {
    const { flow } = document.store.getSnapshot().context;
    const [selected] = workbench.store.getSnapshot().context.selection.nodes;
    const before = flow.nodes.some(({ id }) => id === selected) ? selected : looseEnd(flow);
    const box = window.document.querySelector('[data-canvas]')?.getBoundingClientRect();
    const middle = view.screenToFlowPosition({
      x: (box?.left ?? 0) + (box?.width ?? 0) / 2,
      y: (box?.top ?? 0) + (box?.height ?? 0) / CARD.top,
    });
    const where: Where =
      before !== undefined && type.begins === null
        ? { kind: 'after', node: before }
        : { kind: 'place', at: [middle.x - CARD.width / 2, middle.y] };
    const { node, edits, before: led } = addStep(flow, type, where);
    const problem = document.apply(edits, 'add');
    if (problem) return say(inWords(problem));
    workbench.openPanel('inspector');
    workbench.show({ node: node.id, field: firstField(type), beside: led });
  };
}
