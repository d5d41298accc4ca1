import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './side-panel.module.css';
import { useFocusBack } from './use-focus-back.ts';
import { usePhone } from './use-phone.ts';

interface SidePanelProps {
  title: ReactNode;
  closeLabel: string;
  /** CSS width where the screen is wide. */
  width: string;
  children: ReactNode;
  onClose: () => void;
  /** False while something on top of the panel wants the key for itself. */
  closesOnEscape?: boolean;
}

/** Beside the page on a wide screen, over all of it on a phone. The content fills the height and scrolls by itself. */
export function SidePanel({ title, closeLabel, width, children, onClose, closesOnEscape = true }: SidePanelProps) {
  const isPhone = usePhone();
  useFocusBack();
  return (
    <Drawer
      opened
      onClose={onClose}
      title={title}
      position="right"
      size={isPhone ? '100%' : width}
      padding={0}
      closeOnEscape={closesOnEscape}
      closeButtonProps={{ 'aria-label': closeLabel }}
      overlayProps={{ backgroundOpacity: 0.35 }}
      transitionProps={{ duration: 120 }}
      classNames={{
        inner: classes.inner,
        content: classes.content,
        header: classes.header,
        title: classes.title,
        body: classes.body,
      }}
    >
      {children}
    </Drawer>
  );
}
