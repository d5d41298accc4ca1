import { Outlet, useMatches } from '@tanstack/react-router';
import { useSelector } from '@xstate/store-react';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { runShortcut } from '../ui/commands.ts';
import { pageTitle } from '../ui/page-title.ts';
import { usePhone } from '../ui/use-phone.ts';
import { SideRail } from './SideRail.tsx';
import classes from './shell.module.css';
import { TopBar } from './TopBar.tsx';
import { type OpenDialog, useShellCommands } from './use-shell-commands.ts';

const CommandPalette = lazy(() => import('./CommandPalette.tsx'));
const ShortcutHelp = lazy(() => import('./ShortcutHelp.tsx'));
const DIALOGS: Record<OpenDialog, typeof CommandPalette> = { palette: CommandPalette, help: ShortcutHelp };

/** The frame of every page: where one is, who one is, and what can be done from everywhere. */
export function Shell() {
  const { t } = useTranslation('app');
  const isPhone = usePhone();
  const page = useMatches().at(-1)?.staticData;
  const isFullBleed = page?.isFullBleed ?? false;
  const content = useRef<HTMLElement>(null);
  const { dialog, open, close } = useShellCommands();
  const Dialog = dialog && DIALOGS[dialog];
  useTabTitle(t(`pages.${page?.title ?? 'bots'}`));
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => void runShortcut(event);
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <div className={classes.shell} data-bleed={isFullBleed || undefined}>
      <button type="button" className={classes.skip} onClick={() => content.current?.focus()}>
        {t('shell.skip')}
      </button>
      {!isPhone && <SideRail isSlim={isFullBleed} onSearch={() => open('palette')} onHelp={() => open('help')} />}
      {isPhone && !isFullBleed && <TopBar onSearch={() => open('palette')} onHelp={() => open('help')} />}
      <main ref={content} tabIndex={-1} className={classes.main}>
        <Suspense fallback={null}>
          <Outlet />
        </Suspense>
      </main>
      <Suspense fallback={null}>{Dialog && <Dialog onClose={close} />}</Suspense>
    </div>
  );
}

function useTabTitle(page: string): void {
  const { t } = useTranslation('app');
  const own = useSelector(pageTitle, (state) => state.context.own);
  useEffect(() => {
    document.title = t('titled', { page: own ?? page });
  }, [t, own, page]);
}
