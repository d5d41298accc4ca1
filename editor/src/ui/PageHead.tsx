import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './page-head.module.css';

interface PageHeadProps {
  title: string;
  intro: string;
  /** What can be done with the page as a whole. */
  children?: ReactNode;
}

/** What a page is, and at its end the buttons that concern all of it. */
export function PageHead({ title, intro, children }: PageHeadProps) {
  return (
    <div className={classes.head}>
      <div className={classes.words}>
        <Title order={1} size="h2">
          {title}
        </Title>
        <Text c="dimmed" size="sm">
          {intro}
        </Text>
      </div>
      {children}
    </div>
  );
}
