import { ActionIcon, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { momentOf } from '../chat/moments.ts';
import { ClockIcon, RestartIcon } from '../ui/icons.tsx';
import classes from './chat-bar.module.css';

/** How far the clock jumps. */
export const SKIPS = [
  { duration: 'PT30M', name: 'halfHour' },
  { duration: 'PT1H', name: 'hour' },
  { duration: 'P1D', name: 'day' },
] as const;

interface ChatBarProps {
  now: string;
  onSkip: (duration: string) => void;
  onRestart: () => void;
}

/** The conversation's own clock, and what makes it run. */
export function ChatBar({ now, onSkip, onRestart }: ChatBarProps) {
  const { t } = useTranslation('simulator');
  return (
    <div className={classes.bar}>
      <span className={classes.clock} role="timer" aria-live="polite" aria-label={t('clock.label')}>
        <ClockIcon size={16} />
        <time dateTime={now}>{momentOf(now)}</time>
      </span>
      <div className={classes.skips}>
        {SKIPS.map(({ duration, name }) => (
          <Button
            key={duration}
            size="compact-sm"
            variant="default"
            aria-label={t('clock.skip', { time: t(`clock.${name}`) })}
            onClick={() => onSkip(duration)}
          >
            {t(`clock.${name}`)}
          </Button>
        ))}
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={30}
        aria-label={t('restart')}
        title={t('restart')}
        onClick={onRestart}
      >
        <RestartIcon />
      </ActionIcon>
    </div>
  );
}
