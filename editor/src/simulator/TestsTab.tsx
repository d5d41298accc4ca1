import { ActionIcon, Button, Group, Loader, Menu, Text } from '@mantine/core';
import { type Flow, type Script, scriptSchema } from '@parley/runtime';
import { IconCheck, IconDotsVertical, IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addFlowTest, type FlowTest, flowTestsKey, listFlowTests, removeFlowTest } from '../api/flow-tests.ts';
import { createCodeService } from '../document/code-service.ts';
import { type FlowTestResult, runFlowTests } from '../document/run-flow-tests.ts';
import { useFlow, useOpenFlow } from '../document/use-document.ts';
import { errorWords } from '../ui/error-words.ts';
import { isolate } from '../ui/isolate.ts';
import { Trouble } from '../ui/Trouble.tsx';
import { describeStep } from './describe-step.ts';
import { downloadScript } from './download-script.ts';
import { EditTestDialog } from './EditTestDialog.tsx';
import { talkOfScript } from './talk/talk-of-script.ts';
import classes from './tests-tab.module.css';
import { useAskedTest } from './use-asked-test.ts';
import { useSimulator } from './use-simulator.ts';

interface TestsTabProps {
  library: Readonly<Record<string, Flow>>;
  onOpenTalk: () => void;
}

const LONGEST_TITLE = 200; // letters, by the server
const code = createCodeService();

