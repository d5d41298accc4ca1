import { Button, Group, Text } from '@mantine/core';
import type { Flow } from '@parley/runtime';
import { IconCircleCheck } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedFlow } from '../api/flows.ts';
import { PublishRefusal } from './PublishRefusal.tsx';
import classes from './publish.module.css';
import { ReachCard } from './ReachCard.tsx';
import type { usePublishing } from './use-publishing.ts';

interface NothingNewProps {
  bot: SavedFlow;
  /** The one that customers get, or would. */
  version: number;
  flow: Flow;
  publishing: ReturnType<typeof usePublishing>;
  onClose: () => void;
}

/** The draft is what was published last: says so, and switches on what is off. */
export function NothingNew({ bot, version, flow, publishing, onClose }: NothingNewProps) {
  const { t } = useTranslation('publish');
  const why = useId();
  const isLive = bot.status === 'active';
  return (
    <div className={classes.form}>
      {/* Somebody else published just this: then there is nothing left to refuse */}
      {publishing.refusal && publishing.refusal.kind !== 'published_meanwhile' && (
        <PublishRefusal refusal={publishing.refusal} onReload={publishing.reload} />
      )}
      <p className={classes.fine} id={why}>
        <IconCircleCheck size={20} aria-hidden="true" />
        <span>{t(isLive ? 'nothing.live' : 'nothing.off', { version })}</span>
      </p>
      {isLive && <ReachCard flow={flow} />}
      <Text size="sm" c="dimmed">
        {t('nothing.hint')}
      </Text>
      <Group justify="flex-end" className={classes.foot}>
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('close')}
        </Button>
        {isLive ? (
          // Reached by the keyboard, so that a reader of the screen hears why
          <Button data-disabled aria-disabled aria-describedby={why} onClick={(event) => event.preventDefault()}>
            {t('form.publish')}
          </Button>
        ) : (
          <Button
            loading={publishing.isPublishing}
            onClick={() => publishing.publish({ name: '', note: '', activate: true, live: version })}
          >
            {t('nothing.switchOn')}
          </Button>
        )}
      </Group>
    </div>
  );
}
