import { Anchor, Text, VisuallyHidden } from '@mantine/core';
import { ErrorIcon, WarningIcon } from './icons.tsx';
import classes from './message-list.module.css';

export interface ListedMessage {
  tone: 'error' | 'warning';
  text: string;
  /** Where it is, as a person may look it up. */
  place: string | null;
  onGo?: () => void;
}

interface MessageListProps {
  label: string;
  toneNames: Record<ListedMessage['tone'], string>;
  messages: readonly ListedMessage[];
}

/** What is wrong, errors first, each with its place. */
export function MessageList({ label, toneNames, messages }: MessageListProps) {
  const sorted = [...messages].sort((a, b) => (a.tone === b.tone ? 0 : a.tone === 'error' ? -1 : 1));
  return (
    <ul className={classes.list} aria-label={label}>
      {sorted.map(({ tone, text, place, onGo }) => (
        <li key={`${tone} ${place} ${text}`} className={classes.item}>
          <span className={classes.icon} data-tone={tone}>
            {tone === 'error' ? <ErrorIcon /> : <WarningIcon />}
          </span>
          <div className={classes.words}>
            <VisuallyHidden>{toneNames[tone]}: </VisuallyHidden>
            <Text span size="sm">
              {text}
            </Text>
            {place !== null &&
              (onGo ? (
                <Anchor component="button" type="button" className={classes.place} onClick={onGo}>
                  {place}
                </Anchor>
              ) : (
                <span className={classes.place}>{place}</span>
              ))}
          </div>
        </li>
      ))}
    </ul>
  );
}
