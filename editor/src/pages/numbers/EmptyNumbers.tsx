import { Button, Paper, Text, Title } from '@mantine/core';
import type { ProviderName } from '../../api/channels.ts';
import classes from './empty-numbers.module.css';
import { words } from './words.ts';

const ORDER: readonly ProviderName[] = ['simulator', 'meta', 'twilio'];

/** Where nothing is connected yet: the three ways, the one that needs nothing first. */
export function EmptyNumbers({ onConnect }: { onConnect: (provider: ProviderName) => void }) {
  return (
    <Paper className={classes.card} withBorder radius="lg">
      <Title order={2} size="h3">
        {words.empty.title}
      </Title>
      <Text maw="40rem">{words.empty.text}</Text>
      <ul className={classes.ways}>
        {ORDER.map((provider, index) => (
          <li key={provider}>
            <Text fw={600}>{words.providers[provider]}</Text>
            <Text size="sm" c="dimmed">
              {words.about[provider]}
            </Text>
            <Button variant={index === 0 ? 'filled' : 'default'} onClick={() => onConnect(provider)}>
              {words.connectTo[provider]}
            </Button>
          </li>
        ))}
      </ul>
    </Paper>
  );
}
