import type { NodeMark } from '../document/workbench.ts';
import classes from './card.module.css';

/** Where several panels mark a node, the tone that matters most to who looks colours its ring. */
const STRONGEST: readonly NodeMark['tone'][] = [
  'current',
  'error',
  'removed',
  'added',
  'changed',
  'found',
  'warning',
  'breakpoint',
  'visited',
  'count',
];

export const toneOf = (marks: readonly NodeMark[]): NodeMark['tone'] | undefined =>
  STRONGEST.find((tone) => marks.some((mark) => mark.tone === tone));

/** What panels want shown on a node: their badges above its corner. */
export function CardMarks({ marks }: { marks: readonly (NodeMark & { layer: string })[] }) {
  const shown = marks.filter(({ text }) => text !== undefined);
  if (shown.length === 0) return null;
  return (
    <div className={classes.marks}>
      {shown.map(({ layer, tone, text, title }) => (
        <span key={layer} className={classes.mark} data-tone={tone} title={title}>
          {text}
          {title && <span className={classes.unseen}> {title}</span>}
        </span>
      ))}
    </div>
  );
}
