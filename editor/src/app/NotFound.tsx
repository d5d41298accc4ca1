import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageLink } from '../ui/PageLink.tsx';
import { usePageTitle } from '../ui/page-title.ts';
import { usePath } from '../ui/use-address.ts';
import classes from './lost.module.css';

/** An address reads from left to right also in the middle of Arabic: between the signs that isolate it. */
const ltr = (text: string): string => `\u2066${text}\u2069`;

export function NotFound() {
  const { t } = useTranslation('app');
  const path = usePath();
  usePageTitle(t('pages.notFound'));
  return (
    <div className={classes.lost}>
      <Title order={1} size="h2">
        {t('notFound.title')}
      </Title>
      <Text className={classes.words}>{t('notFound.text', { path: ltr(path) })}</Text>
      <PageLink to="/bots" isCurrent={false} className={classes.way}>
        {t('notFound.toBots')}
      </PageLink>
    </div>
  );
}
