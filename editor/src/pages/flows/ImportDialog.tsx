import { Button, FileButton, Group, Loader, Modal, Stack, Text } from '@mantine/core';
import { IconFile } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Callout } from '../../ui/Callout.tsx';
import { JsonArea } from '../../ui/JsonArea.tsx';
import { useFocusBack } from '../../ui/use-focus-back.ts';
import { usePhone } from '../../ui/use-phone.ts';
import { ImportPreviewList } from './ImportPreviewList.tsx';
import classes from './import-dialog.module.css';
import { closeOver } from './list-address.ts';
import { type Given, useImporting } from './use-importing.ts';

/** Takes a bot's file or its text, shows what is in it, and keeps it on a second word. */
export function ImportDialog({ given }: { given: Given | null }) {
  const { t } = useTranslation('flows');
  const isPhone = usePhone();
  useFocusBack();
  const importing = useImporting(given);
  const { fileName, fault, preview, isBusy } = importing;
  return (
    <Modal
      opened
      onClose={closeOver}
      title={t('importing.title')}
      size="lg"
      fullScreen={isPhone}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack>
        {fileName !== null && (fault || preview) && (
          <div className={classes.file}>
            <IconFile size={18} aria-hidden="true" />
            <bdi>{fileName}</bdi>
          </div>
        )}
        {fault && (
          <Callout tone="error" title={fault.words}>
            {fault.details.length > 0 && (
              <details>
                <summary className={classes.summary}>{t('importing.details')}</summary>
                <ul className={classes.details} dir="auto">
                  {fault.details.map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
              </details>
            )}
          </Callout>
        )}
        {isBusy && <Loader aria-label={t('importing.reading')} />}
        {preview ? (
          <ImportPreviewList
            preview={preview}
            isKeeping={importing.isKeeping}
            onKeep={importing.keep}
            onOther={importing.begin}
          />
        ) : (
          <Source onFiles={importing.takeFiles} onText={importing.takeText} />
        )}
      </Stack>
    </Modal>
  );
}

interface SourceProps {
  onFiles: (files: readonly File[]) => void;
  onText: (text: string) => void;
}

function Source({ onFiles, onText }: SourceProps) {
  const { t } = useTranslation('flows');
  const [text, setText] = useState('');
  const [isOver, setOver] = useState(false);
  const isPhone = usePhone(); // nobody drops files on one
  const drag = (event: DragEvent, over: boolean) => {
    event.preventDefault();
    event.stopPropagation();
    setOver(over);
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a second way, by pointer only, to what the button in it does */}
      <div
        className={classes.drop}
        data-over={isOver || undefined}
        onDragOver={(event) => drag(event, true)}
        onDragLeave={(event) => drag(event, false)}
        onDrop={(event) => {
          drag(event, false);
          onFiles([...event.dataTransfer.files]);
        }}
      >
        {!isPhone && <Text size="sm">{isOver ? t('importing.dropNow') : t('importing.drop')}</Text>}
        <FileButton accept="application/json,.json" onChange={(file) => file && onFiles([file])}>
          {(props) => (
            <Button {...props} data-autofocus>
              {t('importing.choose')}
            </Button>
          )}
        </FileButton>
        <Text size="xs" c="dimmed">
          {t('importing.which')}
        </Text>
      </div>
      <JsonArea
        label={t('importing.paste')}
        dir="ltr"
        rows={6}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group justify="flex-end" className={classes.foot}>
        <Button variant="default" onClick={closeOver}>
          {t('cancel')}
        </Button>
        <Button variant="light" disabled={text.trim() === ''} onClick={() => onText(text)}>
          {t('importing.read')}
        </Button>
      </Group>
    </>
  );
}
