import { Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { signIn } from '../api/auth.ts';
import { Trouble } from '../ui/Trouble.tsx';
import { usePath } from '../ui/use-address.ts';
import { FrontPage } from './FrontPage.tsx';
import { useAccountForm } from './use-account-form.ts';

const EMPTY = { email: '', password: '' };
const checksIn = (t: TFunction<'app'>) => ({
  email: (value: string) => (value.trim() ? null : t('signIn.emailMissing')),
  password: (value: string) => (value ? null : t('signIn.passwordMissing')),
});

export function SignIn() {
  const { t } = useTranslation('app');
  const path = usePath();
  const { form, field, onSubmit, isSending, trouble } = useAccountForm(EMPTY, checksIn(t), signIn);
  return (
    <FrontPage title={t('signIn.title')}>
      <form ref={form} onSubmit={onSubmit} noValidate aria-labelledby="sign-in">
        <Stack>
          <Title order={1} size="h3" id="sign-in">
            {t('signIn.title')}
          </Title>
          {path === '/setup' && (
            <Text size="sm" c="dimmed">
              {t('signIn.alreadySetUp')}
            </Text>
          )}
          {trouble && <Trouble text={trouble} />}
          <TextInput label={t('signIn.email')} type="email" dir="ltr" autoComplete="username" {...field('email')} />
          <PasswordInput
            label={t('signIn.password')}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': t('showPassword'), tabIndex: 0 }}
            {...field('password')}
          />
          <Button type="submit" loading={isSending} fullWidth>
            {t('signIn.submit')}
          </Button>
        </Stack>
      </form>
    </FrontPage>
  );
}
