import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Composer } from '../../chat/Composer.tsx';
import { FormSheet } from '../../chat/FormSheet.tsx';
import { ListSheet } from '../../chat/ListSheet.tsx';
import type { Opened } from '../../chat/opened.ts';
import { PlaceSheet } from '../../simulator/PlaceSheet.tsx';
import { errorWords } from '../../ui/error-words.ts';
import { Trouble } from '../../ui/Trouble.tsx';
import { PhoneLine } from './PhoneLine.tsx';
import { SentLine } from './SentLine.tsx';
import classes from './trial-phone.module.css';
import { useTrialPhone } from './use-trial-phone.ts';
import { WhoAnswers } from './WhoAnswers.tsx';

/** What one customer and the number wrote to each other, who answers there, and the field to write in. */
export function TrialTalk({ channel, phone, name }: { channel: string; phone: string | null; name: string }) {
  const { t } = useTranslation('numbers');
  const [sheet, setSheet] = useState<Opened | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const talk = useTrialPhone(channel, phone, name);
  const { messages, sent, state, trouble, write } = talk;
  const tap = ({ id, title }: { id: string; title: string }) => write({ type: 'button', text: title, payload: id });
  const count = messages.length + sent.length;
  const below = state?.kind; // takes its height from the chat
  const refused = sent.filter((one) => one.refused !== null).length; // and these are higher than before
  // biome-ignore lint/correctness/useExhaustiveDependencies: what changes its height, or stands below the chat, covers its last line
  useEffect(() => {
    if (count > 0) end.current?.scrollIntoView({ block: 'end' });
  }, [count, below, refused]);

  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className={classes.chat} role="log" aria-label={t('phone.chat')} tabIndex={0}>
        {count === 0 && talk.isRead && <p className={classes.nothing}>{t('phone.nothing')}</p>}
        {messages.map((message) => (
          <PhoneLine key={message.id} message={message} onTap={tap} onOpen={setSheet} />
        ))}
        {sent.map((one) => (
          <SentLine
            key={one.key}
            sent={one}
            onAgain={() => {
              talk.writeAgain(one);
              field.current?.focus();
            }}
          />
        ))}
        <div ref={end} />
      </div>
      <WhoAnswers
        talk={talk}
        onGiveBack={() => {
          talk.giveBack();
          field.current?.focus();
        }}
      />
      {trouble && <Trouble text={errorWords(trouble)} />}
      {phone !== null && <Composer isFirst ref={field} onSend={(text) => write({ type: 'text', text: text.trim() })} />}
      <ListSheet list={sheet?.kind === 'list' ? sheet : null} onClose={() => setSheet(null)} onChoose={tap} />
      <FormSheet
        form={sheet?.kind === 'form' ? sheet : null}
        onClose={() => setSheet(null)}
        onAnswer={(answers) => write({ type: 'flow', answers })}
      />
      <PlaceSheet
        isOpen={sheet?.kind === 'locationRequest'}
        onClose={() => setSheet(null)}
        onSend={({ name, address, ...place }) =>
          write({ type: 'location', location: { ...place, ...(name && { name }), ...(address && { address }) } })
        }
      />
    </>
  );
}
