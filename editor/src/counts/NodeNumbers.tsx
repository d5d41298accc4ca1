import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowCounts } from '../api/counts.ts';
import { useFormats } from '../ui/formats.ts';
import { ArrivalChart } from './ArrivalChart.tsx';
import classes from './counts.module.css';
import { LastContacts } from './LastContacts.tsx';
import { useNames } from './use-names.ts';

const ENDS = ['done', 'failed', 'expired', 'replaced', 'stopped', 'handedOver'] as const;

/** One step: who came, which way they went, who stayed, and who it was lately. */
export function NodeNumbers({ node, counts }: { node: string; counts: FlowCounts }) {
  const { t } = useTranslation('counts');
  const { number, percent } = useFormats();
  const names = useNames();
  const section = useRef<HTMLElement>(null);
  // It lies below the sums: whoever selects a step looks for what it says
  useEffect(() => {
    // Chromium answers with a promise, which React would take for what undoes the effect
    section.current?.scrollIntoView({ block: 'start' });
  }, []);
  const { title, words } = names.node(node);
  const { entered = 0, left = {}, waiting = 0 } = counts.nodes[node] ?? {};
  const share = (count: number) => (entered > 0 ? percent(Math.min(1, count / entered)) : '');
  const ways = Object.entries(counts.ports)
    .flatMap(([key, count]) => (key.startsWith(`${node} `) ? [{ port: key.slice(node.length + 1), count }] : []))
    .sort((one, other) => other.count - one.count);
  const ends = ENDS.flatMap((how) => (left[how] ? [{ how, count: left[how] }] : []));
  return (
    <section ref={section} className={classes.section} aria-label={t('node.numbers')}>
      <h3 className={classes.heading}>
        <bdi>{title}</bdi>
      </h3>
      {words && (
        <p className={classes.quiet}>
          <bdi>{words}</bdi>
        </p>
      )}
      <dl className={classes.pairs}>
        <div>
          <dt>{t('node.entered')}</dt>
          <dd>{number(entered)}</dd>
        </div>
        <div>
          <dt>{t('node.waiting')}</dt>
          <dd>{number(waiting)}</dd>
        </div>
      </dl>
      <h4 className={classes.small}>{t('node.ways')}</h4>
      {ways.length === 0 ? (
        <p className={classes.quiet}>{t('node.noWays')}</p>
      ) : (
        <dl className={classes.pairs}>
          {ways.map(({ port, count }) => (
            <div key={port}>
              <dt>
                <bdi>{names.port(node, port)}</bdi>
              </dt>
              <dd>
                {number(count)} <span className={classes.quiet}>{share(count)}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {ends.length > 0 && (
        <>
          <h4 className={classes.small}>{t('node.left')}</h4>
          <dl className={classes.pairs}>
            {ends.map(({ how, count }) => (
              <div key={how}>
                <dt>{t(`ended.${how}`)}</dt>
                <dd>
                  {number(count)} <span className={classes.quiet}>{share(count)}</span>
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <ArrivalChart from={counts.from} to={counts.to} series={counts.series} />
      <LastContacts node={node} ports={ways.map(({ port }) => port)} />
    </section>
  );
}
