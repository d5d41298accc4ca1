import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Me } from '../../api/auth.ts';
import classes from './settings.module.css';

const isRole = (role: string | null): role is 'admin' => role === 'admin';

/** Who is signed in, as the server has it. */
export function ProfileFacts({ me: { user, organization, role } }: { me: Me }) {
  const { t } = useTranslation('settings');
  const facts = [
    [t('name'), user?.name],
    [t('email'), user?.email],
    [t('organization'), organization.name],
  ] as const;
  return (
    <dl className={classes.facts}>
      {facts.map(([label, value]) => (
        <div key={label} className={classes.fact}>
          <dt>{label}</dt>
          <dd>
            {value ? (
              <bdi translate="no">{value}</bdi>
            ) : (
              <Text span size="sm" c="dimmed">
                {t('none')}
              </Text>
            )}
          </dd>
        </div>
      ))}
      <div className={classes.fact}>
        <dt>{t('role')}</dt>
        <dd>{isRole(role) ? t(`roles.${role}`) : <bdi translate="no">{role ?? t('none')}</bdi>}</dd>
      </div>
    </dl>
  );
}
