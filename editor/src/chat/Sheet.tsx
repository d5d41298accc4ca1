import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './list-sheet.module.css';
import { words } from './words.ts';

interface SheetProps {
  /** Null: closed. */
  title: string | null;
  onClose: () => void;
  children: ReactNode;
}

/** Comes from the foot of the screen, as on a phone. */
export const Sheet = ({ title, onClose, children }: SheetProps) => (
  <Drawer
    opened={title !== null}
    onClose={onClose}
    title={title}
    position="bottom"
    size="auto"
    zIndex={300}
    closeButtonProps={{ 'aria-label': words.list.close }}
    transitionProps={{ duration: 120 }}
    classNames={{ inner: classes.inner, content: classes.sheet }}
  >
    {children}
  </Drawer>
);
