import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { say } from '../ui/notices.ts';
import { useCanvasStore } from './canvas-state.ts';
import { nameIn } from './graph.ts';
import type { Actions } from './use-actions.ts';

export type Overlays = ReturnType<typeof useOverlays>;

/** Opens what hangs over the canvas from the keyboard: at the card that the keyboard is at. */
export function useOverlays(actions: Actions) {
  const canvas = useCanvasStore();
  const { t } = useTranslation('canvas');
  return useMemo(() => {
    const current = (): string | undefined => actions.selection().nodes[0] ?? canvas.now().active ?? undefined;
    /** Beside a card, or in the middle of the canvas. */
    function besideOf(key: string | undefined): { x: number; y: number } {
      const card = key && window.document.querySelector(`[data-card="${CSS.escape(key)}"]`);
      const ground = window.document.querySelector('[data-canvas]')?.getBoundingClientRect();
      const box = card ? card.getBoundingClientRect() : ground;
      if (!box) return { x: 0, y: 0 };
      return card ? { x: box.right, y: box.top + 24 } : { x: box.left + box.width / 2, y: box.top + box.height / 4 };
    }
    return {
      steps: () => {
        const node = current();
        const isNode =
          node !== undefined && nameIn(node).kind === 'node' && actions.flow().nodes.some(({ id }) => id === node);
        canvas.set({
          overlay: {
            kind: 'steps',
            screen: besideOf(isNode ? node : undefined),
            where: isNode ? { kind: 'after', node } : { kind: 'place', at: actions.middle() },
          },
        });
      },
      /** At a place that the menu was opened at. */
      stepsAt: (at: readonly [number, number]) => {
        const overlay = canvas.now().overlay;
        const screen = overlay?.kind === 'menu' ? overlay.screen : besideOf(undefined);
        canvas.set({ overlay: { kind: 'steps', screen, where: { kind: 'place', at } } });
      },
      connect: (port: string | null = null) => {
        const node = current();
        if (node && nameIn(node).kind === 'node')
          canvas.set({ overlay: { kind: 'connect', screen: besideOf(node), node, port } });
      },
      menu: () => {
        const key = canvas.now().active ?? current();
        const target = key === undefined ? { kind: 'canvas' as const, at: actions.middle() } : nameIn(key);
        canvas.set({ overlay: { kind: 'menu', screen: besideOf(key), target } });
      },
      /** By a menu: the browser may ask, or may not let a page read at all; then what was copied here is taken. */
      paste: async (at?: readonly [number, number]) => {
        const text = await (navigator.clipboard?.readText() ?? Promise.resolve('')).catch(() => '');
        if (!actions.paste(text, at)) say(t('nothingToPaste'));
      },
    };
  }, [actions, canvas, t]);
}
