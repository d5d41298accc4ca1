import { Modal, Text, TextInput } from '@mantine/core';
import { useSelector } from '@xstate/store-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Command, commands } from '../ui/commands.ts';
import { findByName } from '../ui/find-by-name.ts';
import { Keys } from '../ui/Keys.tsx';
import { useFocusBack } from '../ui/use-focus-back.ts';
import classes from './shortcut-help.module.css';

/** Every shortcut that works on the page as it stands, by what it belongs to. */
export default function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('app');
  useFocusBack();
  const [query, setQuery] = useState('');
  const sets = useSelector(commands, (state) => state.context.sets);
  const all = sets.flatMap((set) => set.commands).filter(({ shortcuts = [] }) => shortcuts.length > 0);
  const found = findByName(all, query, ({ title, group }) => `${title} ${group}`);
  const groups = [...new Set(found.map(({ group }) => group))];
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('help.title')}
      size="42rem"
      closeButtonProps={{ 'aria-label': t('help.close') }}
      transitionProps={{ duration: 80 }}
    >
      <TextInput
        className={classes.filter}
        data-autofocus
        aria-label={t('help.filter')}
        placeholder={t('help.filter')}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      <div className={classes.groups}>
        {groups.map((group) => (
          <section key={group} aria-label={group} className={classes.group}>
            <h3 className={classes.title}>{group}</h3>
            <dl className={classes.list}>
              {found
                .filter((command) => command.group === group)
                .map((command) => (
                  <Line key={command.id} command={command} />
                ))}
            </dl>
          </section>
        ))}
      </div>
      {found.length === 0 && <Text c="dimmed">{t('help.nothing', { query })}</Text>}
      <Text size="xs" c="dimmed" mt="md">
        {t('help.note')}
      </Text>
    </Modal>
  );
}

function Line({ command: { title, shortcuts = [] } }: { command: Command }) {
  const { t } = useTranslation('app');
  return (
    <div className={classes.line}>
      <dt>{title}</dt>
      <dd className={classes.keys}>
        {shortcuts.map((shortcut, index) => (
          <span key={shortcut} className={classes.one}>
            {index > 0 && <span className={classes.or}>{t('help.or')}</span>}
            <Keys shortcut={shortcut} />
          </span>
        ))}
      </dd>
    </div>
  );
}
