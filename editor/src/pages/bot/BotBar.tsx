import { Button, Group, Text } from '@mantine/core';
import { useSelector } from '@xstate/store-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedFlow } from '../../api/flows.ts';
import { useFlow, useOpenFlow } from '../../document/use-document.ts';
import { type Command, useCommands } from '../../ui/commands.ts';
import classes from './bot-page.module.css';

/** Name, state of saving, undo and redo, and the panels' switches. */
export function BotBar({ saved }: { saved: SavedFlow }) {
  const { t } = useTranslation('bot');
  const { document } = useOpenFlow();
  const name = useFlow((flow) => flow.name);
  const saveState = useSelector(document.store, (state) => state.context.saveState);
  const canUndo = useSelector(document.store, (state) => state.context.past.length > 0);
  const canRedo = useSelector(document.store, (state) => state.context.future.length > 0);
  const list = useMemo<Command[]>(
    () => [
      { id: 'bot.undo', title: t('undo'), group: t('group'), shortcuts: ['mod+z'], run: () => void document.undo() },
      {
        id: 'bot.redo',
        title: t('redo'),
        group: t('group'),
        shortcuts: ['mod+shift+z', 'mod+y'],
        run: () => void document.redo(),
      },
    ],
    [document, t],
  );
  useCommands(list);
  return (
    <header className={classes.bar}>
      <Text component="h1" fw={600} truncate>
        {name || saved.name}
      </Text>
      <Text size="sm" c="dimmed" role="status">
        {t(`saving.${saveState}`)}
      </Text>
      <Group gap="xs">
        <Button variant="default" size="xs" disabled={!canUndo} onClick={() => document.undo()}>
          {t('undo')}
        </Button>
        <Button variant="default" size="xs" disabled={!canRedo} onClick={() => document.redo()}>
          {t('redo')}
        </Button>
      </Group>
    </header>
  );
}
