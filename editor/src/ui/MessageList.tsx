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

/** What is wrong, errors first, with its place; the same thing in several places is said once. */
export function MessageList({ label, toneNames, messages }: MessageListProps) {
  const sorted = [...messages].sort((a, b) => (a.tone === b.tone ? 0 : a.tone === 'error' ? -1 : 1));
  const said = Map.groupBy(sorted, ({ tone, text }) => `${tone} ${text}`);
  return (
    <ul className={classes.list} aria-label={label}>
      {[...said].map(([key, same]) => (
        <li key={key} className={classes.item}>
          <Message same={same} toneNames={toneNames} />
        </li>
      ))}
    </ul>
  );
}

function Message({ same, toneNames }: { same: readonly ListedMessage[] } & Pick<MessageListProps, 'toneNames'>) {
  const [first] = same;
  if (!first) return null;
  const { tone, text } = first;
  return (
    <>
      <span className={classes.icon} data-tone={tone}>
        {tone === 'error' ? <ErrorIcon /> : <WarningIcon />}
      </span>
      <div className={classes.words}>
        <VisuallyHidden>{toneNames[tone]}: </VisuallyHidden>
        <Text span size="sm">
          {text}
        </Text>
        {same.map((message, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two steps may have the same name
          <Place key={index} {...message} />
        ))}
      </div>
    </>
  );
}

function Place({ place, onGo }: ListedMessage) {
  if (place === null) return null;
  if (!onGo) return <span className={classes.place}>{place}</span>;
  return (
    <Anchor component="button" type="button" className={classes.place} onClick={onGo}>
      {place}
    </Anchor>
  );
}
