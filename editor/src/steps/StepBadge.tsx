import type { NodeType } from '@parley/runtime';
import { groupOf, iconOf } from './step-look.ts';
import classes from './steps.module.css';

/** The icon of a step on the colour of its group. */
export function StepBadge({ type, size = 18 }: { type: NodeType | undefined; size?: number }) {
  const Icon = iconOf(type);
  return (
    <span className={classes.badge} data-group={type ? groupOf(type) : 'unknown'} aria-hidden="true">
      <Icon size={size} stroke={1.8} />
    </span>
  );
}
