import { useEffect, useState } from 'react';

/** Gives the focus back to what opened a panel when the panel goes. For panels that are there only while open. */
export function useFocusBack(): void {
  const [opener] = useState(openerNow);
  useEffect(
    () => () => {
      // What was chosen in the panel may have sent the focus on
      if (document.activeElement !== null && document.activeElement !== document.body) return;
      if (opener?.isConnected) opener.focus({ preventScroll: true });
    },
    [opener],
  );
}

/** Of a menu's item, which goes with its menu, the button of the menu. */
function openerNow(): HTMLElement | null {
  const focused = document.activeElement;
  const menu = focused?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const opener = menu ? document.getElementById(menu) : focused;
  return opener instanceof HTMLElement && opener !== document.body ? opener : null;
}