/** The conversations that this flow must hold, run against it as it stands: again after every change. */
export function TestsTab({ library, onOpenTalk }: TestsTabProps) {
  const { t } = useTranslation('simulator');
  const { document } = useOpenFlow();
  const { talk, change } = useSimulator();
  const flow = useFlow((one) => one);
  const cache = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [edited, setEdited] = useState<FlowTest | null>(null);
  const key = flowTestsKey(document.id);
  const tests = useQuery({ queryKey: key, queryFn: () => listFlowTests(document.id) });
  const results = useQuery({
    queryKey: [...key, 'results', tests.dataUpdatedAt, flow],
    queryKeyHashFn: ([, , , , at]) => `results ${document.id} ${at} ${hashOf(flow)}`,
    queryFn: () => runFlowTests(flow, tests.data ?? [], library, code),
    enabled: tests.data !== undefined,
    placeholderData: (before) => before,
    gcTime: 0,
  });
  const refresh = () => cache.invalidateQueries({ queryKey: key });
  const remove = useMutation({
    mutationFn: (id: string) => removeFlowTest(document.id, id),
    onSuccess: () => setTrouble(null),
    onError: (error) => setTrouble(errorWords(error)),
    onSettled: refresh,
  });

  /** At the step where it differs; one that holds, at its end. */
  function open(test: FlowTest, firstAt: number | null): void {
    const { setup, turns, pool } = talkOfScript(test.script, firstAt ?? undefined);
    change({ plays: 'draft' });
    void talk.open({ ...setup, flow, library }, turns, pool);
    onOpenTalk();
  }

  const { asked, answer } = useAskedTest();
  const outcomes = results.isPlaceholderData ? undefined : results.data;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once a request, as soon as its outcome is there
  useEffect(() => {
    const test = tests.data?.find(({ id }) => id === asked?.test);
    if (!asked || !outcomes) return;
    answer();
    if (test) open(test, outcomes.find(({ id }) => id === test.id)?.firstAt ?? null);
  }, [asked, outcomes]);

  async function take(file: File | undefined): Promise<void> {
    if (!file) return;
    const script = await scriptIn(file);
    if (!script) return setTrouble(t('tests.noScript', { file: isolate(file.name) }));
    try {
      const title = (script.title ?? file.name.replace(/\.json$/, '')).slice(0, LONGEST_TITLE);
      await addFlowTest(document.id, { title, script });
      setTrouble(null);
      await refresh();
    } catch (error) {
      setTrouble(errorWords(error as Error));
    }
  }

  if (tests.isPending) return <Loader m="lg" size="sm" aria-label={t('tests.loading')} />;
  if (tests.error)
    return (
      <div className={classes.tests}>
        <Trouble
          text={errorWords(tests.error)}
          action={{ label: t('tryAgain'), onClick: () => void tests.refetch() }}
        />
      </div>
    );
  const byId = new Map(results.data?.map((result) => [result.id, result]));
  const failed = [...byId.values()].filter(({ differences }) => differences.length > 0).length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.tests} aria-label={t('tabs.tests')} tabIndex={0}>
      <Group justify="space-between">
        <Text size="sm" fw={600} role="status">
          {byId.size === 0
            ? t('tests.none')
            : failed === 0
              ? t('tests.allHold', { count: byId.size })
              : t('tests.differ', { count: failed })}
        </Text>
        <Group gap="xs">
          {tests.data.length > 0 && (
            <Button size="compact-sm" onClick={() => void results.refetch()}>
              {t('tests.run')}
            </Button>
          )}
          <Button size="compact-sm" variant="default" onClick={() => input.current?.click()}>
            {t('tests.import')}
          </Button>
        </Group>
      </Group>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        hidden
        aria-label={t('tests.file')}
        onChange={(event) => {
          void take(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      {trouble && <Trouble text={trouble} />}
      {tests.data.length === 0 && <Text size="sm">{t('tests.hint')}</Text>}
      <ul className={classes.list} aria-label={t('tabs.tests')}>
        {tests.data.map((test) => (
          <TestRow
            key={test.id}
            test={test}
            result={byId.get(test.id) ?? null}
            onOpen={(at) => open(test, at)}
            onEdit={() => setEdited(test)}
            onRemove={() => remove.mutate(test.id)}
          />
        ))}
      </ul>
      <EditTestDialog test={edited} onClose={() => setEdited(null)} />
    </section>
  );
}

interface TestRowProps {
  test: FlowTest;
  result: FlowTestResult | null;
  onOpen: (firstAt: number | null) => void;
  onEdit: () => void;
  onRemove: () => void;
}

function TestRow({ test, result, onOpen, onEdit, onRemove }: TestRowProps) {
  const { t } = useTranslation('simulator');
  const holds = result?.differences.length === 0;
  const step = result?.firstAt == null ? undefined : test.script.steps[result.firstAt];
  return (
    <li className={classes.test} data-differs={(result && !holds) || undefined}>
      <div className={classes.head}>
        {result && (holds ? <IconCheck size={18} aria-hidden="true" /> : <IconX size={18} aria-hidden="true" />)}
        <strong>{test.title}</strong>
        <span className={classes.outcome}>{result && t(holds ? 'tests.holds' : 'tests.fails')}</span>
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t('tests.more', { title: test.title })}>
              <IconDotsVertical size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => onOpen(null)}>{t('tests.play')}</Menu.Item>
            <Menu.Item onClick={onEdit}>{t('tests.edit')}</Menu.Item>
            <Menu.Item onClick={() => downloadScript(test)}>{t('tests.export')}</Menu.Item>
            <Menu.Item color="red" onClick={onRemove}>
              {t('tests.remove')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      {result && !holds && (
        <>
          {step && (
            <p className={classes.step}>
              {t('tests.at', { number: (result.firstAt ?? 0) + 1, step: describeStep(step, t) })}
            </p>
          )}
          <p className={classes.difference}>{result.differences[0]}</p>
          <Button size="compact-sm" variant="default" onClick={() => onOpen(result.firstAt)}>
            {t('tests.open')}
          </Button>
        </>
      )}
    </li>
  );
}

/** Null where a file is no test. */
async function scriptIn(file: File): Promise<Script | null> {
  try {
    return scriptSchema.parse(JSON.parse(await file.text()));
  } catch {
    return null;
  }
}

/** A flow that is the same object is the same flow: every edit makes another. */
const numbers = new WeakMap<Flow, number>();
let next = 0;
function hashOf(flow: Flow): number {
  const known = numbers.get(flow) ?? ++next;
  numbers.set(flow, known);
  return known;
}
