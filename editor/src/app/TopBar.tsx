import { ActionIcon, Drawer } from '@mantine/core';
import { IconMenu2, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Brand } from './Brand.tsx';
import { NavLinks } from './NavLinks.tsx';
import { PersonMenu } from './PersonMenu.tsx';
import classes from './top-bar.module.css';

const TARGET = 44; // px: what a thumb hits

/** On a phone: the pages wait in a drawer, what is used most stands in the bar. */
export function TopBar({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }) {
  const { t } = useTranslation('app');
  const [isOpen, setOpen] = useState(false);
  return (
    <header className={classes.bar}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={TARGET}
        aria-label={t('shell.openMenu')}
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
      >
        <IconMenu2 size={24} aria-hidden />
      </ActionIcon>
      <Brand />
      <span className={classes.gap} />
      <ActionIcon variant="subtle" color="gray" size={TARGET} aria-label={t('shell.search')} onClick={onSearch}>
        <IconSearch size={22} aria-hidden />
      </ActionIcon>
      <PersonMenu isNarrow onHelp={onHelp} />
      <Drawer
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={<Brand />}
        position="left"
        size="17rem"
        closeButtonProps={{ 'aria-label': t('shell.closeMenu'), size: TARGET }}
        transitionProps={{ duration: 120 }}
      >
        <NavLinks onFollow={() => setOpen(false)} />
      </Drawer>
    </header>
  );
}
