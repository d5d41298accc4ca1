import { Button, Group, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { nodeTypes } from '@parley/nodes';
import { canonicalJson, type Flow, hasErrors } from '@parley/runtime';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedFlow } from '../api/flows.ts';
import { allProblems } from '../document/all-problems.ts';
import { useFlow, useOpenFlow, useWorkbench } from '../document/use-document.ts';
import { useVersionFlow } from '../document/use-live.ts';
import { describeDifference } from './describe-difference.ts';
import { failing } from './failing.ts';
import { NothingNew } from './NothingNew.tsx';
import { PublishChanges } from './PublishChanges.tsx';
import { PublishChecks } from './PublishChecks.tsx';
import { PublishClashes } from './PublishClashes.tsx';
import { PublishPeople } from './PublishPeople.tsx';
import { PublishRefusal } from './PublishRefusal.tsx';
import { PublishTests } from './PublishTests.tsx';
import classes from './publish.module.css';
import type { Proposal } from './publish-requests.ts';
import type { usePublishing } from './use-publishing.ts';
import { useTestResults } from './use-test-results.ts';
import { useClashes } from './use-versions.ts';

interface PublishFormProps {
  bot: SavedFlow;
  publishing: ReturnType<typeof usePublishing>;
  proposal: Proposal | null;
  onClose: () => void;
}

/** Warnings that the list of clashes says better: with the other bot's name, who wins and why. */
const CLASHES: readonly string[] = ['keyword_taken', 'trigger_taken'];
const MAX_NAME = 100; // characters, as the server takes them
const MAX_NOTE = 1_000;

/** Checks, changes and people inside above what is asked: a name, a note, whether it answers at once. */
export function PublishForm({ bot, publishing, proposal, onClose }: PublishFormProps) {
  const { t } = useTranslation('publish');
  const { document, workbench } = useOpenFlow();
  useEffect(() => workbench.leaveAll(), [workbench]);
  const draft = useFlow((flow) => flow);
  const held = useWorkbench((state) => state.held);
  const [name, setName] = useState(proposal?.name ?? '');
  const [note, setNote] = useState('');
  // A bot that somebody switched off stays off until somebody says otherwise
  const [activate, setActivate] = useState(bot.status !== 'inactive');
  const live = bot.published?.version ?? null;
  const liveFlow = useVersionFlow(live).data ?? null;
  const facts = useMemo(() => (liveFlow ? describeDifference(liveFlow, draft, nodeTypes) : null), [liveFlow, draft]);
  const isSame = useMemo(() => liveFlow !== null && isSameBot(liveFlow, draft), [liveFlow, draft]);
  const isBehind = bot.revision !== document.store.getSnapshot().context.revision;
  const refusal = isBehind ? ({ kind: 'saved_meanwhile' } as const) : publishing.refusal;
  const clashes = useClashes().data ?? [];
  const isListed = clashes.length > 0;
  const problems = useMemo(() => {
    const all = allProblems(draft, bot.problems, held);
    return isListed ? all.filter(({ code }) => !CLASHES.includes(code)) : all;
  }, [draft, bot.problems, held, isListed]);
  const hasFaults = hasErrors(problems);
  const tests = useTestResults(draft, !hasFaults);
  const [isAccepted, setAccepted] = useState(false);
  const isUnaccepted = failing(tests.data ?? []).length > 0 && !isAccepted;
  const isStopped = hasFaults || isBehind || tests.isLoading || isUnaccepted;

  if (isSame && !isBehind && live !== null)
    return <NothingNew bot={bot} version={live} flow={draft} publishing={publishing} onClose={onClose} />;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isStopped) publishing.publish({ name, note, activate, live });
      }}
    >
      {refusal && <PublishRefusal refusal={refusal} onReload={publishing.reload} />}
      <PublishChecks problems={problems} onClose={onClose} />
      <PublishTests tests={tests} isAccepted={isAccepted} onAccept={setAccepted} onClose={onClose} />
      <PublishClashes clashes={clashes} />
      <PublishChanges live={live} facts={facts} draft={draft} />
      {live !== null && <PublishPeople draft={draft} liveFlow={liveFlow} />}
      <TextInput
        label={t('form.name')}
        placeholder={t('form.namePlaceholder')}
        maxLength={MAX_NAME}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus={!hasFaults || undefined}
      />
      <Textarea
        label={t('form.note')}
        placeholder={t('form.notePlaceholder')}
        maxLength={MAX_NOTE}
        autosize
        minRows={2}
        maxRows={6}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Switch
        label={t('form.activate')}
        description={activate ? t('form.activateOn') : t('form.activateOff')}
        checked={activate}
        onChange={(event) => setActivate(event.currentTarget.checked)}
      />
      <Group justify="flex-end" className={classes.foot}>
        {isUnaccepted && (
          <Text size="sm" className={classes.why} role="status">
            {t('tests.first')}
          </Text>
        )}
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button type="submit" loading={publishing.isPublishing} disabled={isStopped}>
          {live === null ? t('form.publishFirst') : t('form.publish')}
        </Button>
      </Group>
    </form>
  );
}

/** Whoever runs other bots inside publishes them along: they may have changed where this one did not. */
const isSameBot = (live: Flow, draft: Flow): boolean =>
  canonicalJson(live) === canonicalJson(draft) && !draft.nodes.some(({ config }) => typeof config.flow === 'string');
