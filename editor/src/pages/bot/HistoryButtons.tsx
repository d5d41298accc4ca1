import { ActionIcon, Tooltip } from '@mantine/core';
import { type Icon, IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useWorkbench } from '../../document/use-document.ts';
import classes from './bot-bar.module.css';
import { useUndo } from './use-undo.ts';

/** Undo and redo; their tooltips say what it would be about. */
export function HistoryButtons() {
  const { t } = useTranslation('bot');
  const { undo, redo, undoes, redoes } = useUndo();
  return (
    <div className={classes.history}>
      <HistoryButton label={t('undo')} act={undoes} Sign={IconArrowBackUp} onClick={undo} />
      <HistoryButton label={t('redo')} act={redoes} Sign={IconArrowForwardUp} onClick={redo} />
    </div>
  );
}

interface HistoryButtonProps {
  label: string;
  /** What it would be about; null where there is nothing. */
  act: string | null;
  Sign: Icon;
  onClick: () => void;
}

/** Stays where it is and keeps the focus when there is nothing left to undo. */
function HistoryButton({ label, act, Sign, onClick }: HistoryButtonProps) {
  const { t } = useTranslation('bot');
  const isReadOnly = useWorkbench((state) => state.isReadOnly);
  const isOff = isReadOnly || act === null;
  return (
    <Tooltip label={isOff ? label : t('actWhat', { button: label, act })} position="bottom-end">
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={label}
        aria-description={isOff ? undefined : act}
        aria-disabled={isOff}
        className={classes.undo}
        onClick={() => !isOff && onClick()}
      >
        <Sign size={20} aria-hidden className={classes.directed} />
      </ActionIcon>
    </Tooltip>
  );
}
