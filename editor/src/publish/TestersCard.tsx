import { ActionIcon, Button, Text, TextInput } from '@mantine/core';
import { IconDeviceMobile, IconX } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOpenFlow } from '../document/use-document.ts';
import { RelativeTime } from '../ui/RelativeTime.tsx';
import { Trouble } from '../ui/Trouble.tsx';
import { isNumber, plainNumber } from './phone-number.ts';
import { useSettled } from './use-settled.ts';
import { useTestDraft } from './use-test-draft.ts';
import { useTesting } from './use-versions.ts';
import classes from './versions.module.css';

/** Who gets the draft on a real phone before everybody does. */
export function TestersCard() {
  const { t } = useTranslation('publish');
  const { data } = useTesting();
  const { document } = useOpenFlow();
  const settled = useSettled();
  const { choose, share, end, error, isBusy } = useTestDraft();
  const [number, setNumber] = useState('');
  const [isWrong, setWrong] = useState(false);
  if (!data) return null;
  const { contacts, shared } = data;
  const isBehind = shared !== null && shared.revision < document.store.getSnapshot().context.revision;

  function add(event: FormEvent) {
    event.preventDefault();
    setWrong(!isNumber(number));
    if (!isNumber(number)) return;
    choose([...contacts, plainNumber(number)]);
    setNumber('');
  }

  return (
    <section className={classes.card} aria-label={t('testers.title')}>
      <div className={classes.row}>
        <h3 className={classes.heading}>{t('testers.title')}</h3>
      </div>
      <Text size="sm">{shared ? t('testers.on') : t('testers.about')}</Text>
      {error && <Trouble text={error} />}
      {contacts.length > 0 && (
        <ul className={classes.testers} aria-label={t('testers.list')}>
          {contacts.map((contact) => (
            <li key={contact}>
              <IconDeviceMobile size={16} aria-hidden="true" />
              <bdi dir="ltr">{contact}</bdi>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                disabled={isBusy}
                aria-label={t('testers.remove', { contact })}
                onClick={() => choose(contacts.filter((one) => one !== contact))}
              >
                <IconX size={16} aria-hidden="true" />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <form className={classes.add} onSubmit={add} noValidate>
        <TextInput
          className={classes.number}
          type="tel"
          dir="ltr"
          label={t('testers.number')}
          placeholder="+44 7911 123456"
          autoComplete="off"
          value={number}
          error={isWrong && t('testers.wrong')}
          onChange={(event) => {
            setNumber(event.currentTarget.value);
            setWrong(false);
          }}
        />
        <Button type="submit" variant="default" disabled={number.trim() === '' || isBusy}>
          {t('testers.add')}
        </Button>
      </form>
      {shared && (
        <Text size="sm" c="dimmed">
          {t('testers.sharedBy', { author: shared.author ?? t('somebody') })}{' '}
          <RelativeTime at={shared.at} now={new Date()} />
          {isBehind && ` · ${t('testers.behind')}`}
        </Text>
      )}
      <div className={classes.actions}>
        {(!shared || isBehind) && contacts.length > 0 && (
          <Button size="xs" variant="light" disabled={settled.state !== 'settled' || isBusy} onClick={share}>
            {shared ? t('testers.again') : t('testers.share')}
          </Button>
        )}
        {shared && (
          <Button size="xs" variant="default" disabled={isBusy} onClick={end}>
            {t('testers.end')}
          </Button>
        )}
      </div>
    </section>
  );
}
