import { ActionIcon, Group, NativeSelect, Tooltip } from '@mantine/core';
import { nodeTypes } from '@parley/nodes';
import type { FlowNode } from '@parley/runtime';
import { IconFocusCentered } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useKindBelow, useNodeName } from '../../document/node-name.ts';
import { useFlow, useOpenFlow } from '../../document/use-document.ts';
import type { ControlProps } from '../form/FieldFrame.tsx';
import classes from './row.module.css';

interface NodeSelectProps {
  control: ControlProps;
  value: string;
  label?: string;
  isReadOnly: boolean;
  onNode: (id: string) => void;
}

/** A node of the flow by what it is called, and a way to see it on the canvas. Triggers only begin a flow: they are left out. */
export function NodeSelect({ control, value, label, isReadOnly, onNode }: NodeSelectProps) {
  const { t } = useTranslation('inspector');
  const { workbench } = useOpenFlow();
  const nameOf = useNodeName();
  const kindBelow = useKindBelow();
  const named = (node: FlowNode) => [nameOf(node), kindBelow(node)].filter(Boolean).join(' · ');
  const nodes = useFlow((flow) => flow.nodes);
  const options = nodes
    .filter(({ type }) => !nodeTypes.get(type)?.begins)
    .map((node) => ({ value: node.id, label: named(node) }));
  const isThere = options.some((one) => one.value === value);
  const strange = value !== '' && !isThere ? [{ value, label: t('node.gone', { id: value }) }] : [];
  return (
    <Group gap={6} wrap="nowrap">
      <NativeSelect
        {...control}
        className={classes.grow}
        aria-label={label}
        data={[{ value: '', label: t('node.choose') }, ...strange, ...options]}
        value={value}
        disabled={isReadOnly}
        onChange={(event) => onNode(event.currentTarget.value)}
      />
      {isThere ? (
        <Tooltip label={t('node.show')}>
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={t('node.show')}
            onClick={() => workbench.show({ node: value })}
          >
            <IconFocusCentered size={16} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      ) : null}
    </Group>
  );
}
