import { Button, Text } from '@mantine/core';
import { isObject } from '@parley/runtime';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { idFrom, isProvisional, provisionalId } from '../form/choice-id.ts';
import { choiceIds } from '../form/config-edits.ts';
import { FieldFrame } from '../form/FieldFrame.tsx';
import type { Field } from '../form/field.ts';
import { useForm, useValue } from '../form/form-context.ts';
import { FieldInput } from './FieldInput.tsx';
import type { FieldProps } from './field-props.ts';
import { moved } from './moved.ts';
import { SortableRows } from './SortableRows.tsx';
import classes from './sortable-rows.module.css';

type Item = Record<string, unknown>;

/** Lists whose items have a name of their own. */
const ITEMS = [
  'buttons',
  'rows',
  'sections',
  'cards',
  'conditions',
  'when',
  'cases',
  'branches',
  'reminders',
  'contacts',
] as const;

/** Items in an order: buttons, rows, sections, cards, conditions, reminders. */
export function List(props: FieldProps) {
  const { field, path } = props;
  const { t } = useTranslation('inspector');
  const form = useForm();
  const value = useValue(path);
  const items: unknown[] = Array.isArray(value) ? value : [];
  const item = field.item;
  if (!item) return null;
  const set = (next: unknown[]) => {
    form.settle();
    form.change(path, next.length === 0 && !field.isRequired ? undefined : next);
    form.settle();
  };

  const kind = ITEMS.find((one) => one === field.key);
  const nameOf = (one: unknown, index: number): string => {
    if (isObject(one) && typeof one.title === 'string' && one.title !== '') return one.title;
    const number = index + 1;
    return kind ? t(`list.items.${kind}`, { number }) : t('list.item', { list: props.label, number });
  };
  const isFull = field.most !== null && items.length >= field.most;
  return (
    <FieldFrame
      {...props}
      isGroup
      aside={
        field.most === null ? null : (
          <Text size="xs" c="dimmed" dir="ltr" aria-label={t('list.count', { count: items.length, limit: field.most })}>
            {items.length} / {field.most}
          </Text>
        )
      }
    >
      {() => (
        <>
          <SortableRows
            id={path.join('/')}
            names={items.map(nameOf)}
            onMove={(from, to) => set(moved(items, from, to))}
            onRemove={(index) => set(items.filter((_, at) => at !== index))}
          >
            {(index) => (
              <ItemFields item={item} path={[...path, index]} value={items[index]} name={nameOf(items[index], index)} />
            )}
          </SortableRows>
          {form.isReadOnly ? null : (
            <Button
              className={classes.add}
              variant="light"
              size="compact-sm"
              leftSection={<IconPlus size={14} aria-hidden="true" />}
              disabled={isFull}
              onClick={() => set([...items, newItem(item, choiceIds(form.values()))])}
            >
              {kind ? t(`list.adds.${kind}`) : t('list.add', { list: props.label })}
            </Button>
          )}
        </>
      )}
    </FieldFrame>
  );
}

function ItemFields({
  item,
  path,
  value,
  name,
}: {
  item: Field;
  path: FieldProps['path'];
  value: unknown;
  name: string;
}) {
  const { rename, values } = useForm();
  if (item.input !== 'object') return <FieldInput field={item} path={path} label={name} />;
  const id = isObject(value) && typeof value.id === 'string' ? value.id : null;
  const title = isObject(value) && typeof value.title === 'string' ? value.title : '';
  // A choice is called by its words as soon as it has some; from then on its id stays
  const nameIt = () => {
    if (id === null || !isProvisional(id)) return;
    const fresh = idFrom(title, choiceIds(values()));
    if (fresh) rename?.([...path, 'id'], id, fresh);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears when the keys leave the fields inside
    <div onBlur={nameIt} style={{ display: 'contents' }}>
      {item.fields.map((field) => (
        <FieldInput
          key={field.key}
          field={field.key === 'id' && id !== null && hasTitle(item) ? { ...field, input: 'way' } : field}
          path={[...path, field.key]}
        />
      ))}
    </div>
  );
}

const hasTitle = (item: Field): boolean => item.fields.some(({ key }) => key === 'title');

/** An item to begin with: required fields that must be there, an id that no other has. */
export function newItem(item: Field, taken: readonly string[]): unknown {
  if (item.input === 'condition') return newCondition(item, taken);
  if (item.input !== 'object') return '';
  const made: Item = {};
  for (const field of item.fields) {
    if (!field.isRequired) continue;
    if (field.key === 'id') made.id = provisionalId([...taken]);
    else if (field.input === 'duration') made[field.key] = 'PT1H';
    else if (field.input === 'choice') made[field.key] = field.options[0]?.value;
    else if (field.input === 'list' && field.item) {
      const ids = [...taken, ...choiceIds(made)];
      made[field.key] = [newItem(field.item, ids)];
    } else if (field.input === 'header') made[field.key] = { kind: 'image' };
    else if (field.input === 'number') made[field.key] = field.least ?? 0;
    else if (field.input === 'names') made[field.key] = [];
    else made[field.key] = '';
  }
  return made;
}

function newCondition(item: Field, taken: readonly string[]): Item {
  const has = (key: string) => item.fields.some((field) => field.key === key);
  return {
    ...(has('id') && { id: provisionalId([...taken]) }),
    ...(has('left') && { left: '' }),
    operator: 'equals',
    right: '',
  };
}
