import type { CSSProperties } from 'react';
import classes from './chat-list.module.css';

const HUES = 12; // far enough apart to tell phones by colour

/** The first letter of a name on a colour of its own. */
export function Face({ name, seed }: { name: string; seed: string }) {
  const [letter = '?'] = new Intl.Segmenter().segment(name.trim())[Symbol.iterator]().next().value?.segment ?? '?';
  const sum = [...seed].reduce((total, one) => total + (one.codePointAt(0) ?? 0), 0);
  const hue = { '--hue': (sum % HUES) * (360 / HUES) } as CSSProperties;
  return (
    <span className={classes.face} aria-hidden="true" style={hue}>
      {letter.toLocaleUpperCase()}
    </span>
  );
}
