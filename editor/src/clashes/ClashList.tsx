import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Clash, ClashingTrigger } from '../api/flows.ts';
import { PageLink } from '../ui/PageLink.tsx';
import classes from './clash-list.module.css';

/** Where live bots want the same messages as one: on what, which of the two answers, and why. */
export function ClashList({ clashes }: { clashes: readonly Clash[] }) {
  const { t } = useTranslation('clashes');
  return (
    <ul className={classes.list} aria-label={t('list')}>
      {clashes.map((clash) => (
        <ClashLine key={JSON.stringify([clash.trigger, clash.otherTrigger, clash.other])} clash={clash} />
      ))}
    </ul>
  );
}

function ClashLine({ clash }: { clash: Clash }) {
  const { t } = useTranslation('clashes');
  const words = useTriggerWords();
  const { trigger, otherTrigger, other, wins, because, priority, example } = clash;
  const [mine, theirs] = [words(trigger), words(otherTrigger)];
  // Capitals make no other word of it
  const isSame = mine.toLowerCase() === theirs.toLowerCase();
  const [high, low] = [Math.max(priority.this, priority.other), Math.min(priority.this, priority.other)];
  return (
    <li className={classes.clash}>
      <Text size="sm">
        {isSame ? t('both', { what: mine }) : t('different', { mine, theirs, other: other.name })}
        {example !== null && !(isSame && trigger.kind === 'equals') && ` ${t('example', { message: example })}`}
      </Text>
      <Text size="sm">
        <strong>{wins === 'this' ? t('this') : t('other', { other: other.name })}</strong>{' '}
        {t(`because.${because}`, { high, low, priority: priority.this })}
      </Text>
      <PageLink to={`/bots/${encodeURIComponent(other.id)}`} isCurrent={false} className={classes.open}>
        {t('open', { name: other.name })}
      </PageLink>
    </li>
  );
}

function useTriggerWords(): (trigger: ClashingTrigger) => string {
  const { t } = useTranslation('clashes');
  return ({ kind, value }) =>
    kind === 'referral' && value === null ? t('kinds.anyReferral') : t(`kinds.${kind}`, { value: value?.trim() ?? '' });
}
