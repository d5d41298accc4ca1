import { useMantineColorScheme } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Command, useCommands } from '../ui/commands.ts';
import { changeLanguage, isLanguage, LANGUAGES } from '../ui/i18n.ts';
import { goTo } from '../ui/use-address.ts';
import { PAGES } from './pages.ts';
import { useSignOut } from './use-sign-out.ts';

export type OpenDialog = 'palette' | 'help';

/** What can be done from every page, and which of the shell's own dialogs is open. */
export function useShellCommands() {
  const { t } = useTranslation('app');
  const { setColorScheme } = useMantineColorScheme();
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const { signOut } = useSignOut();
  const close = useCallback(() => setDialog(null), []);
  const list = useMemo<Command[]>(() => {
    const general = t('palette.general');
    const toggle = (one: OpenDialog) => () => setDialog((open) => (open === one ? null : one));
    return [
      {
        id: 'shell.palette',
        title: t('palette.open'),
        group: general,
        shortcuts: ['mod+k'],
        notWhileTyping: false,
        run: toggle('palette'),
      },
      { id: 'shell.help', title: t('help.open'), group: general, shortcuts: ['?'], run: toggle('help') },
      ...PAGES.map(({ path, name }) => ({
        id: `go.${name}`,
        title: t(`pages.${name}`),
        group: t('palette.pages'),
        run: () => goTo(path),
      })),
      ...(['light', 'dark', 'auto'] as const).map((scheme) => ({
        id: `shell.theme.${scheme}`,
        title: t('shell.themeIs', { name: t(`shell.themes.${scheme}`) }),
        group: general,
        run: () => setColorScheme(scheme),
      })),
      ...Object.entries(LANGUAGES).map(([code, name]) => ({
        id: `shell.language.${code}`,
        title: t('shell.languageIs', { name }),
        group: general,
        run: () => void (isLanguage(code) && changeLanguage(code)),
      })),
      { id: 'shell.sign-out', title: t('shell.signOut'), group: general, run: signOut },
    ];
  }, [t, setColorScheme, signOut]);
  useCommands(list);
  return { dialog, open: setDialog, close };
}
