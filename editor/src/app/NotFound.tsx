import { IconMapQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { PageLink } from '../ui/PageLink.tsx';
import { PageMessage } from '../ui/PageMessage.tsx';
import { usePageTitle } from '../ui/page-title.ts';
import { usePath } from '../ui/use-address.ts';
import classes from './lost.module.css';

export function NotFound() {
  const { t } = useTranslation('app');
  const path = usePath();
  usePageTitle(t('pages.notFound'));
  return (
    <PageMessage
      icon={<IconMapQuestion size={28} />}
      title={t('notFound.title')}
      actions={
        <PageLink to="/bots" isCurrent={false} className={classes.way}>
          {t('notFound.toBots')}
        </PageLink>
      }
    >
      <code className={classes.path} dir="ltr" translate="no">
        {path}
      </code>
      {t('notFound.text')}
    </PageMessage>
  );
}
