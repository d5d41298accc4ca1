import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './page-message.module.css';

interface PageMessageProps {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  /** What leads on from here, the likeliest first. */
  actions: ReactNode;
}

/** Fills a page that has nothing else to show: what is the matter, and where to go. */
export function PageMessage({ icon, title, children, actions }: PageMessageProps) {
  return (
    <div className={classes.message}>
      <span className={classes.icon} aria-hidden>
        {icon}
      </span>
      <Title order={1} size="h2">
        {title}
      </Title>
      <Text component="div" className={classes.words}>
        {children}
      </Text>
      <div className={classes.actions}>{actions}</div>
    </div>
  );
}
