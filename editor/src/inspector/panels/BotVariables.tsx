import { Button, CloseButton, NativeSelect, TextInput } from '@mantine/core';
import { type Edit, type Flow, VariableName } from '@parley/runtime';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOpenFlow } from '../../document/use-document.ts';
import { asText } from '../fields/as-text.ts';
import { readJson } from '../fields/use-json-text.ts';
import { VARIABLE_TYPES, type VariableType } from '../variables-of.ts';
import classes from './panels.module.css';

type Variable = Flow['variables'][number];
type Value = Variable['initial'];

/** Variables that the flow declares: their type, and what they hold when it begins. */
export function BotVariables({ variables, isReadOnly }: { variables: readonly Variable[]; isReadOnly: boolean }) {
  const { t } = useTranslation('inspector');
  const { document } = useOpenFlow();
  const apply = (edits: Edit[], merge: string | null = null) => document.apply(edits, 'variable', merge);
  const taken = new Set(variables.map(({ name }) => name));
  const fresh = () => {
    let number = variables.length + 1;
    while (taken.has(`variable${number}`)) number++;
    return `variable${number}`;
  };
  return (
    <section className={classes.section} aria-label={t('variables.title')}>
      <h3 className={classes.sectionTitle}>{t('variables.title')}</h3>
      <p className={classes.quiet}>{t('variables.about')}</p>
      <ul className={classes.list}>
        {variables.map((variable, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the name itself is edited; it is known by its place
          <li key={index} className={classes.card}>
            <div className={classes.row}>
              <NameField
                name={variable.name}
                taken={taken}
                isReadOnly={isReadOnly}
                onName={(name) =>
                  apply([
                    { edit: 'removeVariable', name: variable.name },
                    { edit: 'setVariable', variable: { ...variable, name }, index },
                  ])
                }
              />
              <NativeSelect
                aria-label={t('variables.type', { name: variable.name })}
                data={VARIABLE_TYPES.map((type) => ({ value: type, label: t(`types.${type}`) }))}
                value={variable.type}
                disabled={isReadOnly}
                onChange={(event) =>
                  apply([
                    { edit: 'setVariable', variable: { ...variable, type: event.currentTarget.value as VariableType } },
                  ])
                }
              />
              {isReadOnly ? null : (
                <CloseButton
                  aria-label={t('list.remove', { name: variable.name })}
                  onClick={() => apply([{ edit: 'removeVariable', name: variable.name }])}
                />
              )}
            </div>
            <InitialField
              variable={variable}
              isReadOnly={isReadOnly}
              onInitial={(initial) => {
                const { initial: _, ...others } = variable;
                const next: Variable = initial === undefined ? others : { ...others, initial };
                apply([{ edit: 'setVariable', variable: next }], `variable ${variable.name}`);
              }}
            />
          </li>
        ))}
      </ul>
      {isReadOnly ? null : (
        <Button
          variant="light"
          size="compact-sm"
          w="fit-content"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={() => apply([{ edit: 'setVariable', variable: { name: fresh(), type: 'text' } }])}
        >
          {t('variables.add')}
        </Button>
      )}
    </section>
  );
}

interface NameFieldProps {
  name: string;
  taken: ReadonlySet<string>;
  isReadOnly: boolean;
  onName: (name: string) => void;
}

/** A name counts when it is left; one that cannot be is kept in the field and says why. */
function NameField({ name, taken, isReadOnly, onName }: NameFieldProps) {
  const { t } = useTranslation('inspector');
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? name;
  const fault =
    text === name ? null : !VariableName.safeParse(text).success ? 'wrongName' : taken.has(text) ? 'twice' : null;
  return (
    <TextInput
      aria-label={t('variables.name', { name })}
      dir="ltr"
      spellCheck={false}
      readOnly={isReadOnly}
      value={text}
      error={fault ? t(`variables.${fault}`) : undefined}
      onChange={(event) => setTyped(event.currentTarget.value.replace(/\s/g, '_'))}
      onBlur={() => {
        if (fault) return;
        setTyped(null);
        if (text !== name) onName(text);
      }}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  );
}

interface InitialFieldProps {
  variable: Variable;
  isReadOnly: boolean;
  onInitial: (value: Value) => void;
}

/** What it holds at first, as its type writes it; a text that only looks like a number stays a text. */
function InitialField({ variable, isReadOnly, onInitial }: InitialFieldProps) {
  const { t } = useTranslation('inspector');
  const { t: problem } = useTranslation('problems');
  const { document } = useOpenFlow();
  const { name, type, initial } = variable;
  const [typed, setTyped] = useState<string | null>(null);
  const label = t('variables.initial', { name });
  if (type === 'boolean')
    return (
      <NativeSelect
        label={label}
        data={[
          { value: '', label: t('variables.nothing') },
          { value: 'true', label: t('yes') },
          { value: 'false', label: t('no') },
        ]}
        value={initial === undefined ? '' : String(initial)}
        disabled={isReadOnly}
        onChange={(event) =>
          onInitial(event.currentTarget.value === '' ? undefined : event.currentTarget.value === 'true')
        }
      />
    );
  const text = typed ?? asText(initial);
  const isText = type === 'text' || type === 'date';
  const read = isText ? { value: text } : readJson(text);
  return (
    <TextInput
      label={label}
      dir="auto"
      readOnly={isReadOnly}
      value={text}
      placeholder={t('variables.nothing')}
      error={read === null ? problem('codes.json_unread') : undefined}
      onChange={(event) => {
        const next = event.currentTarget.value;
        const found = isText ? { value: next } : readJson(next);
        setTyped(found === null ? next : null);
        if (found) onInitial(next === '' ? undefined : (found.value as Value));
      }}
      onBlur={document.settleMerge}
    />
  );
}
