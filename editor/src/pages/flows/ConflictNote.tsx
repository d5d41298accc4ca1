import { Button, Group, Text } from '@mantine/core';
import { Callout } from '../../ui/Callout.tsx';
import type { Conflict } from './use-document-form.ts';
import { words } from './words.ts';

const say = words.editing.conflict;

interface ConflictNoteProps {
  conflict: Conflict;
  onReload: () => void;
  onOverwrite: () => void;
}

export function ConflictNote({ conflict, onReload, onOverwrite }: ConflictNoteProps) {
  return (
    <Callout tone="warning" title={say.title}>
      <Text size="sm">{say.text}</Text>
      {conflict.changes.length > 0 && (
        <div>
          <Text size="sm">{say.changes}</Text>
          <ul>
            {conflict.changes.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        </div>
      )}
      <Group gap="xs">
        <Button size="xs" onClick={onReload}>
          {say.reload}
        </Button>
        <Button size="xs" variant="default" onClick={onOverwrite}>
          {say.overwrite}
        </Button>
      </Group>
    </Callout>
  );
}
