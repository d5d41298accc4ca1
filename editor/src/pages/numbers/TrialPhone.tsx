import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Channel, type PhoneMessage, readPhone, writeAsPhone } from '../../api/channels.ts';
import { FormattedText } from '../../chat/FormattedText.tsx';
import { errorWords } from '../../ui/error-words.ts';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { Trouble } from '../../ui/Trouble.tsx';
import classes from './trial-phone.module.css';

const WIDTH = '28rem';
const LOOK_EVERY = 2_000; // ms, while the phone is open
const PHONE = /^\+[1-9]\d{6,14}$/;
const FIRST_PHONE = '+447700900001'; // Ofcom keeps these numbers for fiction

interface Written {
  type: 'text' | 'button';
  text: string;
  payload?: string;
  /** ISO 8601. */
  at: string;
}

interface Line {
  id: string;
  mine: boolean;
  text: string;
  at: string;
  choices: { id: string; title: string }[];
}

/** The customer's phone of a trial channel: what is written here goes the way of every webhook. */
export function TrialPhone({ channel: { id, name }, onClose }: { channel: Channel; onClose: () => void }) {
  const { t } = useTranslation('numbers');
  const [from, setFrom] = useState(FIRST_PHONE);
  const [text, setText] = useState('');
  const [mine, setMine] = useState<Line[]>([]);
  const client = useQueryClient();
  const isPhone = PHONE.test(from);
  const key = ['phone', id, from];
  const got = useQuery({
    queryKey: key,
    queryFn: () => readPhone(id, from),
    enabled: isPhone,
    refetchInterval: LOOK_EVERY,
  });
  const writing = useMutation({
    mutationFn: ({ at: _, ...message }: Written) => writeAsPhone(id, { from, ...message }),
    onSuccess: ({ messageId }, { text, at }) => {
      setMine((before) => [...before, { id: messageId, mine: true, text, at, choices: [] }]);
      setText('');
      return client.invalidateQueries({ queryKey: key });
    },
  });
  // The moment before it is sent: the answer may be there before the sending is acknowledged
  const write = (message: Omit<Written, 'at'>) => writing.mutate({ ...message, at: new Date().toISOString() });
  const theirs = (got.data ?? []).map((message) => lineOf(message, t(`phone.kinds.${kindOf(message.type)}`)));
  const lines = [...theirs, ...mine].sort((a, b) => a.at.localeCompare(b.at));
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (text.trim() && isPhone) write({ type: 'text', text: text.trim() });
  };
  const trouble = writing.error ?? got.error;
  const end = useRef<HTMLDivElement>(null);
  const count = lines.length;
  useEffect(() => {
    if (count > 0) end.current?.scrollIntoView({ block: 'end' });
  }, [count]);

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
            setMine([]);
          }}
        />
      </div>
      <div className={classes.chat} role="log" aria-label={t('phone.chat')}>
        {lines.length === 0 && <p className={classes.nothing}>{t('phone.nothing')}</p>}
        {lines.map((line) => (
          <div key={line.id} className={classes.line} data-mine={line.mine}>
            <p className={classes.bubble} dir="auto" translate="no">
              <FormattedText text={line.text} />
            </p>
            {line.choices.map((choice) => (
              <Button
                key={choice.id}
                size="xs"
                variant="default"
                translate="no"
                onClick={() => write({ type: 'button', text: choice.title, payload: choice.id })}
              >
                {choice.title}
              </Button>
            ))}
          </div>
        ))}
        <div ref={end} />
      </div>
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
        <Button type="submit" disabled={!isPhone} loading={writing.isPending}>
          {t('phone.send')}
        </Button>
      </form>
    </SidePanel>
  );
}

const KINDS = ['image', 'video', 'audio', 'document', 'sticker', 'location', 'contacts', 'template'] as const;
const kindOf = (type: string) => KINDS.find((kind) => kind === type.toLowerCase()) ?? 'other';

function lineOf({ id, text, interactive, createdAt }: PhoneMessage, wordless: string): Line {
  const rows = (interactive?.sections ?? []).flatMap((section) => section.rows);
  return { id, mine: false, text: text ?? wordless, at: createdAt, choices: interactive?.buttons ?? rows };
}
