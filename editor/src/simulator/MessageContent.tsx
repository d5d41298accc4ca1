import { UnstyledButton } from '@mantine/core';
import type { OutboundContent } from '@parley/runtime';
import { ListIcon } from '../ui/icons.tsx';
import classes from './bubble.module.css';
import { FormattedText } from './FormattedText.tsx';
import type { OpenList } from './ListSheet.tsx';
import { ContactsCard, LocationCard, MediaCard, TemplateCard } from './MessageCards.tsx';
import { words } from './words.ts';

interface MessageContentProps {
  content: OutboundContent;
  onTap: (choice: { id: string; title: string }) => void;
  onOpenList: (list: OpenList) => void;
}

export function MessageContent({ content, onTap, onOpenList }: MessageContentProps) {
  switch (content.kind) {
    case 'text':
      return <Words text={content.text} />;
    case 'buttons':
      return (
        <>
          <Words text={content.text} />
          <Choices choices={content.buttons} onTap={onTap} />
        </>
      );
    case 'list':
      return (
        <>
          <Words text={content.text} />
          <div className={classes.choices}>
            <UnstyledButton className={classes.choice} onClick={() => onOpenList(content)}>
              <span className={classes.choiceInside}>
                <ListIcon size={16} />
                {content.button}
              </span>
            </UnstyledButton>
          </div>
        </>
      );
    case 'template':
      return (
        <>
          <TemplateCard content={content} />
          <Choices choices={quickReplies(content.buttons ?? [])} onTap={onTap} />
        </>
      );
    case 'location':
      return <LocationCard content={content} />;
    case 'contacts':
      return <ContactsCard content={content} />;
    case 'reaction':
      return <Words text={words.cards.reaction(content.emoji)} />;
    default:
      return <MediaCard content={content} />;
  }
}

function Words({ text }: { text: string }) {
  return (
    <div className={classes.text}>
      <FormattedText text={text} />
    </div>
  );
}

function Choices({
  choices,
  onTap,
}: Pick<MessageContentProps, 'onTap'> & { choices: { id: string; title: string }[] }) {
  if (choices.length === 0) return null;
  return (
    <div className={classes.choices}>
      {choices.map((choice) => (
        <UnstyledButton key={choice.id} className={classes.choice} onClick={() => onTap(choice)}>
          {choice.title}
        </UnstyledButton>
      ))}
    </div>
  );
}

/** Their titles stand in the approved template, which only WhatsApp knows here. */
const quickReplies = (buttons: readonly { index: number; payload?: string }[]) =>
  buttons.flatMap(({ index, payload }) =>
    payload === undefined ? [] : [{ id: payload, title: words.cards.templateButton(index) }],
  );
