import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readLastContacts } from '../api/counts.ts';
import { RequestError } from '../api/request.ts';
import { useBotId } from '../document/use-live.ts';
import { errorWords } from '../ui/error-words.ts';
import { RelativeTime } from '../ui/RelativeTime.tsx';
import { Trouble } from '../ui/Trouble.tsx';
import { openInAddress } from '../ui/use-address.ts';
import classes from './counts.module.css';
import { useNames } from './use-names.ts';

const EVERY = 15_000; // ms between two looks
const FORBIDDEN = 403;

/** The last ten who came to a step or took one of its ways, with what they wrote; each opens its journey. */
export function LastContacts({ node, ports }: { node: string; ports: readonly string[] }) {
  const { t } = useTranslation('counts');
  const names = useNames();
  const flow = useBotId();
  const [way, setWay] = useState('$in');
  const people = useQuery({
    queryKey: ['counts', flow, 'people', node, way],
    queryFn: () => readLastContacts(flow, node, way),
    refetchInterval: EVERY,
  });
  const mayNot = people.error instanceof RequestError && people.error.status === FORBIDDEN;
  const nameOf = ({ name, phone }: { name: string | null; phone: string | null }) =>
    name ?? phone ?? t('people.unknown');
  return (
    <div>
      <h4 className={classes.small}>{t('people.title')}</h4>
      {mayNot && <p className={classes.quiet}>{t('people.forbidden')}</p>}
      {people.error && !mayNot && <Trouble text={errorWords(people.error)} />}
      {!mayNot && (
        <NativeSelect
          size="xs"
          aria-label={t('people.way')}
          value={way}
          onChange={({ currentTarget }) => setWay(currentTarget.value)}
          data={[
            { value: '$in', label: t('people.in') },
            ...ports.map((port) => ({ value: port, label: t('people.port', { port: names.port(node, port) }) })),
            { value: '$out', label: t('people.out') },
          ]}
        />
      )}
      {people.data?.length === 0 && <p className={classes.quiet}>{t('people.none')}</p>}
      <ul className={classes.people}>
        {people.data?.map(({ at, conversationId, contact, text }) => (
          <li key={`${conversationId} ${at}`}>
            <button type="button" className={classes.person} onClick={() => openInAddress('journey', conversationId)}>
              <span className={classes.who}>
                <bdi>{nameOf(contact)}</bdi>
                <span className={classes.quiet}>
                  <RelativeTime at={at} now={new Date()} />
                </span>
              </span>
              <span className={text === null ? classes.quiet : classes.said}>
                <bdi>{text ?? t('people.noText')}</bdi>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
