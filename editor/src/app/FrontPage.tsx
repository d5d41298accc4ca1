import { Paper } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Brand } from './Brand.tsx';
import classes from './front-page.module.css';
import { LanguageSelect } from './LanguageSelect.tsx';

interface FrontPageProps {
  /** Of the browser's tab. */
  title: string;
  children: ReactNode;
}

/** What is seen before anybody is signed in: the name, one card, and the language. */
export function FrontPage({ title, children }: FrontPageProps) {
  const { t } = useTranslation('app');
  useEffect(() => {
    document.title = t('titled', { page: title });
  }, [t, title]);
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <div className={classes.top}>
          <Brand />
          <LanguageSelect />
        </div>
        <Paper className={classes.card} radius="lg" withBorder>
          {children}
        </Paper>
      </div>
    </main>
  );
}
