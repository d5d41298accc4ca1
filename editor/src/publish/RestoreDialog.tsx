import { Button, Group, Modal, Text } from '@mantine/core';
import { nodeTypes } from '@parley/nodes';
import type { Flow } from '@parley/runtime';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFlow } from '../document/use-document.ts';
import { useBotState, useVersionFlow } from '../document/use-live.ts';
import { isolate } from '../ui/isolate.ts';
import { useFocusBack } from '../ui/use-focus-back.ts';
import { describeDifference } from './describe-difference.ts';
import classes from './publish.module.css';
import { askToPublish } from './publish-requests.ts';
import { useRestore } from './use-restore.ts';

interface RestoreDialogProps {
  version: number;
  name: string | null;
  flow: Flow;
  onClose: () => void;
}

const MAX_NAME = 100; // characters, as the server takes them

/** Asks how far a version is to come back: into the draft alone, or to customers as well, by way of the usual checks. */
export function RestoreDialog({ version, name, flow, onClose }: RestoreDialogProps) {
  const { t } = useTranslation('publish');
  useFocusBack();
  const state = useBotState().data;
  const live = state?.status === 'active' ? (state.published?.version ?? null) : null;
  const unpublished = useUnpublished(state?.published?.version ?? null);
  const restore = useRestore();
  const number = t('version', { version });
  const proposal = { name: t('restore.again', { version: name ?? number }).slice(0, MAX_NAME) };
  const isLive = version === live;

  const toDraft = () => {
    onClose();
    restore(version, flow, isLive ? null : () => askToPublish(proposal));
  };
  const toLive = () => {
    onClose();
    if (restore(version, flow)) askToPublish(proposal);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('restore.title', {
        version: name === null ? number : t('withValue', { text: number, value: isolate(name) }),
      })}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
      classNames={{ body: classes.dialog }}
      centered
    >
      <div className={classes.form}>
        <Text size="sm">{t('restore.text', { version })}</Text>
        {unpublished > 0 && <Text size="sm">{t('restore.replaces', { count: unpublished })}</Text>}
        {isLive ? (
          <Text size="sm">{t('restore.isLive', { version })}</Text>
        ) : (
          <Text size="sm">{t('restore.choose')}</Text>
        )}
        <Group justify="flex-end" className={classes.choices}>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button variant={isLive ? 'filled' : 'default'} onClick={toDraft} data-autofocus>
            {t('restore.toDraft')}
          </Button>
          {!isLive && <Button onClick={toLive}>{t('restore.toLive')}</Button>}
        </Group>
      </div>
    </Modal>
  );
}

/** How many changes of the draft no version holds: they are what a restoring replaces. */
function useUnpublished(published: number | null): number {
  const draft = useFlow((flow) => flow);
  const { data } = useVersionFlow(published);
  return useMemo(() => (data ? describeDifference(data, draft, nodeTypes).length : 0), [data, draft]);
}
