import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './canvas.module.css';

/** What a bot without a step says: how to begin. */
export function EmptyCanvas({ onBegin, isReadOnly }: { onBegin: () => void; isReadOnly: boolean }) {
  const { t } = useTranslation('canvas');
  return (
    <div className={classes.empty}>
      <h2>{t('empty.title')}</h2>
      <p>{t('empty.text')}</p>
      {!isReadOnly && (
        <Button leftSection={<IconPlus size={18} aria-hidden="true" />} onClick={onBegin}>
          {t('empty.begin')}
        </Button>
      )}
    </div>
  );
}
