import { Button } from '@mantine/core';
import { IconMessageOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { PageMessage } from '../../ui/PageMessage.tsx';
import { goTo } from '../../ui/use-address.ts';

/** At the address of a bot that was deleted, or never was. */
export function GoneBot() {
  const { t } = useTranslation('bot');
  return (
    <PageMessage
      icon={<IconMessageOff size={28} />}
      title={t('gone.title')}
      actions={<Button onClick={() => goTo('/bots')}>{t('gone.toBots')}</Button>}
    >
      {t('gone.text')}
    </PageMessage>
  );
}
