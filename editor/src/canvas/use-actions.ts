import { nodeTypes } from '@parley/nodes';
import type { Edit, Flow, NodeType } from '@parley/runtime';
import { useReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Alignment, alignEdits, layoutEdits } from '../document/arrange.ts';
import { copyText, pasteEdits, readClip } from '../document/clipboard.ts';
import { groupEdits, toggleGroupEdits, ungroupEdits } from '../document/groups.ts';
import { newId } from '../document/new-id.ts';
import { connectedTo, downstreamOf, upstreamOf } from '../document/reach.ts';
import { removeEdits } from '../document/remove.ts';
import { useOpenFlow } from '../document/use-document.ts';
import { NOTHING, type Selection } from '../document/workbench.ts';
import { addStep, firstField, type Where } from '../steps/add-step.ts';
import { say } from '../ui/notices.ts';
import { useCanvasStore } from './canvas-state.ts';
import { type CanvasNode, groupKey, nameIn, noteKey } from './graph.ts';
import { readingOrder, type Spot } from './navigate.ts';
import { CARD_WIDTH, placeOf } from './places.ts';

const READABLE = 0.55; // zoom at which the words of a card can still be read
const BEGINNING = 0.8; // zoom at which a large bot opens
const NARROW = 500; // pixels: a phone
const MARGIN = 40; // pixels before the first card
const ASIDE = 40; // pixels between what is copied and its copy
/** Where the browser keeps no clipboard for us, such as on a page without https. */
let ownClipboard = '';

export type Actions = ReturnType<typeof useActions>;

