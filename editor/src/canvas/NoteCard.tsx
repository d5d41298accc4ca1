import type { NodeProps } from '@xyflow/react';
import { memo, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFlow, useOpenFlow, useWorkbench } from '../document/use-document.ts';
import { useCanvas, useCanvasStore } from './canvas-state.ts';
import { DraftText } from './DraftText.tsx';
import { type NoteNode, nameIn } from './graph.ts';
import classes from './note.module.css';

const MOST = 5_000; // letters, as the format allows

/** A note of the team on the canvas: bold, italic and addresses as in a chat; double click or Enter to write. */
export const NoteCard = memo(function NoteCard({ id: key, selected }: NodeProps<NoteNode>) {
  const { t } = useTranslation('canvas');
  const { id } = nameIn(key);
  const canvas = useCanvasStore();
  const text = useFlow((flow) => flow.layout.notes.find((note) => note.id === id)?.text);
  const isWriting = useCanvas((state) => state.writing === key);
  const isReadOnly = useWorkbench((state) => state.isReadOnly);
  if (text === undefined) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no note
    <div
      role="group"
      tabIndex={-1}
      data-card={key}
      data-selected={selected || undefined}
      aria-label={t('noteNamed', { text: text.slice(0, 80) })}
      className={classes.note}
      onDoubleClick={() => !isReadOnly && canvas.set({ writing: key })}
    >
      {isWriting ? <NoteField id={id} text={text} /> : <NoteText text={text} />}
    </div>
  );
});

function NoteText({ text }: { text: string }) {
  const { t } = useTranslation('canvas');
  return (
    <div className={classes.text} dir="auto">
      {text === '' ? <em>{t('noteEmpty')}</em> : <DraftText text={text} />}
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
