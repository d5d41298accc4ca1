import { Button, Group, Loader, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FlowSummary } from '../../api/flows.ts';
import { Callout } from '../../ui/Callout.tsx';
import { PageLink } from '../../ui/PageLink.tsx';
import { useFocusBack } from '../../ui/use-focus-back.ts';
import { pathOfBot } from './list-address.ts';
import classes from './remove-dialog.module.css';
import { useDependents } from './use-dependents.ts';

interface RemoveDialogProps {
  bots: readonly FlowSummary[];
  onClose: () => void;
  onRemove: () => void;
}

/** Asks before what cannot be undone, and names what depends on it. The safe answer has the focus. */
export function RemoveDialog({ bots, onClose, onRemove }: RemoveDialogProps) {
  const { t } = useTranslation('flows');
  useFocusBack();
  const { isLooking, users, inside } = useDependents(bots);
  const [bot] = bots;
  const isOne = bots.length === 1 && bot !== undefined;
  const isUsed = users.length > 0;
  const live = bots.filter(({ status }) => status === 'active').length;
  const versions = bots.reduce((sum, { published }) => sum + (published?.version ?? 0), 0);
  return (
    <Modal
      opened
      onClose={onClose}
      title={isOne ? t('remove.title', { name: bot.name }) : t('remove.many', { count: bots.length })}
      closeButtonProps={{ 'aria-label': t('close') }}
      centered
    >
      <Stack gap="sm">
        <Text size="sm">{t('remove.text')}</Text>
        {live > 0 && <Text size="sm">{t('remove.live', { count: live })}</Text>}
        {versions > 0 && <Text size="sm">{t('remove.versions', { count: versions })}</Text>}
        {isLooking && <Loader size="sm" aria-label={t('remove.looking')} />}
        {inside > 0 && <Text size="sm">{t('remove.inside', { count: inside })}</Text>}
        {isUsed && (
          <Callout tone="warning" title={t('remove.used')}>
            <ul>
              {users.map(({ id, name }) => (
                <li key={id}>
                  <PageLink to={pathOfBot(id)} isCurrent={false} className={classes.open}>
                    <bdi>{name}</bdi>
                  </PageLink>
                </li>
              ))}
            </ul>
            <Text size="sm">{t('remove.usedNow')}</Text>
          </Callout>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('remove.no')}
          </Button>
          <Button color="red.8" disabled={isLooking || (isOne && isUsed)} onClick={onRemove}>
            {t('remove.yes')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