/** All that can be done on the canvas, for keys, menus and pointers alike. Each tells what it did. */
export function useActions() {
  const { document, workbench } = useOpenFlow();
  const canvas = useCanvasStore();
  const view = useReactFlow<CanvasNode>();
  const { t } = useTranslation('canvas');
  return useMemo(() => {
    const flow = (): Flow => document.store.getSnapshot().context.flow;
    const selection = (): Selection => workbench.store.getSnapshot().context.selection;
    const isReadOnly = () => workbench.store.getSnapshot().context.isReadOnly;
    const spots = (): Spot[] =>
      view
        .getNodes()
        .filter((node) => node.type !== 'frame' && node.type !== 'note')
        .map((node) => ({
          id: node.id,
          x: node.position.x,
          y: node.position.y,
          width: node.measured?.width ?? CARD_WIDTH,
          height: node.measured?.height ?? 100,
        }));

    /** Applies edits and tells of it; what cannot be done is said in words. */
    function apply(edits: readonly Edit[], label: string, told: string): boolean {
      if (isReadOnly() || edits.length === 0) return false;
      const problem = document.apply(edits, label);
      if (problem) say(problem.message);
      else canvas.tell(told);
      return !problem;
    }

    /** The middle of what is seen, for what comes from a key. */
    function middle(): [number, number] {
      const box = window.document.querySelector('[data-canvas]')?.getBoundingClientRect();
      const { x, y } = view.screenToFlowPosition({
        x: (box?.x ?? 0) + (box?.width ?? 0) / 2,
        y: (box?.y ?? 0) + (box?.height ?? 0) / 3,
      });
      return [Math.round(x - CARD_WIDTH / 2), Math.round(y)];
    }

    function reveal(keys: readonly string[]): void {
      const nodes = keys.map((id) => ({ id }));
      if (nodes.length > 0) void view.fitView({ nodes, maxZoom: 1, minZoom: 0.4, padding: 0.3, duration: 0 });
    }

    /** Puts the keyboard's focus on a card, which is brought into sight and drawn first. */
    function focus(key: string, tries = 20): void {
      canvas.set({ active: key });
      const card = window.document.querySelector<HTMLElement>(`[data-card="${CSS.escape(key)}"]`);
      const box = window.document.querySelector('[data-canvas]')?.getBoundingClientRect();
      const at = card?.getBoundingClientRect();
      const isSeen =
        at && box && at.right > box.left && at.left < box.right && at.bottom > box.top && at.top < box.bottom;
      if (card && isSeen) {
        card.focus({ preventScroll: true });
        return;
      }
      const node = view.getNode(key);
      if (!node || tries === 0) return;
      void view.setCenter(node.position.x + CARD_WIDTH / 2, node.position.y + 80, {
        zoom: view.getZoom(),
        duration: 0,
      });
      requestAnimationFrame(() => focus(key, tries - 1));
    }

    function addStepAt(type: NodeType, where: Where): void {
      const { node, edits } = addStep(flow(), type, where);
      if (!apply(edits, 'add', t('told.added', { name: type.title }))) return;
      canvas.set({ overlay: null, active: node.id, wire: null });
      workbench.openPanel('inspector');
      workbench.show({ node: node.id, field: firstField(type) });
    }

    function addNote(at: readonly [number, number] = middle()): void {
      const id = newId('note', new Set(flow().layout.notes.map((note) => note.id)));
      if (
        !apply(
          [{ edit: 'addNote', note: { id, at: [Math.round(at[0]), Math.round(at[1])], text: '' } }],
          'note',
          t('told.note'),
        )
      )
        return;
      workbench.select({ notes: [id] });
      canvas.set({ writing: noteKey(id), active: noteKey(id), overlay: null });
    }

    function remove(): void {
      const chosen = selection();
      const count = chosen.nodes.length + chosen.edges.length + chosen.notes.length + chosen.groups.length;
      if (!apply(removeEdits(flow(), chosen), 'delete', t('told.deleted', { count }))) return;
      workbench.select(NOTHING);
      canvas.set({ active: null });
      window.document.querySelector<HTMLElement>('[data-canvas]')?.focus();
    }

    const clip = (): string => copyText(flow(), selection(), nodeTypes);
    function copy(): string {
      const text = clip();
      ownClipboard = text;
      canvas.tell(t('told.copied', { count: selection().nodes.length }));
      return text;
    }
    /** Puts what a text holds on the canvas; false where it is nothing of ours. */
    function paste(text: string, at?: readonly [number, number]): boolean {
      const read = readClip(text) ?? readClip(ownClipboard);
      if (!read || isReadOnly()) return false;
      const pasted = pasteEdits(flow(), read, at ?? middle(), nodeTypes);
      if (!apply(pasted.edits, 'paste', t('told.pasted', { count: pasted.selection.nodes.length }))) return false;
      workbench.select(pasted.selection);
      const names = pasted.missing.map(({ name }) => name).join(', ');
      if (names) say(t('missingHere', { names }));
      const first = pasted.selection.nodes[0];
      if (first) requestAnimationFrame(() => focus(first));
      return true;
    }
    function duplicate(): void {
      const read = readClip(clip());
      const first = selection().nodes[0];
      if (!read) return;
      const [x, y] = first ? topLeft(flow(), selection().nodes) : middle();
      const pasted = pasteEdits(flow(), read, [x + ASIDE, y + ASIDE], nodeTypes);
      if (!apply(pasted.edits, 'duplicate', t('told.duplicated', { count: pasted.selection.nodes.length }))) return;
      workbench.select(pasted.selection);
      if (pasted.selection.nodes[0]) requestAnimationFrame(() => focus(pasted.selection.nodes[0] ?? ''));
    }

    function selectMore(reach: typeof downstreamOf): void {
      const nodes = [...new Set([...selection().nodes, ...reach(flow(), selection().nodes, nodeTypes)])];
      workbench.select({ nodes });
      canvas.tell(t('told.selected', { count: nodes.length }));
    }

    const placed = () => {
      const chosen = new Set(selection().nodes);
      return spots().filter(({ id }) => chosen.has(id));
    };
    const sizes = () => new Map(spots().map(({ id, width, height }) => [id, { width, height }]));

    function nudge(dx: number, dy: number): void {
      const positions: Record<string, [number, number]> = {};
      flow().nodes.forEach(({ id }, index) => {
        if (!selection().nodes.includes(id)) return;
        const { x, y } = placeOf(flow(), id, index);
        positions[id] = [x + dx, y + dy];
      });
      const notes = flow().layout.notes.filter(({ id }) => selection().notes.includes(id));
      const edits: Edit[] = notes.map((note) => ({
        edit: 'setNote',
        note: { ...note, at: [note.at[0] + dx, note.at[1] + dy] },
      }));
      if (Object.keys(positions).length > 0) edits.push({ edit: 'moveNodes', positions, pin: true });
      if (isReadOnly() || edits.length === 0) return;
      document.apply(edits, 'move', `nudge ${selection().nodes.join(' ')}`);
      canvas.tell(t('told.moved'));
    }

    function group(): void {
      const { nodes } = selection();
      const id = newId('group', new Set(flow().layout.groups.map((one) => one.id)));
      if (
        nodes.length === 0 ||
        !apply(groupEdits(flow(), nodes, t('groupUntitled'), id), 'group', t('told.grouped', { count: nodes.length }))
      )
        return;
      workbench.select({ groups: [id] });
      canvas.set({ writing: groupKey(id), active: groupKey(id) });
    }
    /** Groups that are selected, or that hold what is. */
    const groupsHere = (): string[] => {
      const { groups, nodes } = selection();
      return flow()
        .layout.groups.filter((one) => groups.includes(one.id) || one.nodes.some((id) => nodes.includes(id)))
        .map(({ id }) => id);
    };

    return {
      flow,
      selection,
      spots,
      apply,
      focus,
      reveal,
      middle,
      addStepAt,
      addNote,
      remove,
      copy,
      paste,
      duplicate,
      nudge,
      group,
      isReadOnly,
      /** The whole bot where it can be read at that size, else its beginning. */
      begin: () => {
        const ground = window.document.querySelector('[data-canvas]')?.getBoundingClientRect();
        const all = view.getNodesBounds(view.getNodes());
        const first = view.getNode(readingOrder(flow(), spots())[0] ?? '');
        if (!ground || !first) return;
        if (Math.min(ground.width / all.width, ground.height / all.height) >= READABLE) {
          void view.fitView({ maxZoom: 1, padding: 0.1 });
          return;
        }
        const zoom = ground.width < NARROW ? 1 : BEGINNING;
        const { x, y } = first.position;
        void view.setViewport({ zoom, x: MARGIN - x * zoom, y: ground.height / 4 - y * zoom });
      },
      /** From a panel back to the card where one was. */
      goToCanvas: () => {
        const key = canvas.now().active ?? selection().nodes[0] ?? readingOrder(flow(), spots())[0];
        if (key) focus(key);
        else window.document.querySelector<HTMLElement>('[data-canvas]')?.focus();
      },
      first: () => readingOrder(flow(), spots())[0],
      selectAll: () => {
        const { nodes, layout } = flow();
        workbench.select({ nodes: nodes.map(({ id }) => id), notes: layout.notes.map(({ id }) => id) });
        canvas.tell(t('told.selected', { count: nodes.length }));
      },
      selectDownstream: () => selectMore(downstreamOf),
      selectUpstream: () => selectMore(upstreamOf),
      selectConnected: () => selectMore(connectedTo),
      align: (how: Alignment) => apply(alignEdits(flow(), placed(), how), 'align', t('told.aligned')),
      tidy: (all: boolean) => {
        apply(layoutEdits(flow(), sizes(), nodeTypes, { all }), 'tidy', t('told.tidied'));
        requestAnimationFrame(() => void view.fitView({ maxZoom: 1, padding: 0.1 }));
      },
      ungroup: () => apply(ungroupEdits(flow(), groupsHere()), 'ungroup', t('told.ungrouped')),
      fold: () => {
        const [id] = groupsHere();
        if (id) apply(toggleGroupEdits(flow(), id), 'fold', t('told.folded'));
      },
      zoomIn: () => void view.zoomIn({ duration: 0 }),
      zoomOut: () => void view.zoomOut({ duration: 0 }),
      zoomFull: () => void view.zoomTo(1),
      fit: () => void view.fitView({ maxZoom: 1, padding: 0.1 }),
      fitSelection: () => reveal(selection().nodes),
      disconnect: (id: string) => apply([{ edit: 'disconnect', id }], 'disconnect', t('told.disconnected')),
      open: (key: string) => {
        const { kind, id } = nameIn(key);
        if (kind === 'node') {
          workbench.select({ nodes: [id] });
          workbench.openPanel('inspector');
          const node = flow().nodes.find((one) => one.id === id);
          const type = node && nodeTypes.get(node.type);
          workbench.show({ node: id, field: type && firstField(type) });
        } else if (!isReadOnly()) canvas.set({ writing: key });
      },
    };
  }, [document, workbench, canvas, view, t]);
}

function topLeft(flow: Flow, ids: readonly string[]): [number, number] {
  const places = flow.nodes.flatMap(({ id }, index) => (ids.includes(id) ? [placeOf(flow, id, index)] : []));
  return [Math.min(...places.map(({ x }) => x)), Math.min(...places.map(({ y }) => y))];
}
