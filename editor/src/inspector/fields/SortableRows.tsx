import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { ActionIcon, CloseButton } from '@mantine/core';
import { IconGripVertical } from '@tabler/icons-react';
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useForm } from '../form/form-context.ts';
import classes from './sortable-rows.module.css';

interface SortableRowsProps {
  /** Tells this list's rows from another's. */
  id: string;
  /** What each row is called when it is moved or removed. */
  names: readonly string[];
  children: (index: number) => ReactNode;
  onMove: (from: number, to: number) => void;
  onRemove: (index: number) => void;
  canRemove?: boolean;
}

/** Rows that are put in order by dragging, or by keys on their handle: Space takes one up, the arrows move it. */
export function SortableRows({ id, names, children, onMove, onRemove, canRemove = true }: SortableRowsProps) {
  const { t } = useTranslation('inspector');
  const { isReadOnly } = useForm();
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const ids = names.map((_, index) => `${id}/${index}`);
  const placeOf = (one: string | number) => ids.indexOf(String(one));
  const nameOf = (one: string | number) => names[placeOf(one)] ?? '';
  const hasMoved = useRef(false);
  const list = useFocusOnAdded(names.length);
  const announcements: Announcements = {
    onDragStart: ({ active }) => {
      hasMoved.current = false;
      return t('sorting.lifted', { name: nameOf(active.id) });
    },
    onDragOver: ({ active, over }) => {
      // A row that is taken up is over itself at once: that must not talk over "is taken up"
      hasMoved.current ||= over?.id !== active.id;
      if (!over || !hasMoved.current) return undefined;
      return t('sorting.over', { name: nameOf(active.id), place: placeOf(over.id) + 1, total: ids.length });
    },
    onDragEnd: ({ active, over }) =>
      t('sorting.dropped', { name: nameOf(active.id), place: placeOf(over?.id ?? active.id) + 1 }),
    onDragCancel: ({ active }) => t('sorting.cancelled', { name: nameOf(active.id) }),
  };
  const end = ({ active, over }: DragEndEvent) => {
    if (over && active.id !== over.id) onMove(placeOf(active.id), placeOf(over.id));
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={end}
      accessibility={{ announcements, screenReaderInstructions: { draggable: t('sorting.how') } }}
    >
      <SortableContext items={ids} strategy={verticalListSortingStrategy}>
        <ol ref={list} className={classes.rows}>
          {ids.map((one, index) => (
            <Row
              key={one}
              id={one}
              name={names[index] ?? ''}
              isFixed={isReadOnly || ids.length < 2}
              onRemove={isReadOnly || !canRemove ? null : () => onRemove(index)}
            >
              {children(index)}
            </Row>
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  );
}

/** Who adds a row by the button below wants to write in it. */
function useFocusOnAdded(count: number): RefObject<HTMLOListElement | null> {
  const list = useRef<HTMLOListElement>(null);
  const before = useRef(count);
  useEffect(() => {
    const rows = list.current;
    const hasGrown = count > before.current;
    before.current = count;
    const isByButton = rows?.parentElement?.contains(document.activeElement) && !rows.contains(document.activeElement);
    if (!rows || !hasGrown || !isByButton) return;
    const field = rows.lastElementChild?.querySelector<HTMLElement>(
      'input, textarea, select, [contenteditable="true"]',
    );
    field?.focus();
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.select();
  }, [count]);
  return list;
}

interface RowProps {
  id: string;
  name: string;
  isFixed: boolean;
  onRemove: (() => void) | null;
  children: ReactNode;
}

function Row({ id, name, isFixed, onRemove, children }: RowProps) {
  const { t } = useTranslation('inspector');
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({
    id,
    disabled: isFixed,
  });
  return (
    <li
      ref={setNodeRef}
      className={classes.row}
      data-dragging={isDragging || undefined}
      style={{ transform: transform ? `translateY(${transform.y}px)` : undefined, transition }}
    >
      <ActionIcon
        variant="subtle"
        color="gray"
        className={classes.handle}
        {...attributes}
        {...listeners}
        disabled={isFixed}
        aria-label={t('sorting.move', { name })}
      >
        <IconGripVertical size={16} aria-hidden="true" />
      </ActionIcon>
      <div className={classes.content}>{children}</div>
      {onRemove ? (
        <CloseButton className={classes.remove} size="sm" aria-label={t('list.remove', { name })} onClick={onRemove} />
      ) : null}
    </li>
  );
}
