import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Callout } from '../../ui/Callout.tsx';
import type { Conflict } from './use-document-form.ts';

interface ConflictNoteProps {
  conflict: Conflict;
  onReload: () => void;
  onOverwrite: () => void;
}

export function ConflictNote({ conflict, onReload, onOverwrite }: ConflictNoteProps) {
  const { t } = useTranslation('flows');
  return (
    <Callout tone="warning" title={t('editing.conflict.title')}>
      <Text size="sm">{t('editing.conflict.text')}</Text>
      {conflict.changes.length > 0 && (
        <div>
          <Text size="sm">{t('editing.conflict.changes')}</Text>
          <ul>
            {conflict.changes.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        </div>
      )}
      <Group gap="xs">
        <Button size="xs" onClick={onReload}>
          {t('editing.conflict.reload')}
        </Button>
        <Button size="xs" variant="default" onClick={onOverwrite}>
          {t('editing.conflict.overwrite')}
        </Button>
      </Group>
    </Callout>
  );
}
