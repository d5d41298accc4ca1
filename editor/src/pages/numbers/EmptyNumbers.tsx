import { Button, Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProviderName } from '../../api/channels.ts';
import classes from './empty-numbers.module.css';

const ORDER: readonly ProviderName[] = ['simulator', 'meta', 'twilio'];

/** Where nothing is connected yet: the three ways, the one that needs nothing first. */
export function EmptyNumbers({ onConnect }: { onConnect: (provider: ProviderName) => void }) {
  const { t } = useTranslation('numbers');
  return (
    <Paper className={classes.card} withBorder radius="lg">
      <Title order={2} size="h3">
        {t('empty.title')}
      </Title>
      <Text maw="40rem">{t('empty.text')}</Text>
      <ul className={classes.ways}>
        {ORDER.map((provider, index) => (
          <li key={provider}>
            <Text fw={600}>{t(`providers.${provider}`)}</Text>
            <Text size="sm" c="dimmed">
              {t(`about.${provider}`)}
            </Text>
            <Button variant={index === 0 ? 'filled' : 'default'} onClick={() => onConnect(provider)}>
              {t(`connectTo.${provider}`)}
            </Button>
          </li>
        ))}
      </ul>
    </Paper>
  );
}
