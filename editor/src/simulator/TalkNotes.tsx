import { Button } from '@mantine/core';
import type { Flow, Problem } from '@parley/runtime';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useOpenFlow, useWorkbench } from '../document/use-document.ts';
import { isolate } from '../ui/isolate.ts';
import { useNodeWords } from '../ui/node-words.ts';
import { Note } from './Note.tsx';
import { ProblemNote } from './ProblemNote.tsx';
import { logicOf, usePlayed } from './use-played.ts';
import { useSimulator, useTalkView } from './use-simulator.ts';

interface TalkNotesProps {
  library: Readonly<Record<string, Flow>>;
  /** Names of the flows in it that were never published. */
  drafts: readonly string[];
  errors: readonly Problem[];
}

/** What one must know above the talk: that the flow has changed since, that it halts, that an earlier moment is shown. */
export function TalkNotes({ library, drafts, errors }: TalkNotesProps) {
  const { t, i18n } = useTranslation('simulator');
  const listed = useMemo(() => new Intl.ListFormat(i18n.language), [i18n.language]);
  const nodeWords = useNodeWords();
  const { talk } = useSimulator();
  const view = useTalkView();
  const { flow } = usePlayed();
  const { workbench } = useOpenFlow();
  const breakpoints = useWorkbench((state) => state.breakpoints);
  const isChanged = useMemo(() => logicOf(flow) !== logicOf(view.flow), [flow, view.flow]);
  const hasErrors = errors.length > 0;
  const isUnused = view.turns === 0 && view.mode !== 'halted';
  // Nobody has said anything yet: the talk is with what stands on the canvas
  useEffect(() => {
    if (isChanged && !hasErrors && isUnused) void talk.restart({ flow, library, now: new Date().toISOString() });
  }, [isChanged, hasErrors, isUnused, talk, flow, library]);
  const stop = view.breakpoint !== null && breakpoints.includes(view.breakpoint) ? view.breakpoint : null;
  return (
    <>
      {drafts.length > 0 && (
        <Note>
          <p>{t('drafts', { count: drafts.length, names: listed.format(drafts) })}</p>
        </Note>
      )}
      {isChanged && hasErrors && (
        <>
          <Note>
            <p>{t('changed.broken')}</p>
          </Note>
          <ProblemNote errors={errors} />
        </>
      )}
      {isChanged && !hasErrors && !isUnused && (
        <Note>
          <p>{t('changed.text')}</p>
          <Button size="compact-sm" onClick={() => void talk.restart({ flow, library, now: new Date().toISOString() })}>
            {t('changed.restart')}
          </Button>
          {view.turns > 0 && (
            <Button size="compact-sm" variant="default" onClick={() => void talk.repeat({ flow, library })}>
              {t('changed.repeat')}
            </Button>
          )}
        </Note>
      )}
      {view.mode === 'back' && (
        <Note>
          <p>{t('back.text', { count: view.hidden })}</p>
          <Button size="compact-sm" variant="default" onClick={() => talk.goTo(view.frames.length)}>
            {t('back.toEnd')}
          </Button>
        </Note>
      )}
      {view.mode === 'halted' && (
        <Note>
          <p>
            {view.place
              ? t(stop !== null ? 'halted.breakpoint' : 'halted.at', { node: isolate(nodeWords(view.place.name)) })
              : t('halted.elsewhere')}
          </p>
          <Button size="compact-sm" variant="default" onClick={talk.step}>
            {t('playback.step')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={talk.goOn}>
            {t('playback.goOn')}
          </Button>
          {stop !== null && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                workbench.toggleBreakpoint(stop);
                talk.goOn();
              }}
            >
              {t('halted.remove')}
            </Button>
          )}
        </Note>
      )}
    </>
  );
}
