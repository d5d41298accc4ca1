import { ActionIcon, Button } from '@mantine/core';
import { momentOf } from '../chat/moments.ts';
import { ClockIcon, RestartIcon } from '../ui/icons.tsx';
import classes from './chat-bar.module.css';
import { words } from './words.ts';

interface ChatBarProps {
  now: string;
  onSkip: (duration: string) => void;
  onRestart: () => void;
}

/** The conversation's own clock, and what makes it run. */
export function ChatBar({ now, onSkip, onRestart }: ChatBarProps) {
  return (
    <div className={classes.bar}>
      <span className={classes.clock} role="timer" aria-live="polite" aria-label={words.clock}>
        <ClockIcon size={16} />
        <time dateTime={now}>{momentOf(now)}</time>
      </span>
      <div className={classes.skips}>
        {words.skips.map(({ duration, label }) => (
          <Button
            key={duration}
            size="compact-sm"
            variant="default"
            aria-label={words.skip(label)}
            onClick={() => onSkip(duration)}
          >
            {label}
          </Button>
        ))}
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={30}
        aria-label={words.restart}
        title={words.restart}
        onClick={onRestart}
      >
        <RestartIcon />
      </ActionIcon>
    </div>
  );
}
