import { Button, Group, Modal, Text } from '@mantine/core';
import { useSelector } from '@xstate/store-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createFlow } from '../../api/flows.ts';
import type { Change } from '../../document/changes.ts';
import { useNodeName } from '../../document/node-name.ts';
import { useOpenFlow } from '../../document/use-document.ts';
import { Callout } from '../../ui/Callout.tsx';
import { say } from '../../ui/notices.ts';
import { goTo } from '../../ui/use-address.ts';
import classes from './conflict-dialog.module.css';

const MOST = 6; // lines of a list; the rest is counted

/** Two people saved: shows what each changed, and what each choice loses before it does. Closed, it can be opened again. */
export default function ConflictDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('bot');
  const { document } = useOpenFlow();
  const words = useChangeWords();
  const conflict = useSelector(document.store, (state) => state.context.conflict);
  const flow = useSelector(document.store, (state) => state.context.flow);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is in dispute follows from both, and costs a comparison
  const dispute = useMemo(() => document.dispute(), [document, conflict, flow]);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  if (!conflict || !dispute) return null;

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
      setTrouble(error instanceof Error ? error.message : String(error));
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
      <Text size="sm">{t('conflict.text')}</Text>
      <div className={classes.sides}>
        <Lines title={t('conflict.theirs')} lines={dispute.theirs?.map(words) ?? conflict.changes} />
        <Lines title={t('conflict.mine')} lines={dispute.ours.map(words)} />
      </div>
      {dispute.both.length > 0 && <Lines title={t('conflict.both')} lines={dispute.both.map(words)} />}
      {trouble !== null && <Callout tone="error">{trouble}</Callout>}
      <ul className={classes.choices}>
        <Choice title={t('conflict.keepCopy')} isPrimary isBusy={isBusy} onChoose={keepCopy}>
          {t('conflict.keepCopyText')}
        </Choice>
        <Choice title={t('conflict.keepMine')} isBusy={isBusy} onChoose={keepMine}>
          {t('conflict.keepMineText')} {(dispute.both.length > 0 || !dispute.theirs) && t('conflict.keepMineBoth')}{' '}
          {dispute.lost > 0 && t('conflict.keepMineLost', { count: dispute.lost })}
        </Choice>
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

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  const { t } = useTranslation('bot');
  const more = lines.length - MOST;
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

function useChangeWords(): (change: Change) => string {
  const { t } = useTranslation('bot');
  const nameOf = useNodeName();
  return ({ what, node }) => t(`changes.${what}`, { name: node ? nameOf(node) : '' });
}
