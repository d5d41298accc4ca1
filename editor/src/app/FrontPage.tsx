import { Paper } from '@mantine/core';
import type { ReactNode } from 'react';
import { Brand } from './Brand.tsx';
import classes from './front-page.module.css';

/** What is seen before anybody is signed in: the name and one card. */
export function FrontPage({ children }: { children: ReactNode }) {
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <Brand />
        <Paper className={classes.card} radius="lg" withBorder>
          {children}
        </Paper>
      </div>
    </main>
  );
}
