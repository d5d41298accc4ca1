import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useFields } from '../ui/use-fields.ts';
import { delayGiven } from './checks.ts';
import type { Phone, Rule } from './control.ts';
import { words } from './words.ts';

const say = words.trouble;
const WITH_CODE = ['reject', 'later-status', 'rate-limit'];
const WITH_DELAY = ['slow', 'timeout-after-accept'];

interface NewRuleProps {
  phones: readonly Phone[];
  /** To which it goes at first. */
  phone: string;
  onAdd: (rule: Rule) => void;
}

/** One thing that goes wrong with sends to one phone. The phone is what tells a send from other calls. */
export function NewRule({ phones, phone, onAdd }: NewRuleProps) {
  const [then, setThen] = useState('reject');
  const [to, setTo] = useState(phone);
  const hasCode = WITH_CODE.includes(then);
  const hasDelay = WITH_DELAY.includes(then);
  const { form, field, onSubmit } = useFields(
    { code: '', times: '1', delay: '3000' },
    {
      code: (value) => (/^\d{0,7}$/.test(value.trim()) || !hasCode ? null : say.codeWrong),
      times: (value) => (/^[1-9]\d{0,4}$/.test(value.trim()) ? null : say.timesWrong),
      delay: (value) => (hasDelay ? delayGiven(value) : null),
    },
  );
  const add = onSubmit(({ code, times, delay }) =>
    onAdd({
      match: to === '' ? {} : { to },
      then,
      times: Number(times),
      ...(hasCode && code.trim() && { code: Number(code) }),
      ...(hasDelay && { delayMs: Number(delay) }),
    }),
  );
  return (
    <form ref={form} onSubmit={add} noValidate>
      <Stack gap="sm">
        <NativeSelect
          label={say.what}
          data={say.kinds}
          value={then}
          data-autofocus
          onChange={({ currentTarget }) => setThen(currentTarget.value)}
        />
        {phones.length > 0 && (
          <NativeSelect
            label={say.to}
            data={phones.map((one) => ({ value: one.phone, label: `${one.name} (${one.phone})` }))}
            value={to}
            onChange={({ currentTarget }) => setTo(currentTarget.value)}
          />
        )}
        {hasCode && <TextInput label={say.code} description={say.codeHint} inputMode="numeric" {...field('code')} />}
        {hasDelay && <TextInput label={say.delay} inputMode="numeric" {...field('delay')} />}
        <TextInput label={say.times} inputMode="numeric" {...field('times')} />
        <Button type="submit" variant="default">
          {say.add}
        </Button>
      </Stack>
    </form>
  );
}
