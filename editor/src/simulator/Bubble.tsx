import { VisuallyHidden } from '@mantine/core';
import classes from './bubble.module.css';
import type { ChatLine } from './chat-view.ts';
import { FormattedText } from './FormattedText.tsx';
import type { OpenList } from './ListSheet.tsx';
import { MessageContent } from './MessageContent.tsx';
import { timeOf } from './moments.ts';
import { words } from './words.ts';

interface BubbleProps {
  line: Exclude<ChatLine, { from: 'system' }>;
  /** Whether the same side spoke just before. */
  follows: boolean;
  onTap: (choice: { id: string; title: string }) => void;
  onOpenList: (list: OpenList) => void;
}

export function Bubble({ line, follows, onTap, onOpenList }: BubbleProps) {
  const failed = line.from === 'bot' ? line.failed : undefined;
  const who = line.from === 'bot' ? words.bot : words.contact;
  return (
    <article className={classes.bubble} data-from={line.from} data-follows={follows || undefined}>
      <VisuallyHidden>{words.said(who, timeOf(line.at))}</VisuallyHidden>
      {line.from === 'bot' ? (
        <MessageContent content={line.content} onTap={onTap} onOpenList={onOpenList} />
      ) : (
        <div className={classes.text}>
          <FormattedText text={line.message.text ?? line.message.payload ?? line.message.type} />
        </div>
      )}
      {failed !== undefined && <p className={classes.failed}>{words.notDelivered(failed)}</p>}
      <time className={classes.time} dateTime={line.at} aria-hidden="true">
        {timeOf(line.at)}
      </time>
    </article>
  );
}
