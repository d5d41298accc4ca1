import { VisuallyHidden } from '@mantine/core';
import type { OutboundContent } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import type { ExampleLine } from '../../api/examples.ts';
import { FormattedText } from '../../chat/FormattedText.tsx';
import { durationWords } from './duration-words.ts';
import classes from './example-talk.module.css';

interface ExampleTalkProps {
  lines: readonly ExampleLine[];
  label: string;
}

/** A conversation to read: nothing in it can be tapped. */
export function ExampleTalk({ lines, label }: ExampleTalkProps) {
  const { t, i18n } = useTranslation('flows');
  return (
    <ol className={classes.talk} aria-label={label}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a conversation is read from its beginning and never changes
        <li key={index} className={classes.line} data-from={line.from}>
          {line.from === 'time' ? (
            t('gallery.waits', { wait: durationWords(line.wait, i18n.language) })
          ) : (
            <>
              <VisuallyHidden>{line.from === 'contact' ? t('gallery.person') : t('gallery.bot')}: </VisuallyHidden>
              {line.from === 'contact' ? <PersonWords {...line} /> : <BotWords content={line.content} />}
            </>
          )}
        </li>
      ))}
    </ol>
  );
}

/** What somebody wrote; of a picture or a filled form only what it is. */
function PersonWords({ text, type }: { text: string; type: string }) {
  const { t } = useTranslation('flows');
  if (text !== '')
    return (
      <span dir="auto" translate="no">
        {text}
      </span>
    );
  const kind = SENT.find((one) => one === type) ?? 'other';
  return <span className={classes.kind}>{t(`gallery.media.${kind}`)}</span>;
}

function BotWords({ content }: { content: OutboundContent }) {
  const { t } = useTranslation('flows');
  const { text, choices } = partsOf(content);
  const kind = KINDS.find((one) => one === content.kind);
  const named = content.kind === 'template' ? content.name : '';
  const emoji = content.kind === 'reaction' ? content.emoji : '';
  return (
    <>
      {kind && <span className={classes.kind}>{t(`gallery.media.${kind}`, { name: named, emoji })}</span>}
      {!kind && text === '' && <span className={classes.kind}>{t('gallery.media.other')}</span>}
      {text !== '' && (
        <span className={classes.text} dir="auto" translate="no">
          <FormattedText text={text} />
        </span>
      )}
      {choices.map((choice) => (
        <span key={choice} className={classes.choice} dir="auto" translate="no">
          {choice}
        </span>
      ))}
    </>
  );
}

const SENT = ['image', 'video', 'audio', 'document', 'sticker', 'location', 'contacts', 'form', 'order'] as const;
const KINDS = [
  'image',
  'video',
  'audio',
  'document',
  'sticker',
  'location',
  'contacts',
  'template',
  'reaction',
] as const;

/** What a message says and what one may choose in it. */
function partsOf(content: OutboundContent): { text: string; choices: string[] } {
  const text = 'text' in content ? content.text : 'caption' in content ? content.caption : '';
  if (content.kind === 'buttons') return { text: text ?? '', choices: content.buttons.map(({ title }) => title) };
  if (content.kind !== 'list') return { text: text ?? '', choices: [] };
  return { text: text ?? '', choices: content.sections.flatMap(({ rows }) => rows.map(({ title }) => title)) };
}
