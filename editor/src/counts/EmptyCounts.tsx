import { Button } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { listVersions } from '../api/versions.ts';
import { useOpenFlow } from '../document/use-document.ts';
import { useBotId } from '../document/use-live.ts';
import classes from './counts.module.css';

/** What will stand here, and what to do so that it does. */
export function EmptyCounts() {
  const { t } = useTranslation('counts');
  const { workbench } = useOpenFlow();
  const flow = useBotId();
  const versions = useQuery({ queryKey: ['counts', flow, 'versions'], queryFn: () => listVersions(flow, null) });
  const isDraft = versions.data?.items.length === 0;
  return (
    <div className={classes.empty}>
      <IconChartBar size={36} stroke={1.4} aria-hidden />
      <h3 className={classes.heading}>{t('empty.title')}</h3>
      <p className={classes.quiet}>{isDraft ? t('empty.draft') : t('empty.quiet')}</p>
      <Button variant="light" onClick={() => workbench.openPanel('simulator')}>
        {t('empty.try')}
      </Button>
    </div>
  );
}
