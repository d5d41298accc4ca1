import { Button, Stack, Text } from '@mantine/core';
import { nodeTypes } from '@parley/nodes';
import { checkFlow, parseFlow } from '@parley/runtime';
import { useMemo } from 'react';
import { MessageList } from '../ui/MessageList.tsx';
import { ChatWindow } from './ChatWindow.tsx';
import { words } from './words.ts';

interface SimulatorProps {
  document: unknown;
  onEdit: () => void;
  /** Told while a sheet lies over the chat and wants the Escape key. */
  onSheet: (isOpen: boolean) => void;
}

/** A conversation with a flow document, or what keeps it from running. */
export default function Simulator({ document, onEdit, onSheet }: SimulatorProps) {
  const { flow, errors } = useMemo(() => read(document), [document]);
  if (flow && errors.length === 0) return <ChatWindow flow={flow} onSheet={onSheet} />;
  const { title, text, list, tones, edit } = words.broken;
  return (
    <Stack p="lg" align="flex-start">
      <Text fw={600}>{title}</Text>
      <Text size="sm" c="dimmed">
        {text}
      </Text>
      <MessageList
        label={list}
        toneNames={tones}
        messages={errors.map(({ message, node, path }) => ({
          tone: 'error',
          text: message,
          place: node === null ? path || null : `node ${node}`,
        }))}
      />
      <Button onClick={onEdit} data-autofocus>
        {edit}
      </Button>
    </Stack>
  );
}

function read(document: unknown) {
  const { flow, problems } = parseFlow(document);
  const all = flow ? [...problems, ...checkFlow(flow, nodeTypes)] : problems;
  return { flow, errors: all.filter((problem) => problem.severity === 'error') };
}
