import { Button, Modal, Stack, Text } from '@mantine/core';
import type { Flow, Json, JsonObject } from '@parley/runtime';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNodeName } from '../document/node-name.ts';
import { useFlow, useOpenFlow, useWorkbench } from '../document/use-document.ts';
import { JsonArea } from '../ui/JsonArea.tsx';
import { readJsonObject } from '../ui/read-json.ts';
import { useFields } from '../ui/use-fields.ts';
import { useSimulator, useTalkView } from './use-simulator.ts';

interface PlayFromDialogProps {
  library: Readonly<Record<string, Flow>>;
  onBegin: () => void;
}

/** The number of the last request that was answered: a panel that is opened again must not ask anew. */
const answered = new WeakMap<object, number>();

/** Asked from the canvas: begin at a node, with variables as the last talk left them, else by their types. */
export function PlayFromDialog({ library, onBegin }: PlayFromDialogProps) {
  const { t } = useTranslation('simulator');
  const nameOf = useNodeName();
  const { workbench } = useOpenFlow();
  const { talk, change } = useSimulator();
  const asked = useWorkbench((state) => state.playFrom);
  const flow = useFlow((one) => one);
  const [number, setNumber] = useState<number | null>(null);
  const { variables } = useTalkView();
  const isNew = asked !== null && (answered.get(workbench) ?? 0) < asked.number;

  useEffect(() => {
    if (!asked || !isNew) return;
    answered.set(workbench, asked.number);
    setNumber(asked.number);
  }, [workbench, asked, isNew]);

  const node = flow.nodes.find(({ id }) => id === asked?.node);
  const name = node ? nameOf(node) : '';
  const close = () => setNumber(null);
  return (
    <Modal
      opened={number !== null && node !== undefined}
      onClose={close}
      title={t('from.title', { node: name })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <FromForm
        key={number}
        initial={Object.keys(variables).length > 0 ? variables : byType(flow)}
        onStart={async (given) => {
          close();
          change({ plays: 'draft' }); // the step is one of the canvas
          onBegin();
          await talk.restart({ flow, library, now: new Date().toISOString() });
          if (node) await talk.act({ kind: 'playFrom', node: node.id, variables: given });
        }}
      />
    </Modal>
  );
}

function FromForm({ initial, onStart }: { initial: JsonObject; onStart: (variables: JsonObject) => void }) {
  const { t } = useTranslation('simulator');
  const { form, field, onSubmit } = useFields(
    { variables: JSON.stringify(initial, null, 2) },
    { variables: (value) => (readJsonObject(value).ok ? null : t('from.wrong')) },
  );
  return (
    <form
      ref={form}
      noValidate
      onSubmit={onSubmit(({ variables }) => {
        const read = readJsonObject(variables);
        onStart(read.ok ? (read.value as JsonObject) : {});
      })}
    >
      <Stack gap="sm">
        <Text size="sm">{t('from.text')}</Text>
        <JsonArea label={t('from.variables')} rows={8} dir="ltr" {...field('variables')} />
        <Button type="submit">{t('from.go')}</Button>
      </Stack>
    </form>
  );
}

const EXAMPLES: Readonly<Record<string, Json>> = { text: '', number: 0, boolean: false, list: [], object: {} };

/** Declared variables with what they begin with, else something of their type. */
function byType(flow: Flow): JsonObject {
  return Object.fromEntries(
    flow.variables.map(({ name, type, initial }) => [name, (initial as Json | undefined) ?? EXAMPLES[type] ?? null]),
  );
}
