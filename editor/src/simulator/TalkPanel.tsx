import { Tabs } from '@mantine/core';
import type { Flow, Problem } from '@parley/runtime';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PlaybackBar } from './PlaybackBar.tsx';
import { PlayedLine } from './PlayedLine.tsx';
import { PlayFromDialog } from './PlayFromDialog.tsx';
import { TalkNotes } from './TalkNotes.tsx';
import { TalkTab } from './TalkTab.tsx';
import { TestsTab } from './TestsTab.tsx';
import classes from './talk-panel.module.css';
import { useAskedTest } from './use-asked-test.ts';
import { useCanvasMarks } from './use-canvas-marks.ts';
import { usePlayed } from './use-played.ts';
import { WatchTab } from './WatchTab.tsx';

const NO_ERRORS: readonly Problem[] = [];

type Tab = 'talk' | 'watch' | 'tests';

interface TalkPanelProps {
  library: Readonly<Record<string, Flow>>;
  /** Names of the flows in it that were never published. */
  drafts: readonly string[];
  /** What keeps the flow, as it stands, from running. */
  errors: readonly Problem[];
}

export function TalkPanel({ library, drafts, errors: faults }: TalkPanelProps) {
  const { t } = useTranslation('simulator');
  const [tab, setTab] = useState<Tab>('talk');
  const { side } = usePlayed();
  const errors = side === 'live' ? NO_ERRORS : faults; // what is live was checked when it was published
  useCanvasMarks();
  const { asked } = useAskedTest();
  useEffect(() => {
    if (asked) setTab('tests');
  }, [asked]);
  return (
    <Tabs
      value={tab}
      onChange={(value) => setTab((value as Tab | null) ?? 'talk')}
      className={classes.tabs}
      keepMounted={false}
    >
      <Tabs.List grow aria-label={t('tabs.label')}>
        <Tabs.Tab value="talk">{t('tabs.talk')}</Tabs.Tab>
        <Tabs.Tab value="watch">{t('tabs.watch')}</Tabs.Tab>
        <Tabs.Tab value="tests">{t('tabs.tests')}</Tabs.Tab>
      </Tabs.List>
      {tab !== 'tests' && <PlayedLine library={library} />}
      {tab !== 'tests' && <TalkNotes library={library} drafts={drafts} errors={errors} />}
      <Tabs.Panel value="talk" className={classes.panel}>
        <TalkTab library={library} hasProblems={errors.length > 0} />
      </Tabs.Panel>
      <Tabs.Panel value="watch" className={classes.panel}>
        <WatchTab />
      </Tabs.Panel>
      <Tabs.Panel value="tests" className={classes.panel}>
        <TestsTab library={library} onOpenTalk={() => setTab('talk')} />
      </Tabs.Panel>
      {tab !== 'tests' && <PlaybackBar />}
      <PlayFromDialog library={library} onBegin={() => setTab('talk')} />
    </Tabs>
  );
}
