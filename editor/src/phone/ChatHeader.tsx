import { ActionIcon, Button, Text } from '@mantine/core';
import { BackIcon, InfoIcon, ListIcon, WarningIcon } from '../ui/icons.tsx';
import classes from './chat-pane.module.css';
import type { BusinessNumber, Phone, PhoneMessage } from './control.ts';
import { Face } from './Face.tsx';
import { nearMomentOf, windowUntil } from './moments.ts';
import type { Panel } from './opened.ts';
import { words } from './words.ts';

const say = words.chat;
const TOOL = { variant: 'subtle', color: 'gray', size: 36 } as const;

interface ChatHeaderProps {
  number: BusinessNumber;
  customer: Phone;
  messages: readonly PhoneMessage[] | null;
  now: string;
  onBack: () => void;
  onPanel: (panel: Panel) => void;
}

/** With whom, as whom, and what the business may do now. */
export function ChatHeader({ number, customer, messages, now, onBack, onPanel }: ChatHeaderProps) {
  const until = windowUntil(messages ?? [], now);
  const isDeaf = number.webhook.inbound === null;
  const isUnverified = !isDeaf && number.webhook.verified === false;
  return (
    <>
      <header className={classes.header}>
        <ActionIcon {...TOOL} className={classes.back} aria-label={words.back} title={words.back} onClick={onBack}>
          <BackIcon />
        </ActionIcon>
        <span className={classes.face}>
          <Face name={number.name} seed={number.id} />
        </span>
        <div className={classes.with}>
          <Text component="h2" fw={600} className={classes.line}>
            <bdi>{number.name}</bdi>
          </Text>
          <Text size="xs" c="dimmed" className={classes.line}>
            {words.providers[number.provider]} · <bdi>{number.address}</bdi> · {words.message.you}:{' '}
            <bdi>{customer.name}</bdi>
          </Text>
          {messages && (
            <Text size="xs" c="dimmed" className={classes.line}>
              {until ? say.windowUntil(nearMomentOf(until)) : say.windowClosed}
            </Text>
          )}
        </div>
        <div className={classes.tools}>
          <ActionIcon
            {...TOOL}
            aria-label={say.number}
            title={say.number}
            onClick={() => onPanel({ kind: 'number', id: number.id })}
          >
            <InfoIcon />
          </ActionIcon>
          <ActionIcon
            {...TOOL}
            className={classes.onlyNarrow}
            aria-label={say.trouble}
            title={say.trouble}
            onClick={() => onPanel({ kind: 'trouble' })}
          >
            <WarningIcon />
          </ActionIcon>
          <ActionIcon
            {...TOOL}
            className={classes.onlyNarrow}
            aria-label={say.log}
            title={say.log}
            onClick={() => onPanel({ kind: 'log' })}
          >
            <ListIcon />
          </ActionIcon>
        </div>
      </header>
      {(isDeaf || isUnverified) && (
        <div className={classes.deaf} role="note">
          <span>{isDeaf ? say.noWebhook : say.unverified}</span>
          <Button size="compact-sm" variant="default" onClick={() => onPanel({ kind: 'number', id: number.id })}>
            {say.setWebhook}
          </Button>
        </div>
      )}
    </>
  );
}
