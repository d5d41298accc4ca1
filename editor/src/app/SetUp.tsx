import { Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { setUp } from '../api/setup.ts';
import { Trouble } from '../ui/Trouble.tsx';
import { FrontPage } from './FrontPage.tsx';
import { useAccountForm } from './use-account-form.ts';
import { words } from './words.ts';

const say = words.setUp;
const MIN_PASSWORD = 12; // the server's own floor
const CHECKS = {
  token: (value: string) => (value.trim() ? null : say.tokenMissing),
  name: (value: string) => (value.trim() ? null : say.nameMissing),
  email: (value: string) => (/^\S+@\S+\.\S+$/.test(value.trim()) ? null : say.emailWrong),
  password: (value: string) => (value.length >= MIN_PASSWORD ? null : say.passwordShort),
  organization: (value: string) => (value.trim() ? null : say.organizationMissing),
};

/** The token comes prefilled where the address that the server printed was opened. */
const initial = () => ({
  token: new URLSearchParams(window.location.search).get('token') ?? '',
  name: '',
  email: '',
  password: '',
  organization: '',
});

export function SetUp() {
  const { form, field, onSubmit, isSending, trouble } = useAccountForm(initial(), CHECKS, (values) =>
    setUp({ ...values, token: values.token.trim() }),
  );
  return (
    <FrontPage>
      <form ref={form} onSubmit={onSubmit} noValidate aria-labelledby="set-up">
        <Stack>
          <Title order={1} size="h3" id="set-up">
            {say.title}
          </Title>
          <Text size="sm" c="dimmed">
            {say.intro}
          </Text>
          {trouble && <Trouble text={trouble} />}
          <TextInput label={say.token} description={say.tokenHint} autoComplete="off" {...field('token')} />
          <TextInput label={say.name} autoComplete="name" {...field('name')} />
          <TextInput
            label={say.email}
            description={say.emailHint}
            type="email"
            autoComplete="username"
            {...field('email')}
          />
          <PasswordInput
            label={say.password}
            description={say.passwordHint}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': words.showPassword, tabIndex: 0 }}
            {...field('password')}
          />
          <TextInput
            label={say.organization}
            description={say.organizationHint}
            autoComplete="organization"
            {...field('organization')}
          />
          <Button type="submit" loading={isSending} fullWidth>
            {say.submit}
          </Button>
        </Stack>
      </form>
    </FrontPage>
  );
}
