import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from '../chat/composer.module.css';

/** Stands above the composer while people own the conversation. */
export function HandedOver({ onGiveBack }: { onGiveBack: () => void }) {
  const { t } = useTranslation('simulator');
  return (
    <div className={classes.handed}>
      <Text size="sm">{t('handedOver.hint')}</Text>
      <Button size="xs" variant="default" onClick={onGiveBack}>
        {t('handedOver.giveBack')}
      </Button>
    </div>
  );
}
