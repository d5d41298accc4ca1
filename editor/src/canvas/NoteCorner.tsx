import { useReactFlow } from '@xyflow/react';
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useOpenFlow } from '../document/use-document.ts';
import { useCanvasActions } from './canvas-actions.ts';
import classes from './note.module.css';
import { sizedBy, within } from './note-size.ts';

interface NoteCornerProps {
  id: string;
  sizeNow: () => readonly [number, number];
  /** The size while it is dragged; null once it was let go. */
  onDrag: (size: readonly [number, number] | null) => void;
}

/** The corner of a note that makes it larger or smaller, by drag or by arrow keys. */
export function NoteCorner({ id, sizeNow, onDrag }: NoteCornerProps) {
  const { t } = useTranslation('canvas');
  const { document } = useOpenFlow();
  const view = useReactFlow();
  const { sizeNote } = useCanvasActions();
  const began = useRef<{ x: number; y: number; size: readonly [number, number] } | null>(null);

  function sizeAt({ clientX, clientY }: PointerEvent): [number, number] | null {
    if (!began.current) return null;
    const { x, y, size } = began.current;
    const zoom = view.getZoom();
    return within([size[0] + (clientX - x) / zoom, size[1] + (clientY - y) / zoom]);
  }
  function end(size: [number, number] | null): void {
    began.current = null;
    if (size) sizeNote(id, size);
    onDrag(null);
  }
  function pressed(event: KeyboardEvent): void {
    if (event.key === 'Escape' && began.current) {
      event.stopPropagation();
      end(null);
      return;
    }
    const size = sizedBy(event, sizeNow());
    if (!size) return;
    event.preventDefault();
    event.stopPropagation();
    sizeNote(id, size, `size of ${id}`);
  }

  return (
    <button
      type="button"
      className={`${classes.corner} nodrag nopan`}
      aria-label={t('noteCorner')}
      title={t('noteCorner')}
      onKeyDown={pressed}
      onBlur={document.settleMerge}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        began.current = { x: event.clientX, y: event.clientY, size: sizeNow() };
      }}
      onPointerMove={(event) => {
        const size = sizeAt(event);
        if (size) onDrag(size);
      }}
      onPointerUp={(event) => {
        const { x, y } = began.current ?? { x: 0, y: 0 };
        const isMoved = event.clientX !== x || event.clientY !== y;
        end(isMoved ? sizeAt(event) : null);
      }}
      onPointerCancel={() => end(null)}
      onDoubleClick={(event) => event.stopPropagation()}
    />
  );
}
