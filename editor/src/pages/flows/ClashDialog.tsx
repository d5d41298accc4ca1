import { Button, Group, Modal, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Clash, ClashingTrigger, FlowSummary } from '../../api/flows.ts';
import { PageLink } from '../../ui/PageLink.tsx';
import { hasNewerDraft } from './bot-state.ts';
import classes from './clash-dialog.module.css';
import { pathOfBot } from './list-address.ts';

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
          <ul className={classes.list} aria-label={t('clash.list')}>
            {clashes.map((clash) => (
              <ClashLine key={JSON.stringify([clash.trigger, clash.otherTrigger, clash.other])} clash={clash} />
            ))}
          </ul>
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

function ClashLine({ clash }: { clash: Clash }) {
  const { t } = useTranslation('flows');
  const words = useTriggerWords();
  const { trigger, otherTrigger, other, wins, because, priority, example } = clash;
  const [mine, theirs] = [words(trigger), words(otherTrigger)];
  // Capitals make no other word of it
  const isSame = mine.toLowerCase() === theirs.toLowerCase();
  const [high, low] = [Math.max(priority.this, priority.other), Math.min(priority.this, priority.other)];
  return (
    <li className={classes.clash}>
      <Text size="sm">
        {isSame ? t('clash.both', { what: mine }) : t('clash.different', { mine, theirs, other: other.name })}
        {example !== null && !(isSame && trigger.kind === 'equals') && ` ${t('clash.example', { message: example })}`}
      </Text>
      <Text size="sm">
        <strong>{wins === 'this' ? t('clash.this') : t('clash.other', { other: other.name })}</strong>{' '}
        {t(`clash.because.${because}`, { high, low, priority: priority.this })}
      </Text>
      <PageLink to={pathOfBot(other.id)} isCurrent={false} className={classes.open}>
        {t('clash.open', { name: other.name })}
      </PageLink>
    </li>
  );
}

function useTriggerWords(): (trigger: ClashingTrigger) => string {
  const { t } = useTranslation('flows');
  return ({ kind, value }) =>
    kind === 'referral' && value === null
      ? t('clash.kinds.anyReferral')
      : t(`clash.kinds.${kind}`, { value: value?.trim() ?? '' });
}
