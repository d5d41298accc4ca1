import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './list-sheet.module.css';

interface SheetProps {
  /** Null: closed. */
  title: string | null;
  onClose: () => void;
  children: ReactNode;
}

/** Comes from the foot of the screen, as on a phone. */
export function Sheet({ title, onClose, children }: SheetProps) {
  const { t } = useTranslation('chat');
  return (
    <Drawer
      opened={title !== null}
      onClose={onClose}
      title={title}
      position="bottom"
      size="auto"
      zIndex={300}
      closeButtonProps={{ 'aria-label': t('list.close') }}
      transitionProps={{ duration: 120 }}
      classNames={{ inner: classes.inner, content: classes.sheet }}
    >
      {children}
    </Drawer>
  );
}
