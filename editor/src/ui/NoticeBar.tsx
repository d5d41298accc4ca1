import { Button, CloseButton, Paper, Text } from '@mantine/core';
import { useSelector } from '@xstate/store-react';
import { useEffect, useState } from 'react';
import { CheckIcon, ErrorIcon, InfoIcon } from './icons.tsx';
import classes from './notice-bar.module.css';
import { type Notice, notices } from './notices.ts';

const SHOWN_FOR = 8_000; // ms: long enough to read twice; nothing is lost with it
const SHOWN_TO_ACT = 15_000; // ms: finding a button by keyboard takes longer
const ICONS = { done: CheckIcon, info: InfoIcon, error: ErrorIcon };

/** Lies over the page but not in its way. The region stays, so that a reader of the screen hears what comes into it. */
export function NoticeBar({ closeLabel }: { closeLabel: string }) {
  const shown = useSelector(notices, (state) => state.context.shown);
  return (
    <div role="status" className={classes.place}>
      {shown.map((notice) => (
        <NoticeCard key={notice.number} notice={notice} closeLabel={closeLabel} />
      ))}
    </div>
  );
}

/** Waits while the pointer or the focus is on it. */
function NoticeCard({ notice, closeLabel }: { notice: Notice; closeLabel: string }) {
  const { number, text, tone, action } = notice;
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => notices.trigger.read({ number }), action ? SHOWN_TO_ACT : SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [number, action, isHeld]);
  const Icon = ICONS[tone];
  const close = () => notices.trigger.read({ number });
  const act = () => {
    close();
    action?.run();
  };
  return (
    <Paper
      className={classes.notice}
      data-tone={tone}
      shadow="md"
      radius="md"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <Icon />
      <Text size="sm" className={classes.text}>
        {text}
      </Text>
      {action && (
        <Button size="compact-sm" variant="subtle" className={classes.action} onClick={act}>
          {action.label}
        </Button>
      )}
      <CloseButton size="sm" aria-label={closeLabel} onClick={close} />
    </Paper>
  );
}
