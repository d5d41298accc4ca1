import { Loader } from '@mantine/core';
import { nodeTypes } from '@parley/nodes';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useOpenFlow, useWorkbench } from '../document/use-document.ts';
import type { Side } from '../document/workbench.ts';
import { BackButton } from '../ui/BackButton.tsx';
import { Stepper } from '../ui/Stepper.tsx';
import { useKeysInPane } from '../ui/use-keys-in-pane.ts';
import { useStable } from '../ui/use-stable.ts';
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
  const nameOf = useSideName();
  const { leave } = useViewing();
  const [before, after] = [useSideFlow(from), useSideFlow(to)];
  const at = useWorkbench((state) => state.change);
  const heading = useRef<HTMLHeadingElement>(null);
  useKeysInPane(heading);
  const facts = useMemo(() => (before && after ? describeDifference(before, after, nodeTypes) : []), [before, after]);

  const go = useStable((index: number) => {
    const fact = facts[index];
    if (!fact) return;
    workbench.goToChange(index);
    const step = stepOf(fact);
    if (step) workbench.show({ node: step.id });
  });
  const turn = (by: 1 | -1) =>
    go(at === null && by === -1 ? facts.length - 1 : ((at ?? -1) + by + facts.length) % facts.length);

  return (
    <div className={classes.panel}>
      <BackButton label={t('difference.back')} onBack={leave} />
      <h3 ref={heading} className={classes.heading}>
        {t('difference.title', { from: nameOf(from), to: nameOf(to) })}
      </h3>
      {facts.length > 0 && (
        <Stepper
          place={
            at === null
              ? t('difference.count', { count: facts.length })
              : t('difference.place', { at: at + 1, count: facts.length })
          }
          previousLabel={t('difference.previous')}
          nextLabel={t('difference.next')}
          onPrevious={() => turn(-1)}
          onNext={() => turn(1)}
        />
      )}
      <ul className={classes.legend} aria-label={t('difference.legend')}>
        {(['added', 'changed', 'removed'] as const).map((tone) => (
          <li key={tone} data-tone={tone}>
            {t(`marks.${tone}`)}
          </li>
        ))}
      </ul>
      {before && after ? (
        <FactList label={t('difference.list')} facts={facts} current={at} onGo={go} />
      ) : (
        <Loader size="sm" aria-label={t('loading')} />
      )}
    </div>
  );
}
