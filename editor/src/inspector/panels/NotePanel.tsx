import { Button, Group, Textarea } from '@mantine/core';
import type { Flow } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import { useOpenFlow } from '../../document/use-document.ts';
import classes from './panels.module.css';

/** A note on the canvas: words for colleagues. */
export function NotePanel({ note, isReadOnly }: { note: Flow['layout']['notes'][number]; isReadOnly: boolean }) {
  const { t } = useTranslation('inspector');
  const { document, workbench } = useOpenFlow();
  return (
    <div className={classes.panel}>
      <Textarea
        label={t('note.text')}
        description={t('note.about')}
        inputWrapperOrder={['label', 'input', 'description']}
        autosize
        minRows={5}
        maxLength={5_000}
        dir="auto"
        readOnly={isReadOnly}
        value={note.text}
        onChange={(event) =>
          document.apply(
            [{ edit: 'setNote', note: { ...note, text: event.currentTarget.value } }],
            'note',
            `note ${note.id}`,
          )
        }
        onBlur={document.settleMerge}
      />
      {isReadOnly ? null : (
        <Group>
          <Button
            variant="default"
            onClick={() => {
              document.apply([{ edit: 'removeNote', id: note.id }], 'remove');
              workbench.select({});
            }}
          >
            {t('note.delete')}
          </Button>
        </Group>
      )}
    </div>
  );
}
