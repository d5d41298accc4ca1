import { Button, Group, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Published } from '../api/flows.ts';
import { useFlow, useOpenFlow } from '../document/use-document.ts';
import classes from './publish.module.css';
import { ReachCard } from './ReachCard.tsx';

/** It is done; says where customers reach it now, and what comes next. */
export function PublishDone({ published, onClose }: { published: Published; onClose: () => void }) {
  const { t } = useTranslation('publish');
  const { workbench } = useOpenFlow();
  const flow = useFlow((one) => one);
  const isLive = published.status === 'active';
  const open = (panel: 'versions' | 'simulator') => {
    onClose();
    workbench.openPanel(panel);
  };
  return (
    <div className={classes.form}>
      <p className={classes.done}>
        <IconCircleCheck size={28} aria-hidden="true" />
        <span>{t(isLive ? 'done.live' : 'done.notLive', { version: published.version })}</span>
      </p>
      {isLive ? <ReachCard flow={flow} /> : <Text size="sm">{t('done.switchOn')}</Text>}
      <Group justify="flex-end">
        <Button variant="default" onClick={() => open('versions')}>
          {t('done.versions')}
        </Button>
        <Button variant="default" onClick={() => open('simulator')}>
          {t('done.tryIt')}
        </Button>
        <Button onClick={onClose} data-autofocus>
          {t('done.close')}
        </Button>
      </Group>
    </div>
  );
}
