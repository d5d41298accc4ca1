import type { Acting } from './acting.ts';
import { type CanvasNode, nameIn } from './graph.ts';
import { readingOrder, type Spot } from './navigate.ts';
import { CARD_WIDTH } from './places.ts';
import { firstView, inSight, viewWith } from './sight.ts';

const UNMEASURED = 100; // pixels: about how high a card is that was never drawn
const PATIENCE = 20; // frames until a card that was brought into sight must be drawn

export type Looking = ReturnType<typeof lookingActions>;

const ground = () => window.document.querySelector<HTMLElement>('[data-canvas]');
const cardOf = (key: string) => window.document.querySelector<HTMLElement>(`[data-card="${CSS.escape(key)}"]`);

/** Where things are on the canvas, what of it is seen, and which card has the keyboard. */
export function lookingActions({ flow, selection, canvas, view }: Acting) {
  const spotOf = (node: CanvasNode): Spot => ({
    id: node.id,
    x: node.position.x,
    y: node.position.y,
    width: node.measured?.width ?? node.width ?? CARD_WIDTH,
    height: node.measured?.height ?? node.height ?? UNMEASURED,
  });
  const spotsOf = (...kinds: CanvasNode['type'][]) =>
    view
      .getNodes()
      .filter(({ type }) => kinds.includes(type))
      .map(spotOf);
  /** Steps, and groups that are folded up. */
  const spots = () => spotsOf('card', 'folded');
  /** The middle of what is seen, for what comes from a key. */
  function middle(): [number, number] {
    const box = ground()?.getBoundingClientRect();
    const { x, y } = view.screenToFlowPosition({
      x: (box?.x ?? 0) + (box?.width ?? 0) / 2,
      y: (box?.y ?? 0) + (box?.height ?? 0) / 3,
    });
    return [Math.round(x - CARD_WIDTH / 2), Math.round(y)];
  }

  /** Shows cards whole, the first above all; what is seen already stays where it is. */
  function bring(keys: readonly string[]): void {
    const room = ground()?.getBoundingClientRect();
    const [first, ...others] = keys.flatMap((key) => view.getNode(key) ?? []).map(spotOf);
    if (!room || !first) return;
    const before = view.getViewport();
    const after = viewWith(before, [first, ...others], room);
    const isMoved = after.x !== before.x || after.y !== before.y || after.zoom !== before.zoom;
    if (isMoved) void view.setViewport(after);
  }

  /** Puts the keyboard's focus on a card, which is brought into sight and drawn first. */
  function focus(key: string, tries = PATIENCE): void {
    canvas.set({ active: key });
    if (!view.getNode(key) || tries === 0) return;
    if (tries === PATIENCE) bring([key]);
    const card = cardOf(key);
    if (card) card.focus({ preventScroll: true });
    else requestAnimationFrame(() => focus(key, tries - 1));
  }

  /** Keeps the keyboard on a card beside which a panel has opened, and the card in sight. */
  function stayOn(key: string): void {
    const room = ground()?.getBoundingClientRect();
    const node = view.getNode(key);
    if (!room || !node) return;
    void view.setViewport(inSight(view.getViewport(), spotOf(node), room));
    cardOf(key)?.focus({ preventScroll: true });
  }

  /** The whole bot where it can be read at that size, else its beginning. */
  function begin(): void {
    const room = ground()?.getBoundingClientRect();
    const trigger = flow().nodes.find(({ id }) => flow().edges.every(({ target }) => target !== id));
    const first = view.getNode(trigger?.id ?? '') ?? view.getNode(readingOrder(flow(), spots())[0] ?? '');
    // Notes far away do not make a small bot a large one
    const steps = view.getNodes().filter(({ type }) => type !== 'note');
    const nodes = steps.length > 0 ? steps : view.getNodes();
    const [box, ...boxes] = nodes.map(spotOf);
    if (!room || !box) return;
    void view.setViewport(firstView([box, ...boxes], first ? spotOf(first) : box, room));
  }

  return {
    spots,
    middle,
    bring,
    focus,
    stayOn,
    begin,
    /** Whatever the keyboard can stand on. */
    stops: () => spotsOf('card', 'folded', 'note'),
    /** Steps as one reads them, then notes. */
    order: (): string[] => [
      ...readingOrder(flow(), spots()),
      ...spotsOf('note')
        .sort((one, other) => one.y - other.y || one.x - other.x)
        .map(({ id }) => id),
    ],
    first: () => readingOrder(flow(), spots())[0],
    /** From a panel back to the card where one was. */
    goToCanvas: () => {
      const key = canvas.now().active ?? selection().nodes[0] ?? readingOrder(flow(), spots())[0];
      if (key && view.getNode(key)) focus(key);
      else ground()?.focus();
    },
    focusGround: () => ground()?.focus(),
    isStep: (key: string) => nameIn(key).kind === 'node' && flow().nodes.some(({ id }) => id === key),
    zoomIn: () => void view.zoomIn({ duration: 0 }),
    zoomOut: () => void view.zoomOut({ duration: 0 }),
    zoomFull: () => void view.zoomTo(1),
    fit: () => void view.fitView({ maxZoom: 1, padding: 0.1 }),
    fitSelection: () => {
      const nodes = selection().nodes.map((id) => ({ id }));
      if (nodes.length > 0) void view.fitView({ nodes, maxZoom: 1, minZoom: 0.4, padding: 0.3, duration: 0 });
    },
  };
}
