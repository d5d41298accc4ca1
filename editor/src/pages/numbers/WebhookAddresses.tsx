import { Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../api/channels.ts';
import { say } from '../../ui/notices.ts';
import classes from './panel.module.css';

/** What has to be typed in at the provider, ready to be copied. A trial phone needs none of it. */
export function WebhookAddresses({ channel: { provider, webhook } }: { channel: Channel }) {
  const { t } = useTranslation('numbers');
  if (provider === 'simulator') return null;
  const rows = [
    [t('paste.inbound'), webhook.inbound],
    [t('paste.status'), webhook.status],
    [t('paste.verifyToken'), webhook.verifyToken],
  ] as const;
  const copy = async (label: string, text: string) => {
    await navigator.clipboard.writeText(text);
    say(t('paste.copied', { what: label }));
  };
  return (
    <Stack gap="sm">
      <Title order={3} size="h5">
        {t('paste.title')}
      </Title>
      <Text size="sm" c="dimmed">
        {t(`paste.${provider}`)}
      </Text>
      {rows.map(
        ([label, text]) =>
          text !== null && (
            <div key={label} className={classes.copyRow}>
              <TextInput
                label={label}
                value={text}
                readOnly
                dir="ltr"
                className={classes.copyText}
                onFocus={(event) => event.currentTarget.select()}
              />
              <Button
                variant="default"
                aria-label={t('paste.copyNamed', { what: label })}
                onClick={() => void copy(label, text).catch(() => say(t('paste.copyFailed'), { tone: 'error' }))}
              >
                {t('paste.copy')}
              </Button>
            </div>
          ),
      )}
    </Stack>
  );
}
