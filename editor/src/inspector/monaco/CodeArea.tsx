import { lazy, Suspense } from 'react';
import classes from './code-area.module.css';
import type { CodeAreaProps } from './code-area-props.ts';

const Monaco = lazy(() => import('./Monaco.tsx'));

/** Code or JSON. A plain text area stands in until the editor is there, and takes letters already. */
export function CodeArea(props: CodeAreaProps) {
  return (
    <div className={classes.box} data-fill={props.isTall || undefined}>
      <Suspense fallback={<Plain {...props} />}>
        <Monaco {...props} />
      </Suspense>
    </div>
  );
}

function Plain({ label, value, onChange, onBlur, isReadOnly, describedBy, isTall }: CodeAreaProps) {
  return (
    <textarea
      translate="no"
      className={classes.plain}
      data-fill={isTall || undefined}
      aria-label={label}
      aria-describedby={describedBy}
      dir="ltr"
      spellCheck={false}
      value={value}
      readOnly={isReadOnly}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={onBlur}
    />
  );
}
