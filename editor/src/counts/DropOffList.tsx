import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowCounts } from '../api/counts.ts';
import { useFlow, useOpenFlow } from '../document/use-document.ts';
import { useFormats } from '../ui/formats.ts';
import classes from './counts.module.css';
import { lossesOf } from './losses.ts';
import { useNames } from './use-names.ts';

const FIRST = 5; // losses that are worth a look; the rest on demand

/** Where people stop, the greatest loss first; each goes to its step. */
export function DropOffList({ counts }: { counts: FlowCounts }) {
  const { t } = useTranslation('counts');
  const { number, percent } = useFormats();
  const { workbench } = useOpenFlow();
  const names = useNames();
  const nodes = useFlow((flow) => flow.nodes);
  const [isWhole, setIsWhole] = useState(false);
  const losses = useMemo(() => {
    const here = new Set(nodes.map(({ id }) => id));
    return lossesOf(counts, (node) => here.has(node));
  }, [counts, nodes]);
  return (
    <section className={classes.section} aria-labelledby="counts-losses">
      <h3 id="counts-losses" className={classes.heading}>
        {t('losses.title')}
      </h3>
      {losses.length === 0 && <p className={classes.quiet}>{t('losses.none')}</p>}
      <ol className={classes.losses}>
        {(isWhole ? losses : losses.slice(0, FIRST)).map(({ node, lost, waiting, share }) => {
          const { title, words } = names.node(node);
          const parts = [
            lost > 0 && t('losses.lost', { count: lost }),
            waiting > 0 && t('losses.waiting', { count: waiting }),
          ];
          return (
            <li key={node}>
              <button type="button" className={classes.loss} onClick={() => workbench.show({ node })}>
                <span className={classes.name}>
                  <span>
                    <bdi>{title}</bdi>
                  </span>
                  {words && (
                    <span className={classes.quiet}>
                      <bdi>{words}</bdi>
                    </span>
                  )}
                </span>
                <span>
                  <span className={classes.share}>{number(lost + waiting)}</span>{' '}
                  <span className={classes.quiet}>{share !== null && percent(share)}</span>
                </span>
                <span className={classes.bar} aria-hidden="true" style={{ '--share': share ?? 0 }} />
                <span className={classes.quiet}>{parts.filter(Boolean).join(' · ')}</span>
              </button>
            </li>
          );
        })}
      </ol>
      {!isWhole && losses.length > FIRST && (
        <Button variant="subtle" size="compact-sm" onClick={() => setIsWhole(true)}>
          {t('losses.more', { count: losses.length })}
        </Button>
      )}
    </section>
  );
}
