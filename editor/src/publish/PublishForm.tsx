import { Button, Group, Switch, Textarea, TextInput } from '@mantine/core';
import { nodeTypes } from '@parley/nodes';
import { hasErrors } from '@parley/runtime';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedFlow } from '../api/flows.ts';
import { allProblems } from '../document/all-problems.ts';
import { useFlow, useOpenFlow } from '../document/use-document.ts';
import { describeDifference } from './describe-difference.ts';
import { PublishChanges } from './PublishChanges.tsx';
import { PublishChecks } from './PublishChecks.tsx';
import { PublishPeople } from './PublishPeople.tsx';
import { PublishRefusal } from './PublishRefusal.tsx';
import classes from './publish.module.css';
import type { usePublishing } from './use-publishing.ts';
import { useVersionFlow } from './use-versions.ts';

interface PublishFormProps {
  bot: SavedFlow;
  publishing: ReturnType<typeof usePublishing>;
  onClose: () => void;
}

const MAX_NAME = 100; // characters, as the server takes them
const MAX_NOTE = 1_000;

/** Checks, changes and people inside above what is asked: a name, a note, whether it answers at once. */
export function PublishForm({ bot, publishing, onClose }: PublishFormProps) {
  const { t } = useTranslation('publish');
  const { document } = useOpenFlow();
  const draft = useFlow((flow) => flow);
  const [name, setName] = useState('');
  const [note, setNote] = useState('');
  // A bot that somebody switched off stays off until somebody says otherwise
  const [activate, setActivate] = useState(bot.status !== 'inactive');
  const live = bot.published?.version ?? null;
  const liveFlow = useVersionFlow(live).data ?? null;
  const facts = useMemo(() => (liveFlow ? describeDifference(liveFlow, draft, nodeTypes) : null), [liveFlow, draft]);
  const isBehind = bot.revision !== document.store.getSnapshot().context.revision;
  const refusal = isBehind ? ({ kind: 'saved_meanwhile' } as const) : publishing.refusal;
  const problems = useMemo(() => allProblems(draft, bot.problems), [draft, bot.problems]);
  const hasFaults = hasErrors(problems);

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!hasFaults && !isBehind) publishing.publish({ name, note, activate, live });
      }}
    >
      {refusal && <PublishRefusal refusal={refusal} onReload={publishing.reload} />}
      <PublishChecks problems={problems} onClose={onClose} />
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
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button type="submit" loading={publishing.isPublishing} disabled={hasFaults || isBehind}>
          {live === null ? t('form.publishFirst') : t('form.publish')}
        </Button>
      </Group>
    </form>
  );
}
