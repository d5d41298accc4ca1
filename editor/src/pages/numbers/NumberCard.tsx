import { Badge, Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../api/channels.ts';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { openInAddress } from '../../ui/use-address.ts';
import classes from './number-card.module.css';

const COLOURS = { ok: 'teal', failing: 'red', unknown: 'gray', off: 'gray' } as const;

export const stateOf = ({ enabled, check }: Channel) => (enabled ? check.state : 'off');

/** One number: what it is, whether it works, and what is wrong with it first. */
export function NumberCard({ channel, now }: { channel: Channel; now: Date }) {
  const { t } = useTranslation('numbers');
  const { id, name, provider, address, heardFromAt, check } = channel;
  const state = stateOf(channel);
  const [first] = state === 'failing' ? check.problems : [];
  return (
    <article className={classes.card} aria-labelledby={`name-${id}`}>
      <div className={classes.what}>
        <Text fw={600} id={`name-${id}`} className={classes.name}>
          <bdi translate="no">{name}</bdi>
        </Text>
        <Text size="sm" c="dimmed">
          {t(`providers.${provider}`)}
          {provider !== 'simulator' && (
            <>
              {' · '}
              {address ? (
                <bdi dir="ltr" translate="no">
                  {address}
                </bdi>
              ) : (
                t('noAddress')
              )}
            </>
          )}
        </Text>
      </div>
      <Badge color={COLOURS[state]} variant="light" className={classes.badge} data-state={state}>
        {t(`states.${state}`)}
      </Badge>
      <Text size="sm" c="dimmed" className={classes.heard}>
        {t('heard')} {heardFromAt ? <RelativeTime at={heardFromAt} now={now} /> : t('neverHeard')}
      </Text>
      <div className={classes.buttons}>
        {provider === 'simulator' && (
          <Button
            size="xs"
            variant="light"
            aria-label={t('tryPhoneOf', { name })}
            onClick={() => openInAddress('phone', id)}
          >
            {t('tryPhone')}
          </Button>
        )}
        <Button
          size="xs"
          variant="default"
          aria-label={t('openOf', { name })}
          onClick={() => openInAddress('number', id)}
        >
          {t('open')}
        </Button>
      </div>
      {first && (
        <p className={classes.problem} lang="en" dir="auto">
          {sentence(first.message)} {first.remedy}
        </p>
      )}
    </article>
  );
}

/** A provider's own words often end without a full stop. */
const sentence = (words: string) => (/[.!?]$/.test(words) ? words : `${words}.`);
