import { Button, CloseButton, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useForm } from '../form/form-context.ts';
import type { Path } from '../form/paths.ts';
import { TemplateArea } from '../text/TemplateArea.tsx';
import classes from './record-rows.module.css';

interface RecordRowsProps {
  path: Path;
  entries: readonly (readonly [name: string, value: unknown])[];
  textOf: (value: unknown) => string;
  readValue: (text: string, before: unknown) => unknown;
  nameLabel: string;
  valueLabel: string;
  addLabel: string;
  /** Names may hold anything (HTTP headers); variables' names hold no blanks. */
  isFree?: boolean;
  onEntries: (entries: [string, unknown][]) => void;
}

/** Names with a value each. A row counts as soon as it has a name that no other has. */
export function RecordRows(props: RecordRowsProps) {
  const { entries, textOf, readValue, nameLabel, valueLabel, onEntries, path } = props;
  const { t } = useTranslation('inspector');
  const { id, isReadOnly, settle } = useForm();
  const [isAdding, setAdding] = useState(false);
  const [goingOn, setGoingOn] = useState<string | null>(null);
  const names = entries.map(([name]) => name);
  const clean = (name: string) => (props.isFree ? name.trim() : name.trim().replace(/[{}]/g, '').replace(/\s+/g, '_'));
  const idOf = (row: number) => `${id}-${path.join('-')}-${row}`;
  const named = goingOn === null ? -1 : names.indexOf(goingOn);
  const next = named === -1 ? null : idOf(named);
  useEffect(() => {
    if (next === null) return;
    document.getElementById(next)?.focus();
    setGoingOn(null);
  }, [next]);
  const control = (row: number) => ({
    id: idOf(row),
    'aria-describedby': undefined,
    'aria-invalid': undefined,
    'aria-required': undefined,
  });
  return (
    <div className={classes.rows}>
      {entries.map(([name, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the name itself is edited; the row is known by its place
        <div key={index} className={classes.row}>
          <NameInput
            name={name}
            label={`${nameLabel} ${index + 1}`}
            taken={names}
            clean={clean}
            onName={(next) => {
              settle();
              onEntries(entries.map((one, at) => (at === index ? [next, value] : [...one])));
              settle();
            }}
          />
          <TemplateArea
            control={control(index)}
            isOneLine
            label={t('record.valueOf', { value: valueLabel, name })}
            value={textOf(value)}
            onChange={(text) =>
              onEntries(entries.map((one, at) => (at === index ? [name, readValue(text, value)] : [...one])))
            }
          />
          {isReadOnly ? null : (
            <CloseButton
              aria-label={t('list.remove', { name })}
              onClick={() => {
                settle();
                onEntries(entries.filter((_, at) => at !== index).map((one) => [...one]));
                settle();
              }}
            />
          )}
        </div>
      ))}
      {isAdding ? (
        <div className={classes.row}>
          <NameInput
            name=""
            label={t('record.newName', { name: nameLabel })}
            taken={names}
            clean={clean}
            isNew
            onName={(next) => {
              setAdding(false);
              onEntries([...entries.map((one): [string, unknown] => [...one]), [next, '']]);
            }}
            onGoOn={setGoingOn}
            onGiveUp={() => setAdding(false)}
          />
        </div>
      ) : isReadOnly ? null : (
        <Button
          className={classes.add}
          variant="light"
          size="compact-sm"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={() => setAdding(true)}
        >
          {props.addLabel}
        </Button>
      )}
    </div>
  );
}

interface NameInputProps {
  name: string;
  label: string;
  taken: readonly string[];
  clean: (name: string) => string;
  isNew?: boolean;
  onName: (name: string) => void;
  /** By keyboard to the value, which is there once it has a name. */
  onGoOn?: (name: string) => void;
  onGiveUp?: () => void;
}

function NameInput({ name, label, taken, clean, isNew = false, onName, onGoOn, onGiveUp }: NameInputProps) {
  const { t } = useTranslation('inspector');
  const { isReadOnly } = useForm();
  const [text, setText] = useState<string | null>(null);
  const typed = clean(text ?? name);
  const isTwice = typed !== name && taken.includes(typed);
  const commit = () => {
    if (text === null || typed === '' || isTwice || typed === name) {
      setText(null);
      if (typed === '') onGiveUp?.();
      return;
    }
    setText(null);
    onName(typed);
  };
  return (
    <TextInput
      aria-label={label}
      dir="ltr"
      spellCheck={false}
      autoCapitalize="off"
      data-autofocus={isNew || undefined}
      ref={(element) => {
        if (isNew && element && text === null) element.focus();
      }}
      readOnly={isReadOnly}
      value={text ?? name}
      error={isTwice ? t('record.twice', { name: typed }) : undefined}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        const isGood = typed !== '' && !isTwice;
        if (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey && isNew && isGood)) {
          event.preventDefault();
          commit();
          if (isGood) onGoOn?.(typed);
        }
        if (event.key === 'Escape' && isNew) onGiveUp?.();
      }}
    />
  );
}
