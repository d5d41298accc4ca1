import { Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { setUp } from '../api/setup.ts';
import { Trouble } from '../ui/Trouble.tsx';
import { FrontPage } from './FrontPage.tsx';
import { useAccountForm } from './use-account-form.ts';

type Words = TFunction<'app'>;
const MIN_PASSWORD = 12; // the server's own floor
const checksIn = (t: Words) => ({
  token: (value: string) => (value.trim() ? null : t('setUp.tokenMissing')),
  name: (value: string) => (value.trim() ? null : t('setUp.nameMissing')),
  email: (value: string) => (/^\S+@\S+\.\S+$/.test(value.trim()) ? null : t('setUp.emailWrong')),
  password: (value: string) => (value.length >= MIN_PASSWORD ? null : t('setUp.passwordShort')),
  organization: (value: string) => (value.trim() ? null : t('setUp.organizationMissing')),
});

/** The token comes prefilled where the address that the server printed was opened. */
const initial = () => ({
  token: new URLSearchParams(window.location.search).get('token') ?? '',
  name: '',
  email: '',
  password: '',
  organization: '',
});

export function SetUp() {
  const { t } = useTranslation('app');
  const [hasToken] = useState(() => initial().token !== '');
  const { form, field, onSubmit, isSending, trouble } = useAccountForm(initial(), checksIn(t), (values) =>
    setUp({ ...values, token: values.token.trim() }),
  );
  const token = field('token');
  return (
    <FrontPage title={t('setUp.title')}>
      <form ref={form} onSubmit={onSubmit} noValidate aria-labelledby="set-up">
        <Stack>
          <Title order={1} size="h3" id="set-up">
            {t('setUp.title')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('setUp.intro')}
          </Text>
          {trouble && <Trouble text={trouble} />}
          {(!hasToken || trouble || token.error) && (
            <TextInput
              label={t('setUp.token')}
              description={t('setUp.tokenHint')}
              dir="ltr"
              autoComplete="off"
              {...token}
            />
          )}
          <TextInput label={t('setUp.name')} autoComplete="name" {...field('name')} />
          <TextInput
            label={t('setUp.email')}
            description={t('setUp.emailHint')}
            type="email"
            dir="ltr"
            autoComplete="username"
            {...field('email')}
          />
          <PasswordInput
            label={t('setUp.password')}
            description={t('setUp.passwordHint')}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': t('showPassword'), tabIndex: 0 }}
            {...field('password')}
          />
          <TextInput
            label={t('setUp.organization')}
            description={t('setUp.organizationHint')}
            autoComplete="organization"
            {...field('organization')}
          />
          <Button type="submit" loading={isSending} fullWidth>
            {t('setUp.submit')}
          </Button>
        </Stack>
      </form>
    </FrontPage>
  );
}
