import { Anchor, Text } from '@mantine/core';
import type { Problem } from '@parley/runtime';
import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldOf } from '../document/flow-problem.ts';
import { useProblemAddress, useProblemWords } from '../document/problem-words.ts';
import { useFlow, useOpenFlow } from '../document/use-document.ts';
import { MessageList } from '../ui/MessageList.tsx';
import classes from './publish.module.css';

const SHOWN = 5; // lines at first: what changes and who is inside must not be pushed out of sight

/** What the checks find: errors stop a publishing, warnings are for the person to weigh. */
export function PublishChecks({ problems, onClose }: { problems: readonly Problem[]; onClose: () => void }) {
  const { t } = useTranslation('publish');
  const { workbench } = useOpenFlow();
  const nodes = useFlow((flow) => flow.nodes);
  const addressOf = useProblemAddress();
  const say = useProblemWords();
  const [isWhole, setWhole] = useState(false);
  const sorted = [...problems].sort((a, b) => a.severity.localeCompare(b.severity)); // errors before warnings
  const shown = isWhole ? sorted : sorted.slice(0, SHOWN);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (problems.length === 0)
    return (
      <p className={classes.fine}>
        <IconCircleCheck size={18} aria-hidden="true" />
        {t('checks.fine')}
      </p>
    );

  function goTo({ node, edge, path }: Problem) {
    if (node === null && edge === null) return;
    onClose();
    workbench.view(null);
    workbench.openPanel('inspector');
    const field = fieldOf(path);
    workbench.show({ ...(node !== null ? { node } : edge !== null && { edge }), ...(field && { field }) });
  }

  return (
    <section aria-label={t('checks.title')} className={classes.section}>
      <Text size="sm" fw={600}>
        {errors > 0 ? t('checks.errors', { count: errors }) : t('checks.warnings', { count: problems.length })}
      </Text>
      <MessageList
        label={t('checks.title')}
        toneNames={{ error: t('checks.error'), warning: t('checks.warning') }}
        messages={shown.map((problem) => ({
          tone: problem.severity,
          text: say(problem),
          place: problem.node === null ? null : t('checks.goTo', { step: addressOf(problem, nodes) }),
          ...(problem.node !== null && { onGo: () => goTo(problem) }),
        }))}
      />
      {shown.length < problems.length && (
        <Anchor component="button" type="button" size="sm" className={classes.all} onClick={() => setWhole(true)}>
          {t('checks.all', { count: problems.length })}
        </Anchor>
      )}
    </section>
  );
}
