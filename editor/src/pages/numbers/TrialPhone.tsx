import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../api/channels.ts';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { TrialTalk } from './TrialTalk.tsx';
import classes from './trial-phone.module.css';

const WIDTH = '28rem';
const PHONE = /^\+[1-9]\d{6,14}$/;
const FIRST_PHONE = '+447700900001'; // Ofcom keeps these numbers for fiction
const FIRST_NAME = 'Ana';

/** The customer's phone of a trial channel: what is written here goes the way of every webhook. */
export function TrialPhone({ channel: { id, name }, onClose }: { channel: Channel; onClose: () => void }) {
  const { t } = useTranslation('numbers');
  const [from, setFrom] = useState(FIRST_PHONE);
  const [writer, setWriter] = useState(FIRST_NAME);
  const isPhone = PHONE.test(from);
  return (
    <SidePanel title={t('phone.title', { name })} closeLabel={t('close')} width={WIDTH} onClose={onClose}>
      <div className={classes.from}>
        <TextInput
          label={t('phone.from')}
          description={t('phone.hint')}
          value={from}
          dir="ltr"
          error={isPhone ? null : t('phone.wrong')}
          onChange={(event) => setFrom(event.currentTarget.value.trim())}
        />
        <TextInput
          label={t('phone.name')}
          value={writer}
          dir="auto"
          maxLength={200}
          onChange={(event) => setWriter(event.currentTarget.value)}
        />
      </div>
      <TrialTalk key={from} channel={id} phone={isPhone ? from : null} name={writer.trim()} />
    </SidePanel>
  );
}
