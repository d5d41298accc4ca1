import { Button, Stack, TextInput } from '@mantine/core';
import { say as notice } from '../ui/notices.ts';
import { Trouble } from '../ui/Trouble.tsx';
import { useFields } from '../ui/use-fields.ts';
import { nameGiven, phoneGiven } from './checks.ts';
import { control } from './control.ts';
import classes from './panel.module.css';
import { filled, useSending } from './use-sending.ts';
import { words } from './words.ts';

const say = words.newPhone;

export function NewPhone({ onDone }: { onDone: () => void }) {
  const { isSending, refused, send } = useSending();
  const { form, field, onSubmit } = useFields(
    { phone: '', name: '', username: '' },
    { phone: phoneGiven, name: nameGiven },
  );
  const add = onSubmit(
    (values) =>
      void send(
        () => control.addPhone(filled(values)),
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
        <TextInput
          label={say.phone}
          inputMode="tel"
          dir="ltr"
          placeholder="+447700900002"
          data-autofocus
          {...field('phone')}
        />
        <TextInput label={say.name} dir="auto" autoComplete="off" {...field('name')} />
        <TextInput label={say.username} dir="ltr" autoComplete="off" {...field('username')} />
        <Button type="submit" loading={isSending}>
          {say.add}
        </Button>
      </Stack>
    </form>
  );
}
