import { Button, Stack, Text, TextInput, Title } from '@mantine/core';
import type { Channel } from '../../api/channels.ts';
import { say } from '../../ui/notices.ts';
import classes from './panel.module.css';
import { words } from './words.ts';

/** What has to be typed in at the provider, ready to be copied. A trial phone needs none of it. */
export function WebhookAddresses({ channel: { provider, webhook } }: { channel: Channel }) {
  if (provider === 'simulator') return null;
  const rows = [
    [words.paste.inbound, webhook.inbound],
    [words.paste.status, webhook.status],
    [words.paste.verifyToken, webhook.verifyToken],
  ] as const;
  const copy = async (label: string, text: string) => {
    await navigator.clipboard.writeText(text);
    say(words.paste.copied(label));
  };
  return (
    <Stack gap="sm">
      <Title order={3} size="h5">
        {words.paste.title}
      </Title>
      <Text size="sm" c="dimmed">
        {words.paste[provider]}
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
                aria-label={words.paste.copyNamed(label)}
                onClick={() => void copy(label, text).catch((error: Error) => say(error.message))}
              >
                {words.paste.copy}
              </Button>
            </div>
          ),
      )}
    </Stack>
  );
}
