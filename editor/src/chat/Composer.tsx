import { ActionIcon, Textarea } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SendIcon } from '../ui/icons.tsx';
import classes from './composer.module.css';

interface ComposerProps {
  ref: Ref<HTMLTextAreaElement>;
  onSend: (text: string) => void;
  /** What stands in the field at first. */
  initial?: string;
  /** Where something else goes with the text, it may be empty. */
  allowsEmpty?: boolean;
  /** Left of the field. */
  before?: ReactNode;
  onEscape?: () => void;
  /** Of a panel that opens: the field has the keys. */
  isFirst?: boolean;
}

const MAX_TEXT = 4096; // WhatsApp's own limit

/** Enter sends, Shift + Enter breaks the line. */
export function Composer(props: ComposerProps) {
  const { ref, onSend, initial = '', allowsEmpty = false, before, onEscape, isFirst } = props;
  const { t } = useTranslation('chat');
  const [text, setText] = useState(initial);
  const send = () => {
    if (text.trim() === '' && !allowsEmpty) return;
    onSend(text);
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onEscape?.();
    // While a word is being composed (Japanese, Chinese, Korean) Enter belongs to the input method
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      className={classes.composer}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {before}
      <Textarea
        ref={ref}
        classNames={{ root: classes.field, input: classes.input }}
        aria-label={t('compose')}
        placeholder={t('placeholder')}
        value={text}
        rows={1}
        maxLength={MAX_TEXT}
        data-autofocus={isFirst || undefined}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <ActionIcon type="submit" size={40} radius="xl" aria-label={t('send')}>
        <SendIcon size={20} />
      </ActionIcon>
    </form>
  );
}
