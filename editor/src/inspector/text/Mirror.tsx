import { useMemo } from 'react';
import { useKnown } from '../form/form-context.ts';
import { unknownNames } from '../variables-of.ts';
import classes from './template-area.module.css';

const TEMPLATE = /(\{\{[^}]*\}\})/;

/** The same letters behind a text area: they give it its height, and show where variables are and which nothing sets. */
export function Mirror({ text, isLiteral }: { text: string; isLiteral: boolean }) {
  const known = useKnown();
  const parts = useMemo(() => {
    let at = 0;
    return (isLiteral ? [text] : text.split(TEMPLATE)).map((part) => {
      const start = at;
      at += part.length;
      const isTemplate = !isLiteral && part.startsWith('{{');
      return { start, part, tone: isTemplate ? (unknownNames(part, known).length > 0 ? 'unknown' : 'known') : null };
    });
  }, [text, isLiteral, known]);
  return (
    <div className={classes.mirror} aria-hidden="true" dir="auto">
      {parts.map(({ start, part, tone }) =>
        tone ? (
          <span key={start} data-tone={tone}>
            {part}
          </span>
        ) : (
          part
        ),
      )}
      {'\u200b'}
    </div>
  );
}
