import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { findConversations } from '../api/conversations.ts';
import { errorWords } from '../ui/error-words.ts';
import { Trouble } from '../ui/Trouble.tsx';
import { openInAddress } from '../ui/use-address.ts';
import classes from './counts.module.css';

const PAUSE = 250; // ms after the last letter

/** Finds one conversation by name, number or last words, to follow its way on the canvas. */
export function ConversationSearch() {
  const { t } = useTranslation('counts');
  const [typed, setTyped] = useState('');
  const [words] = useDebouncedValue(typed.trim(), PAUSE);
  const found = useQuery({
    queryKey: ['counts', 'conversations', words],
    queryFn: () => findConversations(words),
    enabled: words !== '',
  });
  return (
    <>
      <TextInput
        type="search"
        aria-label={t('journey.find')}
        placeholder={t('journey.findHint')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={typed}
        maxLength={100}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      {found.error && <Trouble text={errorWords(found.error)} />}
      {words !== '' && found.data?.length === 0 && (
        <p className={classes.quiet} role="status">
          {t('journey.nobody')}
        </p>
      )}
      {words !== '' && found.data && found.data.length > 0 && (
        <ul className={classes.people} aria-label={t('journey.found')}>
          {found.data.map(({ id, contact, lastMessage }) => (
            <li key={id}>
              <button type="button" className={classes.person} onClick={() => openInAddress('journey', id)}>
                <span className={classes.who}>
                  <bdi>{contact.name ?? contact.phone ?? t('people.unknown')}</bdi>
                </span>
                {lastMessage && (
                  <span className={classes.quiet}>
                    <bdi>{lastMessage.preview}</bdi>
                  </span>
                )}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
