import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Clash } from '../api/flows.ts';
import { ClashList } from '../clashes/ClashList.tsx';
import classes from './publish.module.css';

/** Live bots that want the same messages as this one: a bot that never answers looks as if it were broken. */
export function PublishClashes({ clashes }: { clashes: readonly Clash[] }) {
  const { t } = useTranslation('publish');
  if (clashes.length === 0) return null;
  return (
    <section aria-label={t('clashes.title')} className={classes.section}>
      <Text size="sm" fw={600}>
        {t('clashes.title')}
      </Text>
      <Text size="sm">{t('clashes.text')}</Text>
      <ClashList clashes={clashes} />
    </section>
  );
}
