import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import classes from './steps.module.css';

export interface Pick {
  id: string;
  title: string;
  /** A second line. */
  hint?: string;
  icon?: ReactNode;
  /** Heading above; items of one group stand together. */
  group?: string;
}

interface PickListProps {
  label: string;
  placeholder: string;
  nothing: string;
  query: string;
  onQuery: (query: string) => void;
  /** What the query leaves, best first. */
  items: readonly Pick[];
  onPick: (id: string) => void;
  /** Where items can be carried to the canvas. */
  onDragStart?: (id: string, event: React.DragEvent) => void;
  autoFocus?: boolean;
  /** How many were found, for a screen reader. */
  count: string;
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 };

/** A field and the list that it narrows; the focus stays in the field, arrow keys move the choice, Enter takes it. */
export function PickList(props: PickListProps) {
  const { items, query } = props;
  const base = useId();
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const chosen = Math.min(at, items.length - 1);
  const idOf = (index: number) => `${base}-${index}`;
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  function pressed(event: KeyboardEvent) {
    const step = STEPS[event.key];
    if (step !== undefined) setAt(Math.max(0, Math.min(items.length - 1, chosen + step)));
    else if (event.key === 'Enter' && items[chosen]) props.onPick(items[chosen].id);
    else return;
    event.preventDefault();
  }

  return (
    <div className={classes.pick}>
      <TextInput
        aria-label={props.label}
        placeholder={props.placeholder}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        value={query}
        onChange={(event) => {
          props.onQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={pressed}
        role="combobox"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={`${base}-list`}
        aria-activedescendant={items.length > 0 ? idOf(chosen) : undefined}
        data-autofocus={props.autoFocus}
        autoFocus={props.autoFocus}
        autoComplete="off"
        className={classes.search}
      />
      <div
        ref={list}
        className={classes.list}
        role="listbox"
        id={`${base}-list`}
        aria-label={props.label}
        tabIndex={-1}
      >
        {groupsOf(items).map(([group, members]) => (
          <Group key={group} title={group}>
            {members.map(({ item, index }) => (
              <Row
                key={item.id}
                id={idOf(index)}
                item={item}
                isChosen={index === chosen}
                onPoint={() => setAt(index)}
                onPick={() => props.onPick(item.id)}
                onDragStart={props.onDragStart && ((event) => props.onDragStart?.(item.id, event))}
              />
            ))}
          </Group>
        ))}
      </div>
      <p className={items.length === 0 ? classes.nothing : classes.unseen} role="status">
        {items.length === 0 ? props.nothing : query && props.count}
      </p>
    </div>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  if (title === '') return children;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a listbox
    <div role="group" aria-labelledby={id}>
      <div id={id} className={classes.heading} role="presentation">
        {title}
      </div>
      {children}
    </div>
  );
}

interface RowProps {
  id: string;
  item: Pick;
  isChosen: boolean;
  onPoint: () => void;
  onPick: () => void;
  onDragStart?: (event: React.DragEvent) => void;
}

const Row = ({ id, item, isChosen, onPoint, onPick, onDragStart }: RowProps) => (
  // biome-ignore lint/a11y/useKeyWithClickEvents: the field above takes the keys, as a combobox does
  // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the active option
  <div
    id={id}
    role="option"
    aria-selected={isChosen}
    className={classes.row}
    onClick={onPick}
    onPointerMove={isChosen ? undefined : onPoint}
    draggable={onDragStart !== undefined}
    onDragStart={onDragStart}
  >
    {item.icon}
    <span className={classes.words}>
      <span className={classes.title}>{item.title}</span>
      {item.hint && <span className={classes.hint}>{item.hint}</span>}
    </span>
  </div>
);

function groupsOf(items: readonly Pick[]): [string, { item: Pick; index: number }[]][] {
  const groups = new Map<string, { item: Pick; index: number }[]>();
  items.forEach((item, index) => {
    const group = item.group ?? '';
    groups.set(group, [...(groups.get(group) ?? []), { item, index }]);
  });
  return [...groups];
}
