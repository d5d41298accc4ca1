import { Button, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { signIn } from '../api/auth.ts';
import { Trouble } from '../ui/Trouble.tsx';
import { FrontPage } from './FrontPage.tsx';
import { useAccountForm } from './use-account-form.ts';
import { words } from './words.ts';

const say = words.signIn;
const EMPTY = { email: '', password: '' };
const CHECKS = {
  email: (value: string) => (value.trim() ? null : say.emailMissing),
  password: (value: string) => (value ? null : say.passwordMissing),
};

export function SignIn() {
  const { form, field, onSubmit, isSending, trouble } = useAccountForm(EMPTY, CHECKS, signIn);
  return (
    <FrontPage>
      <form ref={form} onSubmit={onSubmit} noValidate aria-labelledby="sign-in">
        <Stack>
          <Title order={1} size="h3" id="sign-in">
            {say.title}
          </Title>
          {trouble && <Trouble text={trouble} />}
          <TextInput label={say.email} type="email" autoComplete="username" {...field('email')} />
          <PasswordInput
            label={say.password}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': words.showPassword, tabIndex: 0 }}
            {...field('password')}
          />
          <Button type="submit" loading={isSending} fullWidth>
            {say.submit}
          </Button>
        </Stack>
      </form>
    </FrontPage>
  );
}
