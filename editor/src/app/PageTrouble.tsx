import type { ErrorComponentProps } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../ui/error-words.ts';
import { Trouble } from '../ui/Trouble.tsx';
import classes from './lost.module.css';

/** How Chromium, Firefox and Safari say that a part of the app could not be fetched. */
const NO_CHUNK = /dynamically imported module|error loading dynamically|Importing a module script failed|preload CSS/i;

/** Stands where a page broke: what to do, and the shell around it stays. */
export function PageTrouble({ error: thrown }: ErrorComponentProps) {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const { t } = useTranslation('app');
  useEffect(() => console.error(thrown), [thrown]);
  const text = NO_CHUNK.test(error.message)
    ? t('trouble.chunk')
    : t('trouble.unknown', { reason: errorWords(error).replace(/[^.!?]$/, '$&.') });
  return (
    <div className={classes.lost}>
      <Trouble text={text} action={{ label: t('trouble.reload'), onClick: () => window.location.reload() }} />
    </div>
  );
}
