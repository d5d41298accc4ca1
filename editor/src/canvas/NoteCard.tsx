import type { NodeProps } from '@xyflow/react';
import { memo, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFlow, useOpenFlow, useWorkbench } from '../document/use-document.ts';
import { useCanvas, useCanvasStore } from './canvas-state.ts';
import { DraftText } from './DraftText.tsx';
import { type NoteNode, nameIn } from './graph.ts';
import { NoteCorner } from './NoteCorner.tsx';
import { NoteTools } from './NoteTools.tsx';
import classes from './note.module.css';
import { PLAIN } from './note-actions.ts';

const MOST = 5_000; // letters, as the format allows

/** A note of the team on the canvas: bold, italic and addresses as in a chat; double click or Enter to write. */
export const NoteCard = memo(function NoteCard({ id: key, selected }: NodeProps<NoteNode>) {
  const { t } = useTranslation('canvas');
  const { id } = nameIn(key);
  const canvas = useCanvasStore();
  const note = useFlow((flow) => flow.layout.notes.find((one) => one.id === id));
  const isWriting = useCanvas((state) => state.writing === key);
  const isReadOnly = useWorkbench((state) => state.isReadOnly);
  const isAlone = useWorkbench(
    ({ selection: { nodes, notes, groups } }) => nodes.length + notes.length + groups.length === 1,
  );
  /** While its corner is dragged: it becomes an edit when it is let go. */
  const [dragged, setDragged] = useState<readonly [number, number] | null>(null);
  const box = useRef<HTMLDivElement>(null);
  if (note === undefined) return null;
  const { text, color = PLAIN } = note;
  const size = dragged ?? note.size;
  const hasTools = selected && isAlone && !isReadOnly;
  return (
    <>
      {hasTools && <NoteTools id={id} color={color} isSized={note.size !== undefined} />}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is no note */}
      <div
        ref={box}
        role="group"
        tabIndex={-1}
        data-card={key}
        data-color={color}
        data-selected={selected || undefined}
        data-sized={size !== undefined || undefined}
        aria-label={t('noteNamed', { text: text.slice(0, 80) })}
        className={classes.note}
        style={size && { width: size[0], height: size[1] }}
        onDoubleClick={() => !isReadOnly && canvas.set({ writing: key })}
      >
        {isWriting ? <NoteField id={id} text={text} /> : <NoteText text={text} />}
        {hasTools && (
          <NoteCorner
            id={id}
            sizeNow={() => size ?? [box.current?.offsetWidth ?? 0, box.current?.offsetHeight ?? 0]}
            onDrag={setDragged}
          />
        )}
      </div>
    </>
  );
});

function NoteText({ text }: { text: string }) {
  const { t } = useTranslation('canvas');
  return (
    <div className={classes.text} dir="auto">
      {text === '' ? <em>{t('noteEmpty')}</em> : <DraftText text={text} most={Number.POSITIVE_INFINITY} />}
    </div>
  );
}

function NoteField({ id, text }: { id: string; text: string }) {
  const { t } = useTranslation('canvas');
  const { document } = useOpenFlow();
  const canvas = useCanvasStore();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  function write(value: string) {
    const note = document.store.getSnapshot().context.flow.layout.notes.find((one) => one.id === id);
    if (note && note.text !== value)
      document.apply([{ edit: 'setNote', note: { ...note, text: value } }], 'note', `note ${id}`);
  }
  return (
    <textarea
      ref={field}
      className={`${classes.field} nodrag nopan nowheel`}
      aria-label={t('noteText')}
      defaultValue={text}
      maxLength={MOST}
      rows={Math.min(16, Math.max(3, text.split('\n').length + 1))}
      dir="auto"
      onChange={(event) => write(event.currentTarget.value)}
      onBlur={() => {
        document.settleMerge();
        canvas.set({ writing: null });
      }}
    />
  );
}
