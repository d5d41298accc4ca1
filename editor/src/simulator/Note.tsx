import type { ReactNode } from 'react';
import classes from './note.module.css';

/** Words above the talk that one may act on, and that interrupt nobody. */
export const Note = ({ children }: { children: ReactNode }) => (
  <div className={classes.note} role="status">
    {children}
  </div>
);
