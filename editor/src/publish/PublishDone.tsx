import { Button, Group, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { listChannels } from '../api/channels.ts';
import type { Published } from '../api/flows.ts';
import { useOpenFlow } from '../document/use-document.ts';
import { PageLink } from '../ui/PageLink.tsx';
import classes from './publish.module.css';

/** It is done; says what comes next, which depends on whether a number is there to answer on. */
export function PublishDone({ published, onClose }: { published: Published; onClose: () => void }) {
  const { t } = useTranslation('publish');
  const { workbench } = useOpenFlow();
  const numbers = useQuery({ queryKey: ['numbers'], queryFn: listChannels });
  const isLive = published.status === 'active';
  const trial = numbers.data?.find(({ provider }) => provider === 'simulator');
  return (
    <div className={classes.form}>
      <p className={classes.done}>
        <IconCircleCheck size={28} aria-hidden="true" />
        <span>{t(isLive ? 'done.live' : 'done.notLive', { version: published.version })}</span>
      </p>
      {numbers.data && numbers.data.length === 0 && (
        <section className={classes.section}>
          <Text size="sm">{t('done.noNumber')}</Text>
          <PageLink to="/numbers" isCurrent={false} className={classes.next}>
            {t('done.connect')}
          </PageLink>
        </section>
      )}
      {isLive && trial && (
        <section className={classes.section}>
          <Text size="sm">{t('done.trial', { name: trial.name })}</Text>
          <PageLink to="/numbers" isCurrent={false} className={classes.next}>
            {t('done.toTrial')}
          </PageLink>
        </section>
      )}
      {!isLive && <Text size="sm">{t('done.switchOn')}</Text>}
      <Group justify="flex-end">
        <Button
          variant="default"
          onClick={() => {
            onClose();
            workbench.openPanel('versions');
          }}
        >
          {t('done.versions')}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            onClose();
            workbench.openPanel('simulator');
          }}
        >
          {t('done.tryIt')}
        </Button>
        <Button onClick={onClose} data-autofocus>
          {t('done.close')}
        </Button>
      </Group>
    </div>
  );
}
