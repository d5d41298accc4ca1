import { UnstyledButton } from '@mantine/core';
import type { FlowSummary } from '../../api/flows.ts';
import { ErrorIcon, WarningIcon } from '../../ui/icons.tsx';
import { countErrors } from './describe-problems.ts';
import classes from './flow-table.module.css';
import { words } from './words.ts';

interface ProblemCountProps {
  flow: FlowSummary;
  onShow: () => void;
}

export function ProblemCount({ flow: { name, problems }, onShow }: ProblemCountProps) {
  if (problems.length === 0) return <span className={classes.none}>{words.noProblems}</span>;
  const errors = countErrors(problems);
  const warnings = problems.length - errors;
  const summary = [errors > 0 && words.errors(errors), warnings > 0 && words.warnings(warnings)]
    .filter((part) => part !== false)
    .join(', ');
  return (
    <UnstyledButton
      className={classes.problemCount}
      data-tone={errors > 0 ? 'error' : 'warning'}
      aria-label={words.showProblems(name, summary)}
      onClick={onShow}
    >
      {errors > 0 ? <ErrorIcon size={16} /> : <WarningIcon size={16} />}
      {summary}
    </UnstyledButton>
  );
}
