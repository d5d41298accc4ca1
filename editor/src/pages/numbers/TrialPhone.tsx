import { Button, TextInput } from '@mantine/core';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../api/channels.ts';
import { errorWords } from '../../ui/error-words.ts';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { Trouble } from '../../ui/Trouble.tsx';
import { PhoneLine } from './PhoneLine.tsx';
import classes from './trial-phone.module.css';
import { useTrialPhone } from './use-trial-phone.ts';
import { WhoAnswers } from './WhoAnswers.tsx';

const WIDTH = '28rem';
const PHONE = /^\+[1-9]\d{6,14}$/;
const FIRST_PHONE = '+447700900001'; // Ofcom keeps these numbers for fiction
const FIRST_NAME = 'Ana';

/** The customer's phone of a trial channel: what is written here goes the way of every webhook. */
export function TrialPhone({ channel: { id, name }, onClose }: { channel: Channel; onClose: () => void }) {
  const { t } = useTranslation('numbers');
  const [from, setFrom] = useState(FIRST_PHONE);
  const [writer, setWriter] = useState(FIRST_NAME);
  const [text, setText] = useState('');
  const isPhone = PHONE.test(from);
  const phone = useTrialPhone(id, isPhone ? from : null, writer.trim());
  const { lines, state, trouble } = phone;
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const words = text.trim();
    if (words === '' || !isPhone) return;
    setText('');
    phone.write({ type: 'text', text: words }, () => setText((typed) => typed || words));
  };
  const end = useRef<HTMLDivElement>(null);
  const count = lines.length;
  const below = state?.kind; // takes its height from the chat
  // biome-ignore lint/correctness/useExhaustiveDependencies: what stands below the chat covers its last line when it comes
  useEffect(() => {
    if (count > 0) end.current?.scrollIntoView({ block: 'end' });
  }, [count, below]);

  return (
    <SidePanel title={t('phone.title', { name })} closeLabel={t('close')} width={WIDTH} onClose={onClose}>
      <div className={classes.from}>
        <TextInput
          label={t('phone.from')}
          description={t('phone.hint')}
          value={from}
          dir="ltr"
          error={isPhone ? null : t('phone.wrong')}
          onChange={(event) => {
            setFrom(event.currentTarget.value.trim());
            phone.forget();
          }}
        />
        <TextInput
          label={t('phone.name')}
          value={writer}
          dir="auto"
          maxLength={200}
          onChange={(event) => setWriter(event.currentTarget.value)}
        />
      </div>
      <div className={classes.chat} role="log" aria-label={t('phone.chat')}>
        {count === 0 && phone.isRead && <p className={classes.nothing}>{t('phone.nothing')}</p>}
        {lines.map((line) => (
          <PhoneLine key={line.id} line={line} onTap={(message) => phone.write(message)} />
        ))}
        <div ref={end} />
      </div>
      <WhoAnswers phone={phone} />
      {trouble && <Trouble text={errorWords(trouble)} />}
      <form className={classes.composer} onSubmit={send}>
        <TextInput
          className={classes.text}
          aria-label={t('phone.message')}
          placeholder={t('phone.message')}
          value={text}
          dir="auto"
          data-autofocus
          autoComplete="off"
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" disabled={!isPhone} loading={phone.isWriting}>
          {t('phone.send')}
        </Button>
      </form>
    </SidePanel>
  );
}
