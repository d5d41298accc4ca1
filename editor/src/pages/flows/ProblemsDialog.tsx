import { Button, Group, Modal, Text } from '@mantine/core';
import type { Problem } from '@parley/runtime';
import { MessageList } from '../../ui/MessageList.tsx';
import { toMessages } from './describe-problems.ts';
import { words } from './words.ts';

export interface ProblemReport {
  flow: string;
  title: string;
  text: string | null;
  problems: readonly Problem[];
}

interface ProblemsDialogProps {
  report: ProblemReport | null;
  onClose: () => void;
  onEdit: (flow: string) => void;
}

export function ProblemsDialog({ report, onClose, onEdit }: ProblemsDialogProps) {
  return (
    <Modal
      opened={report !== null}
      onClose={onClose}
      title={report?.title}
      closeButtonProps={{ 'aria-label': words.close }}
      size="lg"
      centered
    >
      {report && (
        <>
          {report.text && (
            <Text size="sm" c="dimmed" mb="md">
              {report.text}
            </Text>
          )}
          <MessageList
            label={words.problems.list}
            toneNames={words.problems.tones}
            messages={toMessages(report.problems)}
          />
          <Group justify="flex-end" mt="lg">
            <Button variant="default" onClick={onClose}>
              {words.close}
            </Button>
            <Button onClick={() => onEdit(report.flow)}>{words.problems.open}</Button>
          </Group>
        </>
      )}
    </Modal>
  );
}
