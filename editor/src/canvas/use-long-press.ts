import { type PointerEvent, useMemo } from 'react';

const LONG = 500; // ms, as phones have it
const TREMBLE = 8; // pixels that a resting finger moves

/** A long press of a finger opens the menu, as the right button does; browsers of some phones do not tell of it. */
export function useLongPress() {
  return useMemo(() => {
    let timer = 0;
    let began = { x: 0, y: 0 };
    const end = () => window.clearTimeout(timer);
    return {
      onPointerDown: (event: PointerEvent) => {
        if (event.pointerType !== 'touch' || !event.isPrimary) return end();
        const { clientX, clientY, target } = event;
        began = { x: clientX, y: clientY };
        timer = window.setTimeout(
          () =>
            target.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX, clientY })),
          LONG,
        );
      },
      onPointerMove: ({ clientX, clientY }: PointerEvent) => {
        if (Math.hypot(clientX - began.x, clientY - began.y) > TREMBLE) end();
      },
      onPointerUp: end,
      onPointerCancel: end,
    };
  }, []);
}
