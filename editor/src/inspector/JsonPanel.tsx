import { Alert, Button, Group } from '@mantine/core';
import { nodeTypes } from '@parley/nodes';
import { type Flow, type Problem, parseFlow } from '@parley/runtime';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { editsBetween } from '../document/flow-edits.ts';
import { JSON_PANEL, writtenJson } from '../document/held-texts.ts';
import { useProblemWords } from '../document/problem-words.ts';
import { useFlow, useOpenFlow, useWorkbench } from '../document/use-document.ts';
import { useHeldText } from '../document/use-held-text.ts';
import { lineOf } from './json/line-of.ts';
import { CodeArea } from './monaco/CodeArea.tsx';
import classes from './panels/panels.module.css';
import { variablesOf } from './variables-of.ts';

/** The whole document as JSON. What is written stays here until it is applied, as one act that can be undone. */
export default function JsonPanel() {
  const { t } = useTranslation('inspector');
  const { document } = useOpenFlow();
  const draft = useFlow((flow) => flow);
  const viewing = useWorkbench((state) => state.viewing);
  const isReadOnly = useWorkbench((state) => state.isReadOnly);
  const flow = viewing?.flow ?? draft;
  const saved = useMemo(() => writtenJson(flow), [flow]);
  const known = useMemo(() => variablesOf(flow, null, nodeTypes), [flow]);
  const [typed, setTyped] = useHeldText(JSON_PANEL);
  const inWords = useProblemWords();
  const [refused, setRefused] = useState<string | null>(null);
  const goTo = useRef<(line: number, column: number) => void>(() => {});
  const text = typed?.text ?? saved;
  const isChanged = typed !== null && typed.text !== saved;
  const read = useMemo(() => (isChanged ? readDocument(text) : null), [text, isChanged]);
  const isOverOther = isChanged && typed.over !== saved;

  const apply = () => {
    if (!read?.flow) return;
    const problem = document.apply(editsBetween(draft, read.flow), 'json');
    setRefused(problem ? inWords(problem) : null);
    if (!problem) setTyped(null);
  };
  return (
    <div className={classes.tall}>
      <CodeArea
        label={t('document.label')}
        language="json"
        schema="flow"
        isTall
        value={text}
        known={known}
        isReadOnly={isReadOnly}
        onChange={(next) => {
          setRefused(null);
          setTyped(next === saved ? null : { text: next, over: typed?.over ?? saved });
        }}
        onReady={(jump) => {
          goTo.current = jump;
        }}
      />
      <div aria-live="polite">
        {isOverOther ? (
          <Alert color="orange" variant="light" mb="xs">
            {t('document.overOther')}
          </Alert>
        ) : null}
        {refused ? (
          <Alert color="red" variant="light" mb="xs">
            {refused}
          </Alert>
        ) : null}
        {read && read.problems.length > 0 ? (
          <ul className={classes.problems} aria-label={t('document.problems')}>
            {read.problems.slice(0, MOST_SHOWN).map(({ problem, line }) => (
              <li key={`${problem.path} ${problem.message}`}>
                <button type="button" className={classes.nodeLink} onClick={() => goTo.current(line, 1)}>
                  {t('document.line', { line })}
                </button>
                <p className={classes.quiet}>{problem.message}</p>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
      {isReadOnly ? null : (
        <Group gap="xs">
          <Button disabled={!read?.flow} onClick={apply}>
            {t('document.apply')}
          </Button>
          <Button
            variant="default"
            disabled={!isChanged}
            onClick={() => {
              setTyped(null);
              setRefused(null);
            }}
          >
            {t('document.discard')}
          </Button>
        </Group>
      )}
    </div>
  );
}

const MOST_SHOWN = 20; // the first tell enough

interface Read {
  flow: Flow | null;
  problems: { problem: Pick<Problem, 'path' | 'message'>; line: number }[];
}

function readDocument(text: string): Read {
  try {
    const { flow, problems } = parseFlow(JSON.parse(text));
    return {
      flow: flow ?? null,
      problems: problems.map((problem) => ({ problem, line: lineOf(text, problem.path) })),
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const at = Number(/position (\d+)/.exec(message)?.[1] ?? 0);
    return { flow: null, problems: [{ problem: { path: '', message }, line: text.slice(0, at).split('\n').length }] };
  }
}
