import { Button, Group } from '@mantine/core';
import type { FlowNode } from '@parley/runtime';
import { useSelector } from '@xstate/store-react';
import { useTranslation } from 'react-i18next';
import { commands } from '../../ui/commands.ts';
import { NodeLinks } from './NodeLinks.tsx';
import classes from './panels.module.css';

/** What can be done with several nodes at once, as the canvas offers it. */
const ACTIONS = [
  'canvas.duplicate',
  'canvas.group',
  'canvas.extract',
  'canvas.delete',
  'canvas.left',
  'canvas.center',
  'canvas.right',
  'canvas.top',
  'canvas.middle',
  'canvas.bottom',
  'canvas.distributeX',
  'canvas.distributeY',
];

/** Several nodes: which they are, and what can be done with all of them. */
export function SeveralPanel({ nodes }: { nodes: readonly FlowNode[] }) {
  const { t } = useTranslation('inspector');
  const sets = useSelector(commands, (state) => state.context.sets);
  const offered = sets
    .flatMap((set) => set.commands)
    .filter(({ id, isDisabled }) => ACTIONS.includes(id) && !isDisabled);
  const byType = new Set(nodes.map(({ type }) => type));
  return (
    <div className={classes.panel}>
      <h3 className={classes.kind}>{t('several.title', { count: nodes.length })}</h3>
      <p className={classes.quiet}>{t(byType.size === 1 ? 'several.same' : 'several.mixed', { count: byType.size })}</p>
      <Group gap="xs" role="group" aria-label={t('several.actions')}>
        {offered.map(({ id, title, run }) => (
          <Button key={id} variant="default" size="compact-md" onClick={run}>
            {title}
          </Button>
        ))}
      </Group>
      <NodeLinks nodes={nodes} />
    </div>
  );
}
