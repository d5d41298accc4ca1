import { Button, Group, Modal, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { describeVersion, type VersionSummary } from '../api/versions.ts';
import { useBotId } from '../document/use-live.ts';
import { errorWords } from '../ui/error-words.ts';
import { say } from '../ui/notices.ts';
import { Trouble } from '../ui/Trouble.tsx';
import { useFocusBack } from '../ui/use-focus-back.ts';
import classes from './publish.module.css';
import { useRefresh } from './use-versions.ts';

/** What people call a version, and what they want to remember of it. */
export function NameVersion({ version, onClose }: { version: VersionSummary; onClose: () => void }) {
  const { t } = useTranslation('publish');
  useFocusBack();
  const id = useBotId();
  const refresh = useRefresh();
  const [name, setName] = useState(version.name ?? '');
  const [note, setNote] = useState(version.note ?? '');
  const saving = useMutation({
    mutationFn: () => describeVersion(id, version.version, { name: name.trim(), note: note.trim() }),
    onSuccess: async () => {
      await refresh();
      say(t('naming.done'));
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('naming.title', { version: version.version })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate();
        }}
      >
        {saving.error && <Trouble text={errorWords(saving.error)} />}
        <TextInput
          label={t('form.name')}
          placeholder={t('form.namePlaceholder')}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Textarea
          label={t('form.note')}
          maxLength={1_000}
          autosize
          minRows={2}
          maxRows={6}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={saving.isPending}>
            {t('naming.save')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
