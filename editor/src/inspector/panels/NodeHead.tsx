import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import type { FlowNode, NodeType } from '@parley/runtime';
import { IconCopyPlus, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { nodeTitle } from '../../document/node-title.ts';
import { removeEdits } from '../../document/remove.ts';
import { useOpenFlow } from '../../document/use-document.ts';
import { NOTHING } from '../../document/workbench.ts';
import { StepBadge } from '../../steps/StepBadge.tsx';
import { commands } from '../../ui/commands.ts';
import { useNodeWords } from '../../ui/node-words.ts';
import classes from './panels.module.css';

interface NodeHeadProps {
  node: FlowNode;
  type: NodeType | undefined;
  isReadOnly: boolean;
}

/** What the node is, what it is called, and what can be done with it as a whole. */
export function NodeHead({ node, type, isReadOnly }: NodeHeadProps) {
  const { t } = useTranslation('inspector');
  const words = useNodeWords();
  const { document } = useOpenFlow();
  return (
    <header className={classes.head}>
      <h3 className={classes.kind}>
        <StepBadge type={type} />
        <span>{type ? words(type.title) : <bdi>{node.type}</bdi>}</span>
      </h3>
      <NodeActions id={node.id} isReadOnly={isReadOnly} />
      {type ? <p className={classes.about}>{words(type.description)}</p> : null}
      <TextInput
        className={classes.wide}
        label={t('head.label')}
        placeholder={nodeTitle({ ...node, label: '' }) ?? (type ? words(type.title) : node.type)}
        value={node.label ?? ''}
        maxLength={200}
        readOnly={isReadOnly}
        onChange={(event) => {
          const label = event.currentTarget.value;
          document.apply(
            [{ edit: 'setLabel', id: node.id, label: label === '' ? null : label }],
            'label',
            `label ${node.id}`,
          );
        }}
        onBlur={document.settleMerge}
      />
    </header>
  );
}

/** Apart from the rest, which draws again with every letter. */
const NodeActions = memo(function NodeActions({ id, isReadOnly }: { id: string; isReadOnly: boolean }) {
  const { t } = useTranslation('inspector');
  const { document, workbench } = useOpenFlow();
  const remove = () => {
    document.apply(removeEdits(document.store.getSnapshot().context.flow, { ...NOTHING, nodes: [id] }), 'remove');
    workbench.select({});
  };
  const actions = [
    { label: t('head.playFrom'), Icon: IconPlayerPlay, run: () => workbench.playFrom(id), isEdit: false },
    { label: t('head.duplicate'), Icon: IconCopyPlus, run: () => runCommand('canvas.duplicate'), isEdit: true },
    { label: t('head.delete'), Icon: IconTrash, run: remove, isEdit: true },
  ];
  return (
    <div className={classes.actions}>
      {actions
        .filter(({ isEdit }) => !isEdit || !isReadOnly)
        .map(({ label, Icon, run }) => (
          <Tooltip key={label} label={label}>
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} onClick={run}>
              <Icon size={17} aria-hidden="true" />
            </ActionIcon>
          </Tooltip>
        ))}
    </div>
  );
});

/** Does what another panel has registered, such as the canvas for its selection. */
function runCommand(id: string): void {
  const all = commands.getSnapshot().context.sets.flatMap((set) => set.commands);
  all.find((one) => one.id === id && !one.isDisabled)?.run();
}
