import type { FlowSummary } from '../../api/flows.ts';

/** Whether the draft went on since it was published. */
export const hasNewerDraft = ({ published, updatedAt }: FlowSummary): boolean =>
  published !== null && updatedAt > published.at;

export function countProblems({ problems }: Pick<FlowSummary, 'problems'>): { errors: number; warnings: number } {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: problems.length - errors };
}
