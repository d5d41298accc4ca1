import { IconAlertTriangle, IconCircleDashed } from '@tabler/icons-react';
import { type FlowProblem, worstTone } from '../document/flow-problem.ts';
import { useProblemCount, useProblemWords } from '../document/problem-words.ts';
import classes from './card.module.css';

/** How many problems the checks found in it, calm while they are only yet to be finished; the tooltip says which. */
export function ProblemBadge({ problems }: { problems: readonly FlowProblem[] }) {
  const words = useProblemWords();
  const count = useProblemCount();
  const tone = worstTone(problems);
  if (tone === null) return null;
  const Icon = tone === 'unfinished' ? IconCircleDashed : IconAlertTriangle;
  return (
    <span
      className={classes.problem}
      data-tone={tone}
      role="img"
      aria-label={count(problems)}
      title={problems.map(words).join('\n')}
    >
      <Icon size={14} aria-hidden="true" />
      {problems.length > 1 && problems.length}
    </span>
  );
}
