import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { say as notice } from '../ui/notices.ts';
import { Trouble } from '../ui/Trouble.tsx';
import { useFields } from '../ui/use-fields.ts';
import { ifAny, nameGiven, phoneGiven, webAddress } from './checks.ts';
import { control, type Provider } from './control.ts';
import classes from './panel.module.css';
import { filled, useSending } from './use-sending.ts';
import { words } from './words.ts';

const say = words.newNumber;
const PROVIDERS: Provider[] = ['meta', 'twilio'];

/** A number at one of the providers, told to a Parley where its address is known. */
export function NewNumber({ onDone }: { onDone: () => void }) {
  const [provider, setProvider] = useState<Provider>('meta');
  const { isSending, refused, send } = useSending();
  const { form, field, onSubmit } = useFields(
    { name: '', address: '', parley: '' },
    { name: nameGiven, address: ifAny(phoneGiven), parley: ifAny(webAddress(say.parleyWrong)) },
  );
  const add = onSubmit(
    ({ parley, ...values }) =>
      void send(
        () => control.addNumber({ provider, ...filled(values), ...webhooksOf(provider, parley.trim()) }),
        ({ name }) => {
          notice(say.added(name));
          onDone();
        },
      ),
  );
  return (
    <form ref={form} onSubmit={add} noValidate className={classes.panel}>
      <Stack gap="sm">
        {refused !== null && <Trouble text={refused} />}
        <NativeSelect
          label={say.provider}
          data={PROVIDERS.map((value) => ({ value, label: words.providers[value] }))}
          value={provider}
          data-autofocus
          onChange={({ currentTarget }) => setProvider(currentTarget.value === 'twilio' ? 'twilio' : 'meta')}
        />
        <TextInput label={say.name} dir="auto" autoComplete="off" {...field('name')} />
        <TextInput label={say.address} description={say.addressHint} inputMode="tel" dir="ltr" {...field('address')} />
        <TextInput label={say.parley} description={say.parleyHint} inputMode="url" dir="ltr" {...field('parley')} />
        <Button type="submit" loading={isSending}>
          {say.add}
        </Button>
      </Stack>
    </form>
  );
}

/** Where Parley listens for each provider. */
function webhooksOf(provider: Provider, parley: string): Record<string, string> {
  if (parley === '') return {};
  const at = `${parley.replace(/\/+$/, '')}/webhook/${provider}`;
  return provider === 'meta'
    ? { webhookUrl: `${at}/whatsapp` }
    : { webhookUrl: `${at}/whatsapp`, statusUrl: `${at}/status` };
}
