import { type FinalConnectionState, type ReactFlowProps, useReactFlow } from '@xyflow/react';
import { type RefObject, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { newEdgeId } from '../document/new-id.ts';
import { useOpenFlow } from '../document/use-document.ts';
import type { Panel } from '../document/workbench.ts';
import { say } from '../ui/notices.ts';
import { isPhone } from '../ui/use-phone.ts';
import { type MenuTarget, useCanvasStore } from './canvas-state.ts';
import { type CanvasNode, EMPTY, type Graph, movesOf, nameIn, toEdge, type Wire } from './graph.ts';
import { stepAt } from './linking.ts';
import { refusalOf } from './refusal.ts';
import type { Actions } from './use-actions.ts';

interface Pointing {
  actions: Actions;
  refresh: () => void;
  isDragging: RefObject<boolean>;
}

/** Panels that stay when a card is clicked: the canvas is their picture. The card's own tools have its settings. */
const WATCHING: readonly Panel[] = ['simulator', 'problems', 'find', 'counts'];
const LINGER = 250; // ms that a wire's tools stay while the pointer is on its way to them

/** What a mouse or a finger does on the canvas. */
export function usePointing({ actions, refresh, isDragging }: Pointing): Partial<ReactFlowProps<CanvasNode, Wire>> {
  const { workbench } = useOpenFlow();
  const canvas = useCanvasStore();
  const view = useReactFlow<CanvasNode>();
  const { t } = useTranslation('canvas');
  return useMemo(() => {
    let leaving = 0;
    let began: Graph = EMPTY;
    function begin(): void {
      isDragging.current = true;
      began = { nodes: view.getNodes(), edges: [] };
    }
    function letGo(moved: readonly CanvasNode[]): void {
      isDragging.current = false;
      actions.apply(movesOf(actions.flow(), moved, began), 'move', t('told.moved'));
      refresh();
    }
    const realTarget = (key: string): string => stepAt(actions.flow(), key);
    function connect(source: string, sourceHandle: string | null | undefined, target: string, old?: Wire): void {
      const edge = toEdge({ source, sourceHandle, target: realTarget(target) }, '');
      const refusal = refusalOf(actions.flow(), edge.source, edge.target);
      if (refusal) {
        say(t(`refused.${refusal}`));
        return;
      }
      const id = newEdgeId(actions.flow(), edge.source, edge.sourceHandle);
      const gone = old ? [{ edit: 'disconnect' as const, id: old.id }] : [];
      actions.apply(
        [...gone, { edit: 'connect', edge: { ...edge, id } }],
        'connect',
        t('told.connected', { name: actions.nameOf(edge.target) }),
      );
    }
    /** Let go anywhere on a card connects to it; on the ground the steps are offered there. */
    function ended(event: MouseEvent | TouchEvent, state: FinalConnectionState): void {
      if (state.isValid || !state.fromHandle || !state.fromNode) return;
      const point = 'changedTouches' in event ? event.changedTouches[0] : event;
      if (!point) return;
      const card = window.document.elementFromPoint(point.clientX, point.clientY)?.closest<HTMLElement>('[data-card]');
      const target = card?.dataset.card;
      const isFrame =
        target !== undefined && view.getNode(target)?.type !== 'card' && view.getNode(target)?.type !== 'folded';
      if (state.fromHandle.type === 'target') return;
      if (target !== undefined && !isFrame) {
        connect(state.fromNode.id, state.fromHandle.id, target);
        return;
      }
      const from = toEdge({ source: state.fromNode.id, sourceHandle: state.fromHandle.id, target: '' }, '');
      const { x, y } = view.screenToFlowPosition({ x: point.clientX, y: point.clientY });
      const isFar = Math.hypot(x - (state.from?.x ?? x), y - (state.from?.y ?? y)) > 12; // a press that trembled is none
      if (!isFar) return;
      canvas.set({
        overlay: {
          kind: 'steps',
          screen: { x: point.clientX, y: point.clientY },
          where: { kind: 'after', node: from.source, port: from.sourceHandle, at: [x, y - 24] },
        },
      });
    }
    function menu(event: { preventDefault: () => void; clientX?: number; clientY?: number }, target: MenuTarget): void {
      event.preventDefault();
      canvas.set({ overlay: { kind: 'menu', screen: { x: event.clientX ?? 0, y: event.clientY ?? 0 }, target } });
    }
    return {
      onConnect: ({ source, sourceHandle, target }) => connect(source, sourceHandle, target),
      onConnectEnd: ended,
      onReconnect: (old, { source, sourceHandle, target }) => connect(source, sourceHandle, target, old),
      isValidConnection: ({ source, target }) => refusalOf(actions.flow(), source, realTarget(target)) === null,
      onNodeDragStart: begin,
      onNodeDragStop: (_, __, moved) => letGo(moved),
      onSelectionDragStart: begin,
      onSelectionDragStop: (_, moved) => letGo(moved),
      onNodeClick: (event, { id }) => {
        const isMore = event.shiftKey || event.ctrlKey || event.metaKey;
        if (isMore) return;
        canvas.set({ chosen: id, linking: null });
        const { panel } = workbench.store.getSnapshot().context;
        const isKept = panel !== null && WATCHING.includes(panel);
        if (isKept || nameIn(id).kind !== 'node') return;
        workbench.openPanel('inspector');
        // What was clicked keeps the keys: it may be copied next. On a phone the panel lies over it
        if (panel !== 'inspector' && !isPhone()) requestAnimationFrame(() => actions.stayOn(id));
      },
      onNodeDoubleClick: (_, { id }) => {
        if (nameIn(id).kind === 'node') actions.open(id);
      },
      onNodeContextMenu: (event, { id }) => {
        const target = nameIn(id);
        const { nodes } = workbench.store.getSnapshot().context.selection;
        if (target.kind === 'node' && !nodes.includes(target.id)) workbench.select({ nodes: [target.id] });
        if (target.kind === 'note') workbench.select({ notes: [target.id] });
        if (target.kind === 'group') workbench.select({ groups: [target.id] });
        canvas.set({ active: id });
        menu(event, target);
      },
      onEdgeContextMenu: (event, { id }) => {
        workbench.select({ edges: [id] });
        menu(event, { kind: 'wire', id });
      },
      onSelectionContextMenu: (event) => {
        const [id] = workbench.store.getSnapshot().context.selection.nodes;
        if (id) menu(event, { kind: 'node', id });
      },
      onPaneContextMenu: (event) => {
        const { x, y } = view.screenToFlowPosition({ x: event.clientX, y: event.clientY });
        menu(event, { kind: 'canvas', at: [x, y] });
      },
      onPaneClick: (event) => {
        canvas.set({ linking: null });
        if (event.detail !== 2 || actions.isReadOnly()) return;
        const { x, y } = view.screenToFlowPosition({ x: event.clientX, y: event.clientY });
        canvas.set({
          overlay: {
            kind: 'steps',
            screen: { x: event.clientX, y: event.clientY },
            where: { kind: 'place', at: [x, y] },
          },
        });
      },
      onEdgeMouseEnter: (_, { id }) => {
        window.clearTimeout(leaving);
        canvas.set({ wire: id });
      },
      onEdgeMouseLeave: (_, { id }) => {
        leaving = window.setTimeout(() => {
          const isOnTools = window.document.querySelector('[data-wire-tools]:hover') !== null;
          if (canvas.now().wire === id && !isOnTools) canvas.set({ wire: null });
        }, LINGER);
      },
    };
  }, [actions, canvas, view, workbench, refresh, isDragging, t]);
}
