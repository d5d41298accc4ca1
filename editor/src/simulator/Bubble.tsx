import { ActionIcon, VisuallyHidden } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from '../chat/bubble.module.css';
import { MessageContent } from '../chat/MessageContent.tsx';
import { timeOf } from '../chat/moments.ts';
import type { Opened } from '../chat/opened.ts';
import { ContactContent } from './ContactContent.tsx';
import type { ChatLine } from './talk/talk-view.ts';
import own from './transcript.module.css';

interface BubbleProps {
  line: Exclude<ChatLine, { from: 'system' }>;
  /** Whether the same side spoke just before. */
  follows: boolean;
  onTap: (choice: { id: string; title: string }) => void;
  onOpen: (content: Opened) => void;
  /** Shows the talk as it was when this had just been said. */
  onBack?: () => void;
  onReact?: () => void;
}

export function Bubble({ line, follows, onTap, onOpen, onBack, onReact }: BubbleProps) {
  const { t } = useTranslation('simulator');
  const failed = line.from === 'bot' ? line.failed : undefined;
  const who = t(line.from === 'bot' ? 'bot' : 'you');
  const time = timeOf(line.at);
  return (
    <article className={classes.bubble} data-from={line.from} data-follows={follows || undefined}>
      <VisuallyHidden>{t('said', { who, time })}</VisuallyHidden>
      {line.from === 'bot' ? (
        <MessageContent content={line.content} onTap={onTap} onOpen={onOpen} />
      ) : (
        <ContactContent message={line.message} />
      )}
      {failed !== undefined && <p className={classes.failed}>{t('notDelivered', { reason: failed })}</p>}
      <time className={classes.time} dateTime={line.at} aria-hidden="true">
        {time}
      </time>
      {(onBack || onReact) && (
        <div className={own.tools}>
          {onReact && (
            <ActionIcon
              size={26}
              variant="default"
              radius="xl"
              aria-label={t('react')}
              title={t('react')}
              onClick={onReact}
            >
              <span aria-hidden="true">👍</span>
            </ActionIcon>
          )}
          {onBack && (
            <ActionIcon
              size={26}
              variant="default"
              radius="xl"
              aria-label={t('back.here')}
              title={t('back.here')}
              onClick={onBack}
            >
              <IconArrowBackUp size={16} />
            </ActionIcon>
          )}
        </div>
      )}
    </article>
  );
}
