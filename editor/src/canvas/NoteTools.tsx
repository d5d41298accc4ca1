import { NoteColor } from '@parley/runtime';
import { IconArrowAutofitHeight, IconCopyPlus, IconPencil, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CardTool, CardToolbar } from './CardToolbar.tsx';
import { useCanvasActions } from './canvas-actions.ts';
import { noteKey } from './graph.ts';
import classes from './note.module.css';

interface NoteToolsProps {
  id: string;
  color: NoteColor;
  isSized: boolean;
}

/** Above a note that is selected: its colour, its words, its size, and away with it. */
export function NoteTools({ id, color, isSized }: NoteToolsProps) {
  const { t } = useTranslation('canvas');
  const actions = useCanvasActions();
  return (
    <CardToolbar id={noteKey(id)} label={t('noteTools')}>
      <fieldset className={classes.colors} aria-label={t('noteColor')}>
        {NoteColor.options.map((one) => (
          <label key={one} className={classes.color} data-color={one} title={t(`noteColors.${one}`)}>
            <input
              type="radio"
              name={`color of ${id}`}
              className={classes.colorInput}
              aria-label={t(`noteColors.${one}`)}
              checked={color === one}
              onChange={() => actions.colorNotes([id], one)}
            />
          </label>
        ))}
      </fieldset>
      <CardTool label={t('writeNote')} Sign={IconPencil} onClick={() => actions.open(noteKey(id))} />
      {isSized && (
        <CardTool label={t('noteFit')} Sign={IconArrowAutofitHeight} onClick={() => actions.sizeNote(id, null)} />
      )}
      <CardTool label={t('commands.duplicate')} Sign={IconCopyPlus} onClick={actions.duplicate} />
      <CardTool label={t('commands.delete')} Sign={IconTrash} onClick={actions.remove} />
    </CardToolbar>
  );
}
