import { useEffect, useState } from 'react';

/** Gives the focus back to what opened a panel when the panel goes. For panels that are there only while open. */
export function useFocusBack(): void {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    },
    [opener],
  );
}
