import { Button, Text } from '@mantine/core';
import { Callout } from './Callout.tsx';

interface TroubleProps {
  text: string;
  /** What can be done about it. */
  action?: { label: string; onClick: () => void };
}

/** What went wrong, in words, above what it concerns. */
export function Trouble({ text, action }: TroubleProps) {
  return (
    <Callout tone="error">
      <Text size="sm">{text}</Text>
      {action && (
        <Button size="xs" variant="default" onClick={action.onClick}>
          {action.label}
        </Button>
      )}
    </Callout>
  );
}
