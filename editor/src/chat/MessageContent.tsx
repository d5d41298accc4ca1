import type { OutboundContent } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import { Choices, Words } from './Choices.tsx';
import { InteractiveContent } from './InteractiveContent.tsx';
import { ContactsCard, LocationCard, MediaCard, TemplateCard } from './MessageCards.tsx';
import type { Opened } from './opened.ts';

interface MessageContentProps {
  content: OutboundContent;
  onTap: (choice: { id: string; title: string }) => void;
  onOpen: (content: Opened) => void;
}

export function MessageContent({ content, onTap, onOpen }: MessageContentProps) {
  const { t } = useTranslation('chat');
  switch (content.kind) {
    case 'text':
      return <Words text={content.text} />;
    case 'template':
      return (
        <>
          <TemplateCard content={content} />
          <Choices
            choices={quickReplies(content.buttons ?? [], (number) => t('cards.templateButton', { number }))}
            onTap={onTap}
          />
        </>
      );
    case 'location':
      return <LocationCard content={content} />;
    case 'contacts':
      return <ContactsCard content={content} />;
    case 'reaction':
      return <Words text={content.emoji ? t('cards.reaction', { emoji: content.emoji }) : t('cards.noReaction')} />;
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return <MediaCard content={content} />;
    default:
      return <InteractiveContent content={content} onTap={onTap} onOpen={onOpen} />;
  }
}

/** Their titles stand in the approved template, which only WhatsApp knows here. */
const quickReplies = (buttons: readonly { index: number; payload?: string }[], name: (number: number) => string) =>
  buttons.flatMap(({ index, payload }) => (payload === undefined ? [] : [{ id: payload, title: name(index + 1) }]));
