import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowSummary } from '../../api/flows.ts';
import { useFocusBack } from '../../ui/use-focus-back.ts';

interface RenameDialogProps {
  bot: FlowSummary;
  onClose: () => void;
  onSave: (name: string) => void;
}

export function RenameDialog({ bot, onClose, onSave }: RenameDialogProps) {
  const { t } = useTranslation('flows');
  useFocusBack();
  const [name, setName] = useState(bot.name);
  const [isEmpty, setEmpty] = useState(false);
  return (
    <Modal opened onClose={onClose} title={t('rename.title')} closeButtonProps={{ 'aria-label': t('close') }} centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const wanted = name.trim();
          setEmpty(wanted === '');
          if (wanted !== '') onSave(wanted);
        }}
      >
        <TextInput
          label={t('rename.label')}
          dir="auto"
          data-autofocus
          maxLength={200}
          value={name}
          error={isEmpty && t('rename.empty')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit">{t('rename.save')}</Button>
        </Group>
      </form>
    </Modal>
  );
}
