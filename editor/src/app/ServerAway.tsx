import { Button, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../ui/error-words.ts';
import { Trouble } from '../ui/Trouble.tsx';
import { FrontPage } from './FrontPage.tsx';

const LOOK_EVERY = 5_000; // ms: a server that restarts is back within seconds

interface ServerAwayProps {
  error: Error;
  /** True where nobody answered at all. */
  isAway: boolean;
  onAgain: () => void;
}

/** Before it is known who is there: the server cannot say. Looks again by itself. */
export function ServerAway({ error, isAway, onAgain }: ServerAwayProps) {
  const { t } = useTranslation('app');
  useEffect(() => {
    const timer = setInterval(onAgain, LOOK_EVERY);
    window.addEventListener('online', onAgain);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', onAgain);
    };
  }, [onAgain]);
  if (!isAway)
    return (
      <FrontPage title={t('product')}>
        <Trouble text={errorWords(error)} action={{ label: t('tryAgain'), onClick: onAgain }} />
      </FrontPage>
    );
  return (
    <FrontPage title={t('trouble.offlineTitle')}>
      <Stack align="flex-start" role="alert">
        <Title order={1} size="h3">
          {t('trouble.offlineTitle')}
        </Title>
        <Text size="sm">{t('trouble.offline')}</Text>
        <Button variant="default" onClick={onAgain}>
          {t('tryAgain')}
        </Button>
      </Stack>
    </FrontPage>
  );
}
