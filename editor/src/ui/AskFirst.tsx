import { Button, Group, Modal, Text } from '@mantine/core';

export interface Question {
  title: string;
  text: string;
  yes: string;
  onYes: () => void;
}

interface AskFirstProps {
  question: Question | null;
  no: string;
  closeLabel: string;
  onClose: () => void;
}

/** Asks before what cannot be undone. The safe answer has the focus. */
export function AskFirst({ question, no, closeLabel, onClose }: AskFirstProps) {
  const decide = () => {
    question?.onYes();
    onClose();
  };
  return (
    <Modal
      opened={question !== null}
      onClose={onClose}
      title={question?.title}
      closeButtonProps={{ 'aria-label': closeLabel }}
      centered
      // Mantine listens at the window, where the very key that asked to close a panel would answer this question too
      closeOnEscape={false}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
      zIndex={300}
    >
      <Text size="sm">{question?.text}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          {no}
        </Button>
        <Button color="red.8" onClick={decide}>
          {question?.yes}
        </Button>
      </Group>
    </Modal>
  );
}
