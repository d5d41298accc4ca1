import { Button, Stack, Text } from '@mantine/core';
import type { SimulatorState } from './control.ts';
import classes from './phone-page.module.css';
import { words } from './words.ts';

const say = words.chats;

interface NothingOpenProps {
  state: SimulatorState | null;
  /** The address names a chat, but there is none. */
  isGone: boolean;
  onBack: () => void;
}

export function NothingOpen({ state, isGone, onBack }: NothingOpenProps) {
  return (
    <Stack className={classes.nothing} gap="xs">
      {state === null && <Text c="dimmed">{words.loading}</Text>}
      {state && isGone && (
        <>
          <Text>{say.gone}</Text>
          <Button variant="default" onClick={onBack}>
            {words.back}
          </Button>
        </>
      )}
      {state && !isGone && (
        <>
          <Text fw={600} component="h2">
            {say.choose}
          </Text>
          <Text size="sm" c="dimmed">
            {say.chooseHint}
          </Text>
        </>
      )}
    </Stack>
  );
}
