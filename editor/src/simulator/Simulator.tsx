import { Button, Stack, Text } from '@mantine/core';
import { nodeTypes } from '@parley/nodes';
import { checkFlow, type Flow, parseFlow } from '@parley/runtime';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { MessageList } from '../ui/MessageList.tsx';
import { ChatWindow } from './ChatWindow.tsx';

interface SimulatorProps {
  document: unknown;
  /** Documents of the flows that it runs inside or starts, by id. */
  others: Readonly<Record<string, unknown>>;
  onEdit: () => void;
  /** Told while a sheet lies over the chat and wants the Escape key. */
  onSheet: (isOpen: boolean) => void;
}

/** A conversation with a flow document, or what keeps it from running. */
export default function Simulator({ document, others, onEdit, onSheet }: SimulatorProps) {
  const { t } = useTranslation('simulator');
  const { flow, library, errors } = useMemo(() => read(document, others), [document, others]);
  if (flow && errors.length === 0) return <ChatWindow flow={flow} library={library} onSheet={onSheet} />;
  return (
    <Stack p="lg" align="flex-start">
      <Text fw={600}>{t('broken.title')}</Text>
      <Text size="sm" c="dimmed">
        {t('broken.text')}
      </Text>
      <MessageList
        label={t('broken.list')}
        toneNames={{ error: t('tones.error'), warning: t('tones.warning') }}
        messages={errors.map(({ message, node, path }) => ({
          tone: 'error',
          text: message,
          place: node === null ? path || null : t('broken.node', { node }),
        }))}
      />
      <Button onClick={onEdit} data-autofocus>
        {t('broken.edit')}
      </Button>
    </Stack>
  );
}

function read(document: unknown, others: Readonly<Record<string, unknown>>) {
  const { flow, problems } = parseFlow(document);
  const library: Record<string, Flow> = {};
  for (const [id, other] of Object.entries(others)) {
    const parsed = parseFlow(other).flow;
    if (parsed) library[id] = parsed;
  }
  const all = flow ? [...problems, ...checkFlow(flow, nodeTypes, (id) => library[id] ?? null)] : problems;
  return { flow, library, errors: all.filter((problem) => problem.severity === 'error') };
}
