import { useEffect } from 'react';
import { useOpenFlow } from '../document/use-document.ts';
import type { Actions } from './use-actions.ts';

/** Copy, cut and paste of the browser, while the keyboard is on the canvas and nobody writes or marks words. */
export function useClipboard(actions: Actions): void {
  const { workbench } = useOpenFlow();
  useEffect(() => {
    const isOurs = () => {
      const at = window.document.activeElement;
      const isWriting = at instanceof HTMLElement && (/^(INPUT|TEXTAREA)$/.test(at.tagName) || at.isContentEditable);
      const isFree = at === window.document.body || at?.closest('[data-canvas]') != null;
      return isFree && !isWriting;
    };
    const hasSelection = () => {
      const { nodes, notes, groups } = workbench.store.getSnapshot().context.selection;
      return nodes.length + notes.length + groups.length > 0 && !window.getSelection()?.toString();
    };
    const copied = (event: ClipboardEvent) => {
      if (!isOurs() || !hasSelection()) return;
      event.clipboardData?.setData('text/plain', actions.copy());
      event.preventDefault();
      if (event.type === 'cut') actions.cut();
    };
    const pasted = (event: ClipboardEvent) => {
      if (isOurs() && actions.paste(event.clipboardData?.getData('text/plain') ?? '')) event.preventDefault();
    };
    window.addEventListener('copy', copied);
    window.addEventListener('cut', copied);
    window.addEventListener('paste', pasted);
    return () => {
      window.removeEventListener('copy', copied);
      window.removeEventListener('cut', copied);
      window.removeEventListener('paste', pasted);
    };
  }, [actions, workbench]);
}
