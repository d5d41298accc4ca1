import type { Problem } from '@parley/runtime';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
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

/** How many problems the checks found in it; what they are stands in the tooltip and in the problems panel. */
export function ProblemBadge({ problems }: { problems: readonly Problem[] }) {
  const { t } = useTranslation('canvas');
  if (problems.length === 0) return null;
  const isError = problems.some(({ severity }) => severity === 'error');
  const title = problems.map(({ message }) => message).join('\n');
  return (
    <span
      className={classes.problem}
      data-tone={isError ? 'error' : 'warning'}
      role="img"
      aria-label={t('problems', { count: problems.length })}
      title={title}
    >
      <IconAlertTriangle size={14} aria-hidden="true" />
      {problems.length > 1 && problems.length}
    </span>
  );
}
