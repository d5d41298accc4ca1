import { Badge, Button, Text } from '@mantine/core';
import type { Channel } from '../../api/channels.ts';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { openInAddress } from '../../ui/use-address.ts';
import classes from './number-card.module.css';
import { words } from './words.ts';

const COLOURS = { ok: 'teal', failing: 'red', unknown: 'gray', off: 'gray' } as const;

export const stateOf = ({ enabled, check }: Channel) => (enabled ? check.state : 'off');

/** One number: what it is, whether it works, and what is wrong with it first. */
export function NumberCard({ channel, now }: { channel: Channel; now: Date }) {
  const { id, name, provider, address, heardFromAt, check } = channel;
  const state = stateOf(channel);
  const [first] = state === 'failing' ? check.problems : [];
  return (
    <article className={classes.card} aria-labelledby={`name-${id}`}>
      <div className={classes.what}>
        <Text fw={600} id={`name-${id}`} className={classes.name}>
          {name}
        </Text>
        <Text size="sm" c="dimmed">
          {words.providers[provider]}
          {provider !== 'simulator' && (
            <>
              {' · '}
              {address ? <bdi dir="ltr">{address}</bdi> : words.noAddress}
            </>
          )}
        </Text>
      </div>
      <Badge color={COLOURS[state]} variant="light" className={classes.badge} data-state={state}>
        {words.states[state]}
      </Badge>
      <Text size="sm" c="dimmed" className={classes.heard}>
        {words.heard}: {heardFromAt ? <RelativeTime at={heardFromAt} now={now} /> : words.neverHeard}
      </Text>
      <div className={classes.buttons}>
        {provider === 'simulator' && (
          <Button
            size="xs"
            variant="light"
            aria-label={words.named(words.tryPhone, name)}
            onClick={() => openInAddress('phone', id)}
          >
            {words.tryPhone}
          </Button>
        )}
        <Button
          size="xs"
          variant="default"
          aria-label={words.named(words.open, name)}
          onClick={() => openInAddress('number', id)}
        >
          {words.open}
        </Button>
      </div>
      {first && (
        <p className={classes.problem}>
          {sentence(first.message)} {first.remedy}
        </p>
      )}
    </article>
  );
}

/** A provider's own words often end without a full stop. */
const sentence = (words: string) => (/[.!?]$/.test(words) ? words : `${words}.`);
