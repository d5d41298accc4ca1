import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './callout.module.css';
import { ErrorIcon, WarningIcon } from './icons.tsx';

interface CalloutProps {
  tone: 'error' | 'warning';
  title?: string;
  children: ReactNode;
}

/** Words that interrupt, said aloud by a reader of the screen as soon as they appear. */
export function Callout({ tone, title, children }: CalloutProps) {
  return (
    <div role="alert" className={classes.callout} data-tone={tone}>
      {tone === 'error' ? <ErrorIcon size={20} /> : <WarningIcon size={20} />}
      <div className={classes.words}>
        {title && (
          <Text size="sm" fw={600}>
            {title}
          </Text>
        )}
        {children}
      </div>
    </div>
  );
}
