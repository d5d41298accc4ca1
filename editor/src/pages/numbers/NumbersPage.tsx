import { Button, Menu, Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProviderName } from '../../api/channels.ts';
import { errorWords } from '../../ui/error-words.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { Trouble } from '../../ui/Trouble.tsx';
import { openInAddress } from '../../ui/use-address.ts';
import { EmptyNumbers } from './EmptyNumbers.tsx';
import { NumberCard } from './NumberCard.tsx';
import { NumberPanels } from './NumberPanels.tsx';
import classes from './numbers-page.module.css';
import { useNumbers } from './use-numbers.ts';

export const WAYS: readonly ProviderName[] = ['meta', 'twilio', 'simulator'];
const connect = (provider: ProviderName) => openInAddress('connect', provider);

export default function NumbersPage() {
  const { t } = useTranslation('numbers');
  const numbers = useNumbers();
  const now = new Date();
  return (
    <>
      <PageHead title={t('title')} intro={t('intro')}>
        {numbers.data && numbers.data.length > 0 && (
          <Menu position="bottom-end" withinPortal>
            <Menu.Target>
              <Button>{t('ways')}</Button>
            </Menu.Target>
            <Menu.Dropdown>
              {WAYS.map((provider) => (
                <Menu.Item key={provider} onClick={() => connect(provider)}>
                  {t(`providers.${provider}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </PageHead>
      {numbers.isError && (
        <Trouble
          text={errorWords(numbers.error)}
          action={{ label: t('tryAgain'), onClick: () => void numbers.refetch() }}
        />
      )}
      {numbers.isPending && (
        <Stack gap="xs" role="status" aria-label={t('loading')}>
          <Skeleton height={96} />
          <Skeleton height={96} />
        </Stack>
      )}
      {numbers.data?.length === 0 && <EmptyNumbers onConnect={connect} />}
      {numbers.data && numbers.data.length > 0 && (
        <ul className={classes.list} aria-label={t('list')}>
          {numbers.data.map((channel) => (
            <li key={channel.id}>
              <NumberCard channel={channel} now={now} />
            </li>
          ))}
        </ul>
      )}
      {numbers.data && <NumberPanels numbers={numbers.data} />}
    </>
  );
}
