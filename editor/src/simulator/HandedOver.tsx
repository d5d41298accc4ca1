import { Button, Text } from '@mantine/core';
import classes from '../chat/composer.module.css';
import { words } from './words.ts';

/** Stands above the composer while people own the conversation. */
export function HandedOver({ onGiveBack }: { onGiveBack: () => void }) {
  return (
    <div className={classes.handed}>
      <Text size="sm">{words.handedOverHint}</Text>
      <Button size="xs" variant="default" onClick={onGiveBack}>
        {words.giveBack}
      </Button>
    </div>
  );
}
