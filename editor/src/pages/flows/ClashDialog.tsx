import { Box, Button, Group, Modal, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Clash, FlowSummary } from '../../api/flows.ts';
import { ClashList } from '../../clashes/ClashList.tsx';
import { hasNewerDraft } from './bot-state.ts';

const HIGHEST = 1_000; // the largest priority that a flow may have

interface ClashDialogProps {
  question: { bot: FlowSummary; clashes: Clash[] } | null;
  onClose: () => void;
  onAnyway: (bot: FlowSummary) => void;
  onRaise: (bot: FlowSummary, priority: number) => void;
}

/** Says which live bots want the same messages, which bot gets them and why, and what can be done about it. */
export function ClashDialog({ question, onClose, onAnyway, onRaise }: ClashDialogProps) {
  const { t } = useTranslation('flows');
  const clashes = question?.clashes ?? [];
  const bot = question?.bot;
  const priority = priorityToWin(clashes);
  return (
    <Modal
      opened={question !== null}
      onClose={onClose}
      title={bot && t('clash.title', { name: bot.name })}
      closeButtonProps={{ 'aria-label': t('close') }}
      size="lg"
      centered
    >
      {bot && (
        <>
          <Text size="sm">{t('clash.text')}</Text>
          <Box my="sm">
            <ClashList clashes={clashes} />
          </Box>
          {priority !== null && (
            <Text size="sm" c="dimmed">
              {t(hasNewerDraft(bot) ? 'clash.raiseDraft' : 'clash.raiseText', { priority })}
            </Text>
          )}
          <Group justify="flex-end" mt="md" gap="xs">
            <Button variant="default" onClick={onClose} data-autofocus>
              {t('cancel')}
            </Button>
            {priority !== null && (
              <Button variant="default" onClick={() => onRaise(bot, priority)}>
                {t('clash.raise')}
              </Button>
            )}
            <Button onClick={() => onAnyway(bot)}>{t('clash.anyway')}</Button>
          </Group>
        </>
      )}
    </Modal>
  );
}

/** One above the highest of those that win by priority or age; null where no priority would help. */
function priorityToWin(clashes: readonly Clash[]): number | null {
  const lost = clashes.filter(({ wins, because }) => wins === 'other' && because !== 'more_specific');
  const wanted = Math.max(...lost.map(({ priority }) => priority.other)) + 1;
  return lost.length > 0 && wanted <= HIGHEST ? wanted : null;
}
