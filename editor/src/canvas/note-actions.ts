import type { Note, NoteColor } from '@parley/runtime';
import type { Acting } from './acting.ts';
import { within } from './note-size.ts';

/** How large a note is, and its colour. */
export function noteActions({ flow, apply, t }: Acting) {
  const noteIn = (id: string) => flow().layout.notes.find((note) => note.id === id);
  return {
    /** Null: as high as its text again. What is sized again and again by keys is one thing to undo. */
    sizeNote: (id: string, size: readonly [number, number] | null, merge: string | null = null) => {
      const note = noteIn(id);
      if (!note) return;
      const { size: old, ...rest } = note;
      const next: Note = size ? { ...rest, size: within(size) } : rest;
      const isSame = size ? old?.[0] === next.size?.[0] && old?.[1] === next.size?.[1] : old === undefined;
      if (!isSame) apply([{ edit: 'setNote', note: next }], 'sizeNote', t('told.noteSized'), merge);
    },
    colorNotes: (ids: readonly string[], color: NoteColor) => {
      const edits = ids.flatMap((id) => {
        const note = noteIn(id);
        if (!note || (note.color ?? PLAIN) === color) return [];
        const { color: _, ...rest } = note;
        return [{ edit: 'setNote' as const, note: color === PLAIN ? rest : { ...rest, color } }];
      });
      apply(edits, 'colorNote', t('told.noteColored', { color: t(`noteColors.${color}`) }));
    },
  };
}

/** The colour of a note that says none. */
export const PLAIN: NoteColor = 'yellow';
