import { Button, Stack, Switch, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useFields } from '../ui/use-fields.ts';
import { delayGiven } from './checks.ts';
import type { Script } from './control.ts';
import { words } from './words.ts';

const say = words.trouble;

/** How statuses and webhooks go wrong, from now on. */
export function StatusScript({ script, onApply }: { script: Script; onApply: (script: Script) => void }) {
  const [statuses, setStatuses] = useState(script.statuses);
  const [webhooks, setWebhooks] = useState(script.webhooks);
  const { form, field, onSubmit } = useFields(
    { statusDelay: String(statuses.delayMs), webhookDelay: String(webhooks.delayMs) },
    { statusDelay: delayGiven, webhookDelay: delayGiven },
  );
  const apply = onSubmit(({ statusDelay, webhookDelay }) =>
    onApply({
      ...script,
      statuses: { ...statuses, delayMs: Number(statusDelay) },
      webhooks: { ...webhooks, delayMs: Number(webhookDelay) },
    }),
  );
  const switchOf = (label: string, checked: boolean, onChange: (isOn: boolean) => void) => (
    <Switch label={label} checked={checked} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
  );
  return (
    <form ref={form} onSubmit={apply} noValidate>
      <Stack gap="sm">
        <Title order={3} size="h5">
          {say.statuses}
        </Title>
        {switchOf(say.shuffled, statuses.order === 'shuffled', (isOn) =>
          setStatuses({ ...statuses, order: isOn ? 'shuffled' : 'right' }),
        )}
        {switchOf(say.doubled, statuses.duplicate, (duplicate) => setStatuses({ ...statuses, duplicate }))}
        {switchOf(say.undelivered, !statuses.delivered, (isOff) => setStatuses({ ...statuses, delivered: !isOff }))}
        {switchOf(say.readAtOnce, statuses.read === 'at-once', (isOn) =>
          setStatuses({ ...statuses, read: isOn ? 'at-once' : 'on-open' }),
        )}
        <TextInput label={say.statusDelay} inputMode="numeric" {...field('statusDelay')} />
        <Title order={3} size="h5" mt="sm">
          {say.webhooks}
        </Title>
        {switchOf(say.webhooksDoubled, webhooks.duplicate, (duplicate) => setWebhooks({ ...webhooks, duplicate }))}
        <TextInput label={say.webhookDelay} inputMode="numeric" {...field('webhookDelay')} />
        <Button type="submit" variant="default">
          {say.apply}
        </Button>
      </Stack>
    </form>
  );
}
