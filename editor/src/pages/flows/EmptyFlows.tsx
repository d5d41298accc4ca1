import { Button, Group, Paper, Text, Title } from '@mantine/core';
import classes from './empty-flows.module.css';
import { words } from './words.ts';

interface EmptyFlowsProps {
  isAdding: boolean;
  onExample: () => void;
  onPaste: () => void;
}

/** Where there is no flow yet: what one is, and the two ways to the first. */
export function EmptyFlows({ isAdding, onExample, onPaste }: EmptyFlowsProps) {
  const { title, text, steps } = words.empty;
  return (
    <Paper className={classes.card} withBorder radius="lg">
      <div className={classes.words}>
        <Title order={2} size="h3">
          {title}
        </Title>
        <Text>{text}</Text>
        <Group className={classes.ways}>
          <Button onClick={onExample} loading={isAdding}>
            {words.addExample}
          </Button>
          <Button variant="default" onClick={onPaste}>
            {words.paste}
          </Button>
        </Group>
      </div>
      <ol className={classes.steps}>
        {steps.map(([name, what], index) => (
          <li key={name}>
            <span className={classes.number} aria-hidden="true">
              {index + 1}
            </span>
            <div>
              <Text fw={600}>{name}</Text>
              <Text size="sm" c="dimmed">
                {what}
              </Text>
            </div>
          </li>
        ))}
      </ol>
    </Paper>
  );
}
