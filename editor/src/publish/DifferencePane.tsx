import { ActionIcon, Button, Text } from '@mantine/core';
import { nodeTypes } from '@parley/nodes';
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOpenFlow } from '../document/use-document.ts';
import type { Side } from '../document/workbench.ts';
import { usePhone } from '../ui/use-phone.ts';
import { describeDifference, stepOf } from './describe-difference.ts';
import { FactList } from './FactList.tsx';
import { useSideName } from './use-side-name.ts';
import { useSideFlow } from './use-versions.ts';
import { useViewing } from './use-viewing.ts';
import classes from './versions.module.css';

/** What changed between two, beside the canvas that shows it: from change to change, in words. */
export function DifferencePane({ from, to }: { from: Side; to: Side }) {
  const { t } = useTranslation('publish');
  const { workbench } = useOpenFlow();
  const isPhone = usePhone();
  const nameOf = useSideName();
  const { leave } = useViewing();
  const [before, after] = [useSideFlow(from), useSideFlow(to)];
  const [at, setAt] = useState(-1);
  const facts = useMemo(() => (before && after ? describeDifference(before, after, nodeTypes) : []), [before, after]);
  const places = facts.flatMap((fact, index) => (stepOf(fact) ? [index] : []));

  function go(index: number) {
    const fact = facts[index];
    const step = fact && stepOf(fact);
    if (!step) return;
    setAt(index);
    workbench.show({ node: step.id });
    if (isPhone) workbench.openPanel(null);
  }
  function turn(by: 1 | -1) {
    const here = places.indexOf(at);
    const next = here === -1 ? (by === 1 ? 0 : places.length - 1) : (here + by + places.length) % places.length;
    go(places[next] ?? -1);
  }

  return (
    <div className={classes.panel}>
      <Button variant="subtle" size="compact-sm" className={classes.back} onClick={leave}>
        {t('difference.back')}
      </Button>
      <h3 className={classes.heading}>{t('difference.title', { from: nameOf(from), to: nameOf(to) })}</h3>
      <ul className={classes.legend} aria-label={t('difference.legend')}>
        {(['added', 'changed', 'removed'] as const).map((tone) => (
          <li key={tone} data-tone={tone}>
            {t(`marks.${tone}`)}
          </li>
        ))}
      </ul>
      {places.length > 0 && (
        <div className={classes.row}>
          <Text size="sm" role="status">
            {at === -1
              ? t('difference.count', { count: facts.length })
              : t('difference.place', { at: places.indexOf(at) + 1, count: places.length })}
          </Text>
          <div className={classes.steps}>
            <ActionIcon variant="default" size="lg" aria-label={t('difference.previous')} onClick={() => turn(-1)}>
              <IconArrowLeft size={18} aria-hidden="true" className={classes.directed} />
            </ActionIcon>
            <ActionIcon variant="default" size="lg" aria-label={t('difference.next')} onClick={() => turn(1)}>
              <IconArrowRight size={18} aria-hidden="true" className={classes.directed} />
            </ActionIcon>
          </div>
        </div>
      )}
      <FactList label={t('difference.list')} facts={facts} current={at} onGo={go} />
    </div>
  );
}
