import { Button, Group, Modal, Text } from '@mantine/core';
import { parseFlow } from '@parley/runtime';
import { useSelector } from '@xstate/store-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createFlow } from '../../api/flows.ts';
import { useOpenFlow } from '../../document/use-document.ts';
import { Callout } from '../../ui/Callout.tsx';
import { errorWords } from '../../ui/error-words.ts';
import { isolate } from '../../ui/isolate.ts';
import { say } from '../../ui/notices.ts';
import { goTo } from '../../ui/use-address.ts';
import { useFocusBack } from '../../ui/use-focus-back.ts';
import { type Choices, ConflictClashes } from './ConflictClashes.tsx';
import classes from './conflict-dialog.module.css';
import { useChangeWords, useTheirSavings } from './use-their-savings.ts';

const MOST = 6; // lines of a list; the rest is counted

/**
 * Two people saved: what only one of them changed is put together, and where both changed one field it is asked whose
 * counts. Where nobody knows any more from what both began, one side goes on top of the other. Closed, it can be opened
 * again; nothing is overwritten until then.
 */
export default function ConflictDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('bot');
  useFocusBack();
  const { document } = useOpenFlow();
  const words = useChangeWords();
  const conflict = useSelector(document.store, (state) => state.context.conflict);
  const flow = useSelector(document.store, (state) => state.context.flow);
  const revision = useSelector(document.store, (state) => state.context.revision);
  const savings = useTheirSavings(document.id, revision);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is in dispute follows from both, and costs a comparison
  const dispute = useMemo(() => document.dispute(), [document, conflict, flow]);
  const their = useMemo(() => conflict && parseFlow(conflict.document).flow, [conflict]);
  const [choices, setChoices] = useState<Choices>({});
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  if (!conflict || !dispute || !their) return null;
  const { clashes } = dispute;
  const theirs = dispute.theirs ?? savings?.changes ?? null;
  const isOnce = (line: string) => !dispute.both.map(words).includes(line);

  const combine = () => {
    if (document.merge(choices)) say(t('conflict.combined'));
    onClose();
  };
  const keepMine = () => {
    const { lost } = document.resolve('mine');
    if (lost > 0) say(t('conflict.lostNotice', { count: lost }), { tone: 'info' });
    onClose();
  };
  const keepTheirs = () => {
    document.resolve('theirs');
    onClose();
  };
  const keepCopy = async () => {
    setBusy(true);
    const name = t('conflict.copyName', { name: flow.name }).slice(0, 200);
    try {
      const copy = await createFlow({ ...flow, name });
      document.resolve('theirs');
      say(t('conflict.copied', { name }), {
        action: { label: t('conflict.openCopy'), run: () => goTo(`/bots/${copy.id}`) },
      });
      onClose();
    } catch (error) {
      setTrouble(error instanceof Error ? errorWords(error) : String(error));
      setBusy(false);
    }
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('conflict.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('conflict.later') }}
    >
      <Text size="sm">
        {savings?.authors ? t('conflict.textBy', { who: isolate(savings.authors) }) : t('conflict.text')}{' '}
        {clashes && t('conflict.asks')}
      </Text>
      {clashes && clashes.length > 0 && (
        <ConflictClashes
          clashes={clashes}
          flows={{ mine: flow, theirs: their }}
          choices={choices}
          onChoose={setChoices}
        />
      )}
      <div className={classes.sides}>
        <Lines title={t('conflict.theirs')} lines={theirs?.map(words).filter(isOnce) ?? []} hides={clashes !== null} />
        <Lines title={t('conflict.mine')} lines={dispute.ours.map(words).filter(isOnce)} hides={clashes !== null} />
      </div>
      {trouble !== null && <Callout tone="error">{trouble}</Callout>}
      <ul className={classes.choices}>
        {clashes && (
          <Choice title={t('conflict.combine')} isPrimary isBusy={isBusy} onChoose={combine}>
            {t('conflict.combineText')}
          </Choice>
        )}
        <Choice title={t('conflict.keepCopy')} isPrimary={!clashes} isBusy={isBusy} onChoose={keepCopy}>
          {t('conflict.keepCopyText')}
        </Choice>
        {!clashes && (
          <Choice title={t('conflict.keepMine')} isBusy={isBusy} onChoose={keepMine}>
            {t('conflict.keepMineText')} {t('conflict.keepMineBoth')}{' '}
            {dispute.lost > 0 && t('conflict.keepMineLost', { count: dispute.lost })}
          </Choice>
        )}
        <Choice title={t('conflict.keepTheirs')} isBusy={isBusy} onChoose={keepTheirs}>
          {t('conflict.keepTheirsText')}
        </Choice>
      </ul>
      <Group justify="flex-end" mt="md">
        <Button variant="subtle" color="gray" onClick={onClose}>
          {t('conflict.later')}
        </Button>
      </Group>
    </Modal>
  );
}

/** What stays of one side without a question; where all of it is asked, nothing is said. */
function Lines({ title, lines, hides }: { title: string; lines: readonly string[]; hides: boolean }) {
  const { t } = useTranslation('bot');
  const more = lines.length - MOST;
  if (hides && lines.length === 0) return null;
  return (
    <section className={classes.side}>
      <h3>{title}</h3>
      {lines.length === 0 && <Text size="sm">{t('conflict.nothing')}</Text>}
      <ul aria-label={title}>
        {lines.slice(0, MOST).map((line) => (
          <li key={line}>{line}</li>
        ))}
        {more > 0 && <li>{t('conflict.andMore', { count: more })}</li>}
      </ul>
    </section>
  );
}

interface ChoiceProps {
  title: string;
  isPrimary?: boolean;
  isBusy: boolean;
  onChoose: () => void;
  children: React.ReactNode;
}

const Choice = ({ title, isPrimary = false, isBusy, onChoose, children }: ChoiceProps) => (
  <li className={classes.choice}>
    <Button variant={isPrimary ? 'filled' : 'default'} disabled={isBusy} onClick={onChoose}>
      {title}
    </Button>
    <Text size="sm">{children}</Text>
  </li>
);
