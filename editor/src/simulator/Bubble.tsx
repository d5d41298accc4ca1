import { VisuallyHidden } from '@mantine/core';
import type { InboundMessage } from '@parley/runtime';
import classes from '../chat/bubble.module.css';
import { FormattedText } from '../chat/FormattedText.tsx';
import { MessageContent } from '../chat/MessageContent.tsx';
import { timeOf } from '../chat/moments.ts';
import type { Opened } from '../chat/opened.ts';
import type { ChatLine } from './chat-view.ts';
import { words } from './words.ts';

/** What a person sent, as a line of the chat. */
const textOf = ({ type, text, payload, location, data }: InboundMessage): string =>
  text ?? payload ?? location?.name ?? (type === 'form' ? words.answered(JSON.stringify(data)) : type);

interface BubbleProps {
  line: Exclude<ChatLine, { from: 'system' }>;
  /** Whether the same side spoke just before. */
  follows: boolean;
  onTap: (choice: { id: string; title: string }) => void;
  onOpen: (content: Opened) => void;
}

export function Bubble({ line, follows, onTap, onOpen }: BubbleProps) {
  const failed = line.from === 'bot' ? line.failed : undefined;
  const who = line.from === 'bot' ? words.bot : words.contact;
  return (
    <article className={classes.bubble} data-from={line.from} data-follows={follows || undefined}>
      <VisuallyHidden>{words.said(who, timeOf(line.at))}</VisuallyHidden>
      {line.from === 'bot' ? (
        <MessageContent content={line.content} onTap={onTap} onOpen={onOpen} />
      ) : (
        <div className={classes.text}>
          <FormattedText text={textOf(line.message)} />
        </div>
      )}
      {failed !== undefined && <p className={classes.failed}>{words.notDelivered(failed)}</p>}
      <time className={classes.time} dateTime={line.at} aria-hidden="true">
        {timeOf(line.at)}
      </time>
    </article>
  );
}
