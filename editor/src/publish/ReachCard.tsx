import { Button, Text } from '@mantine/core';
import type { Flow } from '@parley/runtime';
import { IconDeviceMobile, IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../api/channels.ts';
import { triggerWords } from '../document/trigger-words.ts';
import { useFormats } from '../ui/formats.ts';
import { isolate } from '../ui/isolate.ts';
import { PageLink } from '../ui/PageLink.tsx';
import classes from './reach-card.module.css';
import { type Reach, reachOf } from './reach-of.ts';
import { pathOfPhone, useChannels, useNewTrial } from './use-reach.ts';

const SHOWN = 4; // numbers, and words that begin the bot

/** A live bot: on which numbers and with which words people reach it; where nobody can yet, what to do about that. */
export function ReachCard({ flow }: { flow: Flow }) {
  const { t } = useTranslation('publish');
  const channels = useChannels();
  if (!channels.data) return null;
  const reach = reachOf(flow, channels.data);
  const isReached = reach.numbers.length + reach.trials.length > 0;
  return (
    <section className={classes.card} aria-label={t('reach.title')}>
      <Text size="sm" fw={600}>
        {t(reach.numbers.length > 0 ? 'reach.on' : reach.trials.length > 0 ? 'reach.trialOnly' : 'reach.nowhere')}
      </Text>
      {isReached && (
        <ul className={classes.numbers} aria-label={t('reach.title')}>
          {[...reach.numbers, ...reach.trials].slice(0, SHOWN).map((channel) => (
            <NumberLine key={channel.id} channel={channel} />
          ))}
        </ul>
      )}
      {isReached && <Words flow={flow} />}
      {!isReached && reach.closed.length > 0 && <Text size="sm">{t('reach.closed')}</Text>}
      <NextSteps reach={reach} />
    </section>
  );
}

function NumberLine({ channel: { id, name, provider, address } }: { channel: Channel }) {
  const { t } = useTranslation('publish');
  const isTrial = provider === 'simulator';
  return (
    <li>
      {isTrial ? <IconDeviceMobile size={16} aria-hidden="true" /> : <IconPhone size={16} aria-hidden="true" />}
      <span className={classes.name}>
        <bdi>{name}</bdi>
        {!isTrial && address !== null && <bdi dir="ltr">{address}</bdi>}
      </span>
      {isTrial && (
        <PageLink to={pathOfPhone(id)} isCurrent={false} className={classes.link}>
          {t('reach.openTrial')}
        </PageLink>
      )}
    </li>
  );
}

/** With what a person begins it; nothing where no message does. */
function Words({ flow }: { flow: Flow }) {
  const { t } = useTranslation('publish');
  const { either } = useFormats();
  const { keywords, any } = triggerWords(flow);
  if (any) return <Text size="sm">{t('reach.any')}</Text>;
  if (keywords.length === 0) return <Text size="sm">{t('reach.noWords')}</Text>;
  const shown = keywords.slice(0, SHOWN).map((word) => t('reach.word', { word: isolate(word) }));
  return <Text size="sm">{t('reach.words', { words: either(shown) })}</Text>;
}

function NextSteps({ reach: { numbers, trials, closed } }: { reach: Reach }) {
  const { t } = useTranslation('publish');
  const trial = useNewTrial();
  if (numbers.length > 0) return null;
  const isWithout = trials.length === 0 && closed.length === 0;
  return (
    <div className={classes.steps}>
      {isWithout && (
        <Button size="xs" loading={trial.isPending} onClick={() => trial.mutate()}>
          {t('reach.addTrial')}
        </Button>
      )}
      <PageLink to="/numbers" isCurrent={false} className={classes.link}>
        {t(trials.length === 0 && closed.length > 0 ? 'reach.seeNumbers' : 'done.connect')}
      </PageLink>
    </div>
  );
}
