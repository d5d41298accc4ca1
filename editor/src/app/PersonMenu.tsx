import { Avatar, Menu, Text, UnstyledButton, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { IconKeyboard, IconLogout, IconSettings } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { changeLanguage, isLanguage, LANGUAGES } from '../ui/i18n.ts';
import { CheckIcon } from '../ui/icons.tsx';
import { goTo } from '../ui/use-address.ts';
import { useMe } from './me.ts';
import classes from './person-menu.module.css';
import { useSignOut } from './use-sign-out.ts';

const WIDTH = 248; // px: most addresses in one line
const SCHEMES = ['light', 'dark', 'auto'] as const;

/** Who one is, how the app looks, and the way out. */
export function PersonMenu({ isNarrow, onHelp }: { isNarrow: boolean; onHelp: () => void }) {
  const { t, i18n } = useTranslation('app');
  const { user, organization } = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { signOut } = useSignOut();
  const name = user?.name || user?.email || organization.name;
  const setScheme = (value: string | null) => {
    const scheme = SCHEMES.find((one) => one === value);
    if (scheme) setColorScheme(scheme);
  };
  const setLanguage = (value: string | null) => {
    if (value && isLanguage(value)) void changeLanguage(value);
  };
  return (
    <Menu
      position="bottom-start"
      width={WIDTH}
      shadow="md"
      withinPortal
      closeOnItemClick
      checkIcon={<CheckIcon size={16} />}
    >
      <Menu.Target>
        <UnstyledButton
          className={classes.person}
          data-narrow={isNarrow || undefined}
          aria-label={isNarrow ? t('shell.accountOf', { name }) : undefined}
        >
          <Avatar size={32} color="teal" variant="filled" aria-hidden>
            {initialsOf(name)}
          </Avatar>
          {!isNarrow && (
            <span className={classes.names} translate="no">
              <VisuallyHidden>{t('shell.account')} </VisuallyHidden>
              <bdi className={classes.name}>{name}</bdi>
              <bdi className={classes.organization}>{organization.name}</bdi>
            </span>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown className={classes.dropdown}>
        <div className={classes.who} translate="no">
          <Text size="sm" fw={600} truncate>
            <bdi>{name}</bdi>
          </Text>
          <Text size="xs" c="dimmed" truncate>
            <bdi>{organization.name}</bdi>
          </Text>
          {user && user.email !== name && (
            <Text size="xs" c="dimmed" truncate>
              <bdi>{user.email}</bdi>
            </Text>
          )}
        </div>
        <Menu.Divider />
        <Menu.Label>{t('shell.theme')}</Menu.Label>
        <fieldset className={classes.choices} aria-label={t('shell.theme')}>
          <Menu.RadioGroup value={colorScheme} onChange={setScheme}>
            {SCHEMES.map((scheme) => (
              <Menu.RadioItem key={scheme} value={scheme}>
                {t(`shell.themes.${scheme}`)}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </fieldset>
        <Menu.Label>{t('shell.language')}</Menu.Label>
        <fieldset className={classes.choices} aria-label={t('shell.language')}>
          <Menu.RadioGroup value={i18n.language} onChange={setLanguage}>
            {Object.entries(LANGUAGES).map(([code, own]) => (
              <Menu.RadioItem key={code} value={code} lang={code} translate="no">
                {own}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </fieldset>
        <Menu.Divider />
        <Menu.Item leftSection={<IconSettings size={16} aria-hidden />} onClick={() => goTo('/settings')}>
          {t('shell.settings')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={onHelp}>
          {t('shell.shortcuts')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={signOut}>
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** `Ana Silva` -> AS; of an address its first letter. */
const initialsOf = (name: string): string => {
  const words = name.split(/[\s@]+/);
  const letters = (name.includes('@') ? words.slice(0, 1) : [words[0], words.length > 1 ? words.at(-1) : ''])
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('');
  return letters.toUpperCase();
};
