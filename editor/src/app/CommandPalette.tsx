import { CloseButton, Modal, TextInput, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Keys } from '../ui/Keys.tsx';
import { useFocusBack } from '../ui/use-focus-back.ts';
import classes from './command-palette.module.css';
import { type Entry, usePaletteEntries } from './use-palette-entries.ts';

const PAUSE = 150; // ms after the last letter, before the server is asked

/** Finds pages, bots and whatever can be done on the page; a combobox whose list is always open. */
export default function CommandPalette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('app');
  useFocusBack();
  const [query, setQuery] = useState('');
  const [asked] = useDebouncedValue(query, PAUSE);
  const { groups, isSearching, trouble } = usePaletteEntries(query, asked);
  const entries = groups.flatMap((group) => group.entries);
  const [wanted, setWanted] = useState<string | null>(null);
  const active = entries.find(({ id }) => id === wanted) ?? entries[0];
  const list = useId();
  const optionId = (entry: Entry) => `${list}-${entry.id}`;

  const run = (entry: Entry) => {
    onClose();
    entry.run();
  };
  const move = (by: number) => {
    const at = entries.findIndex(({ id }) => id === active?.id);
    setWanted(entries[(at + by + entries.length) % entries.length]?.id ?? null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const go: Record<string, () => void> = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Enter: () => active && run(active),
    };
    const act = go[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const status = trouble ?? (isSearching ? t('palette.searching') : t('palette.found', { count: entries.length }));
  return (
    <Modal.Root
      opened
      onClose={onClose}
      size="36rem"
      yOffset="10dvh"
      padding={0}
      transitionProps={{ duration: 80 }}
      classNames={{ body: classes.body, content: classes.content }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={t('palette.title')}>
        <Modal.Body>
          <TextInput
            data-autofocus
            role="combobox"
            aria-label={t('palette.field')}
            aria-expanded="true"
            aria-controls={list}
            aria-activedescendant={active && optionId(active)}
            aria-autocomplete="list"
            autoComplete="off"
            spellCheck={false}
            size="md"
            variant="unstyled"
            className={classes.field}
            leftSection={<IconSearch size={20} aria-hidden />}
            rightSectionPointerEvents="all"
            rightSection={
              <CloseButton className={classes.close} size="lg" aria-label={t('palette.close')} onClick={onClose} />
            }
            placeholder={t('shell.searchHint')}
            value={query}
            onChange={(event) => {
              setQuery(event.currentTarget.value);
              setWanted(null);
            }}
            onKeyDown={onKeyDown}
          />
          <div id={list} role="listbox" aria-label={t('palette.list')} className={classes.list} tabIndex={-1}>
            {groups.map((group) => (
              // biome-ignore lint/a11y/useSemanticElements: within a listbox, a group of options is no fieldset
              <div key={group.title} role="group" aria-label={group.title}>
                <div className={classes.group} aria-hidden>
                  {group.title}
                </div>
                {group.entries.map((entry) => (
                  <Option
                    key={entry.id}
                    id={optionId(entry)}
                    entry={entry}
                    isActive={entry.id === active?.id}
                    onPoint={() => setWanted(entry.id)}
                    onRun={() => run(entry)}
                  />
                ))}
              </div>
            ))}
          </div>
          {entries.length === 0 && !isSearching && (
            <p className={classes.nothing}>{t('palette.nothing', { query: query.trim() })}</p>
          )}
          {trouble && <p className={classes.nothing}>{trouble}</p>}
          <p className={classes.foot} aria-hidden>
            {t('palette.keys')}
          </p>
          <VisuallyHidden role="status">{status}</VisuallyHidden>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

interface OptionProps {
  id: string;
  entry: Entry;
  isActive: boolean;
  onPoint: () => void;
  onRun: () => void;
}

function Option({ id, entry, isActive, onPoint, onRun }: OptionProps) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  const [shortcut] = entry.shortcuts;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field keeps the focus and has the keys, as in every combobox
    <div
      ref={row}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className={classes.option}
      onMouseMove={onPoint}
      onClick={onRun}
    >
      <bdi className={classes.title} translate={entry.isData ? 'no' : undefined}>
        {entry.title}
      </bdi>
      {shortcut && (
        <span className={classes.keys}>
          <Keys shortcut={shortcut} />
        </span>
      )}
    </div>
  );
}
