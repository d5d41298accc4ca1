import { Button, Group, NativeSelect } from '@mantine/core';
import { nodeTypes } from '@parley/nodes';
import { type Edge, type Flow, type FlowNode, portsOf } from '@parley/runtime';
import { IconArrowDown, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNodeName } from '../../document/node-name.ts';
import { useOpenFlow } from '../../document/use-document.ts';
import { choiceTitle, usePortName } from '../../steps/port-names.ts';
import { NodeSelect } from '../fields/NodeSelect.tsx';
import { FormContext } from '../form/form-context.ts';
import { useNodeForm } from '../form/use-node-form.ts';
import classes from './panels.module.css';

interface EdgePanelProps {
  flow: Flow;
  edge: Edge;
  source: FlowNode;
  isReadOnly: boolean;
}

/** A wire: where it comes from, by which port, where it leads. */
export function EdgePanel({ flow, edge, source, isReadOnly }: EdgePanelProps) {
  const { t } = useTranslation('inspector');
  const portName = usePortName();
  const nameOf = useNodeName();
  const { document, workbench } = useOpenFlow();
  const form = useNodeForm(source.id, isReadOnly);
  const taken = new Set(
    flow.edges.filter((one) => one.source === source.id && one.id !== edge.id).map((one) => one.sourceHandle),
  );
  const ports = [...new Set([...portsOfNode(source), edge.sourceHandle])].filter((port) => !taken.has(port));
  const change = (next: Partial<Edge>) => {
    const index = flow.edges.indexOf(edge);
    document.apply(
      [
        { edit: 'disconnect', id: edge.id },
        { edit: 'connect', edge: { ...edge, ...next }, index },
      ],
      'connect',
    );
  };
  return (
    <FormContext value={form}>
      <div className={classes.panel}>
        <h3 className={classes.kind}>
          <IconArrowDown size={18} aria-hidden="true" />
          {t('edge.title')}
        </h3>
        <div className={classes.line}>
          <span>{t('edge.from')}</span>
          <button type="button" className={classes.nodeLink} onClick={() => workbench.show({ node: source.id })}>
            {nameOf(source)}
          </button>
        </div>
        <NativeSelect
          label={t('edge.port')}
          data={ports.map((port) => ({ value: port, label: choiceTitle(source.config, port) ?? portName(port) }))}
          value={edge.sourceHandle}
          disabled={isReadOnly}
          onChange={(event) => change({ sourceHandle: event.currentTarget.value })}
        />
        <div>
          <label htmlFor="edge-target" className={classes.sectionTitle}>
            {t('edge.to')}
          </label>
          <NodeSelect
            control={{
              id: 'edge-target',
              'aria-describedby': undefined,
              'aria-invalid': undefined,
              'aria-required': undefined,
            }}
            value={edge.target}
            isReadOnly={isReadOnly}
            onNode={(target) => target !== '' && change({ target })}
          />
        </div>
        {isReadOnly ? null : (
          <Group>
            <Button
              variant="default"
              leftSection={<IconTrash size={16} aria-hidden="true" />}
              onClick={() => {
                document.apply([{ edit: 'disconnect', id: edge.id }], 'remove');
                workbench.select({ nodes: [source.id] });
              }}
            >
              {t('edge.delete')}
            </Button>
          </Group>
        )}
      </div>
    </FormContext>
  );
}

function portsOfNode({ type, config }: FlowNode): string[] {
  const known = nodeTypes.get(type);
  const parsed = known?.schema.safeParse(config);
  return known && parsed?.success ? portsOf(known, parsed.data) : [];
}
