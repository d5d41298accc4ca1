import { Tooltip, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconKeyboard, IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Keys } from '../ui/Keys.tsx';
import { Brand } from './Brand.tsx';
import { NavLinks } from './NavLinks.tsx';
import { PersonMenu } from './PersonMenu.tsx';
import classes from './side-rail.module.css';

const WIDE = '(min-width: 75em)'; // beside a page of 72rem there is room for words

interface SideRailProps {
  /** Signs without words, for pages that need the room. */
  isSlim: boolean;
  onSearch: () => void;
  onHelp: () => void;
}

/** At the side of every page on a screen that is wider than a phone. */
export function SideRail({ isSlim, onSearch, onHelp }: SideRailProps) {
  const { t } = useTranslation('app');
  const isWide = useMediaQuery(WIDE, false, { getInitialValueInEffect: false });
  const isNarrow = isSlim || !isWide;
  return (
    <header className={classes.rail} data-narrow={isNarrow || undefined}>
      <Brand isSign={isNarrow} />
      <RailButton label={t('shell.search')} isNarrow={isNarrow} onClick={onSearch} keys="mod+k" hasFrame>
        <IconSearch size={20} aria-hidden />
      </RailButton>
      <NavLinks isNarrow={isNarrow} />
      <div className={classes.foot}>
        <RailButton label={t('shell.shortcuts')} isNarrow={isNarrow} onClick={onHelp} keys="?">
          <IconKeyboard size={20} aria-hidden />
        </RailButton>
        <PersonMenu isNarrow={isNarrow} onHelp={onHelp} />
      </div>
    </header>
  );
}

interface RailButtonProps {
  label: string;
  keys: string;
  isNarrow: boolean;
  hasFrame?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function RailButton({ label, keys, isNarrow, hasFrame = false, onClick, children }: RailButtonProps) {
  return (
    <Tooltip label={label} position="right" disabled={!isNarrow}>
      <UnstyledButton
        className={classes.link}
        data-frame={hasFrame || undefined}
        aria-label={isNarrow ? label : undefined}
        onClick={onClick}
      >
        {children}
        {!isNarrow && (
          <>
            <span className={classes.word}>{label}</span>
            <span aria-hidden>
              <Keys shortcut={keys} />
            </span>
          </>
        )}
      </UnstyledButton>
    </Tooltip>
  );
}
