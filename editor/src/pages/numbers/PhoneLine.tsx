import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../api/conversations.ts';
import bubble from '../../chat/bubble.module.css';
import { FormattedText } from '../../chat/FormattedText.tsx';
import { MessageContent } from '../../chat/MessageContent.tsx';
import { timeOf } from '../../chat/moments.ts';
import type { Opened } from '../../chat/opened.ts';
import { isolate } from '../../ui/isolate.ts';
import { kindWords } from './kind-words.ts';
import { sentContent } from './sent-content.ts';
import classes from './trial-phone.module.css';

const OWN_FILES = '/api/media/'; // what lies elsewhere is not asked for
const PICTURES = ['image', 'sticker'];

interface PhoneLineProps {
  message: Message;
  onTap: (choice: { id: string; title: string }) => void;
  onOpen: (content: Opened) => void;
}

/** One message of a trial phone's chat, with what can be tapped below it. */
export function PhoneLine({ message, onTap, onOpen }: PhoneLineProps) {
  const { t } = useTranslation('numbers');
  const { direction, error, createdAt } = message;
  const isMine = direction === 'INBOUND';
  const content = isMine ? null : sentContent(message);
  const time = timeOf(createdAt);
  return (
    <article className={bubble.bubble} data-from={isMine ? 'contact' : 'bot'}>
      <VisuallyHidden>{t(isMine ? 'phone.mine' : 'phone.theirs', { time })}</VisuallyHidden>
      <div translate="no">
        {content ? <MessageContent content={content} onTap={onTap} onOpen={onOpen} /> : <Plain message={message} />}
      </div>
      {error && (
        <p className={bubble.failed}>
          {t('phone.failed', { reason: isolate([error.reason, error.remedy].filter(Boolean).join(' ')) })}
        </p>
      )}
      <time className={bubble.time} dateTime={createdAt} aria-hidden="true">
        {time}
      </time>
    </article>
  );
}

/** A picture of ours as it is; other files, places and the like by what they are. */
function Plain({ message: { type, text, attachments } }: { message: Message }) {
  const { t } = useTranslation('numbers');
  const [file] = attachments;
  const what = t(kindWords(type));
  const isShown = PICTURES.includes(type.toLowerCase()) && file?.url?.startsWith(OWN_FILES);
  const isWords = text !== null && !file;
  return (
    <>
      {isShown && <img className={classes.picture} src={file?.url ?? ''} alt={what} />}
      {!isShown && !isWords && (
        <p className={classes.quiet}>
          {what} {file?.filename}
        </p>
      )}
      {text !== null && (
        <div className={bubble.text}>
          <FormattedText text={text} />
        </div>
      )}
    </>
  );
}
