import { Loader, Text } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowCounts } from '../api/counts.ts';
import { useFlow, useOpenFlow, useWorkbench } from '../document/use-document.ts';
import { errorWords } from '../ui/error-words.ts';
import { useFormats } from '../ui/formats.ts';
import { Trouble } from '../ui/Trouble.tsx';
import { ConversationSearch } from './ConversationSearch.tsx';
import { CountFilter } from './CountFilter.tsx';
import { countLayer } from './count-layer.ts';
import classes from './counts.module.css';
import { DropOffList } from './DropOffList.tsx';
import { EmptyCounts } from './EmptyCounts.tsx';
import { NodeNumbers } from './NodeNumbers.tsx';
import { dateOf, rangeOf } from './range.ts';
import { Summary } from './Summary.tsx';
import { useCounts, type Wanted } from './use-counts.ts';

const LAYER = 'counts';

/** The numbers of a period: at a glance, where people stop, and those of the step that is selected. */
export function Numbers() {
  const { t } = useTranslation('counts');
  const { time } = useFormats();
  const today = dateOf(new Date());
  const [wanted, setWanted] = useState<Wanted>({ range: 'week', own: { from: today, to: today }, version: null });
  const node = useWorkbench(({ selection }) => (selection.nodes.length === 1 ? (selection.nodes[0] ?? null) : null));
  const counts = useCounts(wanted, node);
  // Of dates that are no range there are none; those of the range before would be taken for them
  const data = rangeOf(wanted.range, wanted.own, new Date()) ? counts.data : undefined;
  useCountLayer(data);
  // Who waits now may have come long before the period
  const isQuiet =
    data !== undefined && data.sessions === 0 && Object.values(data.nodes).every(({ entered }) => entered === 0);
  return (
    <>
      <CountFilter wanted={wanted} onWanted={setWanted} />
      {counts.error && (
        <Trouble
          text={errorWords(counts.error)}
          action={{ label: t('tryAgain'), onClick: () => void counts.refetch() }}
        />
      )}
      {counts.isLoading && <Loader size="sm" aria-label={t('loading')} />}
      {isQuiet && <EmptyCounts />}
      {data && !isQuiet && (
        <>
          <Summary counts={data} />
          <Text size="xs" c="dimmed">
            {t('updated', { time: time(new Date(counts.dataUpdatedAt)) })}
          </Text>
          <HiddenSteps counts={data} />
          <DropOffList counts={data} />
          {node === null ? (
            <Text size="sm" c="dimmed">
              {t('node.choose')}
            </Text>
          ) : (
            <NodeNumbers key={node} node={node} counts={data} />
          )}
        </>
      )}
      <section className={classes.section} aria-labelledby="counts-find">
        <h3 id="counts-find" className={classes.heading}>
          {t('journey.find')}
        </h3>
        <ConversationSearch />
      </section>
    </>
  );
}

function useCountLayer(counts: FlowCounts | undefined): void {
  const { t } = useTranslation('counts');
  const { number, percent } = useFormats();
  const { workbench } = useOpenFlow();
  const flow = useFlow((one) => one);
  const layer = useMemo(
    () =>
      counts
        ? countLayer(flow, counts, {
            short: (count) => number(count, { notation: 'compact', maximumFractionDigits: 1 }),
            percent,
            entered: (count) => t('marks.entered', { count }),
            lost: (count, share) => t('marks.lost', { count, share }),
            waiting: (count) => t('marks.waiting', { count }),
            taken: (count, share) => t('marks.taken', { count, share }),
          })
        : null,
    [flow, counts, number, percent, t],
  );
  useEffect(() => {
    workbench.draw(LAYER, layer);
  }, [workbench, layer]);
  useEffect(() => () => workbench.draw(LAYER, null), [workbench]);
}

/** Steps that were taken away since: their numbers are in the sums, and nowhere on the canvas. */
function HiddenSteps({ counts }: { counts: FlowCounts }) {
  const { t } = useTranslation('counts');
  const nodes = useFlow((flow) => flow.nodes);
  const here = useMemo(() => new Set(nodes.map(({ id }) => id)), [nodes]);
  // What lies inside a sub-flow is another bot's
  const hidden = Object.keys(counts.nodes).filter((node) => !node.includes('/') && !here.has(node)).length;
  if (hidden === 0) return null;
  return (
    <Text size="xs" c="dimmed">
      {t('hidden', { count: hidden })}
    </Text>
  );
}
