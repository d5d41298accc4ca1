import { FocusTrap } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import classes from './overlays.module.css';

const EDGE = 8; // pixels between it and the edge of the window
const SIZE = { width: 340, height: 440 };

interface FloatingProps {
  label: string;
  screen: { x: number; y: number };
  onClose: () => void;
  children: ReactNode;
}

/** A small window at a place of the screen; a sheet at the foot of a phone. Escape and a press beside it close it. */
export function Floating({ label, screen, onClose, children }: FloatingProps) {
  useEffect(() => {
    const pressed = (event: PointerEvent) => {
      if (event.target instanceof Element && event.target.closest('[data-floating]') === null) onClose();
    };
    window.addEventListener('pointerdown', pressed, true);
    return () => window.removeEventListener('pointerdown', pressed, true);
  }, [onClose]);
  const left = Math.max(EDGE, Math.min(screen.x + EDGE, window.innerWidth - SIZE.width - EDGE));
  const top = Math.max(EDGE, Math.min(screen.y, window.innerHeight - SIZE.height - EDGE));
  return (
    <FocusTrap active>
      <div
        data-floating
        role="dialog"
        aria-label={label}
        className={classes.floating}
        style={{
          '--left': `${left}px`,
          '--top': `${top}px`,
          '--width': `${SIZE.width}px`,
          '--height': `${SIZE.height}px`,
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onClose();
        }}
      >
        {children}
      </div>
    </FocusTrap>
  );
}
