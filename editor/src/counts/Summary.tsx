import { useTranslation } from 'react-i18next';
import type { FlowCounts } from '../api/counts.ts';
import { useFormats } from '../ui/formats.ts';
import classes from './counts.module.css';
import { completionOf } from './losses.ts';

/** Four numbers that say how the bot does. */
export function Summary({ counts }: { counts: FlowCounts }) {
  const { t } = useTranslation('counts');
  const { number, percent } = useFormats();
  const completion = completionOf(counts);
  // Whoever waits inside a sub-flow is told at its place, and counted here all the same
  const waiting = Object.values(counts.nodes).reduce((sum, node) => sum + node.waiting, 0);
  const figures = [
    { name: t('sum.sessions'), value: number(counts.sessions) },
    { name: t('sum.done'), value: completion === null ? '–' : percent(completion) },
    { name: t('sum.waiting'), value: number(waiting) },
    { name: t('sum.handedOver'), value: number(counts.ended.handedOver ?? 0) },
  ];
  return (
    <dl className={classes.summary} aria-label={t('sum.label')}>
      {figures.map(({ name, value }) => (
        <div key={name} className={classes.figure}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
