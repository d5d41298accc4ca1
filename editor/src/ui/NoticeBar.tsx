import { CloseButton, Paper, Text } from '@mantine/core';
import { useSelector } from '@xstate/store-react';
import { useEffect } from 'react';
import { CheckIcon } from './icons.tsx';
import classes from './notice-bar.module.css';
import { notices } from './notices.ts';

const SHOWN_FOR = 8_000; // ms: long enough to read twice; nothing is lost with it

export function NoticeBar({ closeLabel }: { closeLabel: string }) {
  const notice = useSelector(notices, (state) => state.context.notice);
  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(() => notices.trigger.read(), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [notice]);
  // The region stays, so that a reader of the screen hears what comes into it
  return (
    <div role="status" className={classes.place}>
      {notice && (
        <Paper key={notice.number} className={classes.notice} shadow="md" radius="md">
          <CheckIcon />
          <Text size="sm">{notice.text}</Text>
          <CloseButton size="sm" aria-label={closeLabel} onClick={() => notices.trigger.read()} />
        </Paper>
      )}
    </div>
  );
}
