import { Table } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowCounts } from '../api/counts.ts';
import { useFormats } from '../ui/formats.ts';
import { barsOf } from './bars.ts';
import classes from './counts.module.css';

const HEIGHT = 48; // units of the drawing

/** Arrivals by hour or day: a drawing for the eye, and the same numbers as a table. */
export function ArrivalChart({ from, to, series }: Pick<FlowCounts, 'from' | 'to' | 'series'>) {
  const { t } = useTranslation('counts');
  const { number, date, dateTime } = useFormats();
  const { unit, bars } = useMemo(() => barsOf({ from, to, series }), [from, to, series]);
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const name = (at: Date) => {
    if (unit === 'hour') return dateTime(at);
    return date(unit === 'day' ? at : new Date(at.getTime() + at.getTimezoneOffset() * 60_000));
  };
  const [first] = bars;
  const last = bars.at(-1);
  const happened = bars.filter(({ count }) => count > 0);
  if (happened.length === 0) return null;
  return (
    <div>
      <h4 className={classes.small}>
        {t('node.history')} <span className={classes.quiet}>{t(`chart.${unit}`)}</span>
      </h4>
      <svg
        className={classes.chart}
        viewBox={`0 0 ${bars.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        focusable="false"
      >
        {bars.map(({ at, count }, index) => {
          const height = count === 0 ? 0 : Math.max(1, (count / most) * HEIGHT);
          return <rect key={at.getTime()} x={index + 0.1} y={HEIGHT - height} width={0.8} height={height} />;
        })}
      </svg>
      <div className={classes.axis} aria-hidden="true">
        <span>{first && name(first.at)}</span>
        <span>{t('chart.most', { count: most })}</span>
        <span>{last && name(last.at)}</span>
      </div>
      <details className={classes.details}>
        <summary>{t('chart.table')}</summary>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('chart.when')}</Table.Th>
              <Table.Th scope="col">{t('chart.entered')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {happened.map(({ at, count }) => (
              <Table.Tr key={at.getTime()}>
                <Table.Td>{name(at)}</Table.Td>
                <Table.Td>{number(count)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </details>
    </div>
  );
}
