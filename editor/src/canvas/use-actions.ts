import { nodeTypes } from '@parley/nodes';
import type { Flow, NodeType } from '@parley/runtime';
import { useReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { nodesIn } from '../document/groups.ts';
import { newId } from '../document/new-id.ts';
import { useNodeName } from '../document/node-name.ts';
import { useProblemWords } from '../document/problem-words.ts';
import { connectedTo, downstreamOf, upstreamOf } from '../document/reach.ts';
import { removeEdits } from '../document/remove.ts';
import { useOpenFlow } from '../document/use-document.ts';
import { NOTHING, type Selection } from '../document/workbench.ts';
import { addStep, firstField, type Where } from '../steps/add-step.ts';
import { useNodeWords } from '../ui/node-words.ts';
import { type Acting, actingOn } from './acting.ts';
import { arrangingActions } from './arranging-actions.ts';
import { useCanvasStore } from './canvas-state.ts';
import { clipboardActions } from './clipboard-actions.ts';
import { type CanvasNode, nameIn, noteKey } from './graph.ts';
import { type Looking, lookingActions } from './looking-actions.ts';
import { noteActions } from './note-actions.ts';
import { nodeIn } from './use-card.ts';

export type Actions = ReturnType<typeof useActions>;

/** All that can be done on the canvas, for keys, menus and pointers alike. Each tells what it did. */
export function useActions() {
  const { document, workbench } = useOpenFlow();
  const canvas = useCanvasStore();
  const view = useReactFlow<CanvasNode>();
  const { t } = useTranslation('canvas');
  const word = useNodeWords();
  const named = useNodeName();
  const inWords = useProblemWords();
  return useMemo(() => {
    const acting = actingOn({ document, workbench, canvas, view, t, inWords });
    const looking = lookingActions(acting);
    return {
      ...looking,
      ...clipboardActions(acting, looking),
      ...arrangingActions(acting, looking),
      ...noteActions(acting),
      ...choosingActions(acting),
      ...stepActions(acting, looking, word),
      flow: acting.flow,
      /** What a step is called. */
      nameOf: (id: string): string => {
        const node = nodeIn(acting.flow(), id);
        return node ? named(node) : id;
      },
      selection: acting.selection,
      isReadOnly: acting.isReadOnly,
      apply: acting.apply,
    };
  }, [document, workbench, canvas, view, t, word, named, inWords]);
}

/** Adding, opening and removing. */
function stepActions(acting: Acting, { middle, focusGround }: Looking, word: (english: string) => string) {
  const { flow, selection, isReadOnly, apply, canvas, workbench, t } = acting;
  const remove = (chosen: Selection) => {
    const count = chosen.nodes.length + chosen.edges.length + chosen.notes.length + chosen.groups.length;
    if (!apply(removeEdits(flow(), chosen), 'delete', t('told.deleted', { count }))) return;
    workbench.select(NOTHING);
    canvas.set({ active: null });
    focusGround();
  };
  return {
    addStepAt: (type: NodeType, where: Where) => {
      const { node, edits, before } = addStep(flow(), type, where);
      if (!apply(edits, 'add', t('told.added', { name: word(type.title) }))) return;
      canvas.set({ overlay: null, active: node.id, wire: null });
      workbench.openPanel('inspector');
      workbench.show({ node: node.id, field: firstField(type), beside: before });
    },
    addNote: (at: readonly [number, number] = middle()) => {
      const id = newId('note', new Set(flow().layout.notes.map((note) => note.id)));
      const note = { id, at: [Math.round(at[0]), Math.round(at[1])] as [number, number], text: '' };
      if (!apply([{ edit: 'addNote', note }], 'addNote', t('told.note'))) return;
      workbench.select({ notes: [id] });
      canvas.set({ writing: noteKey(id), active: noteKey(id), overlay: null });
    },
    remove: () => remove(selection()),
    /** What was just copied, so also the steps of an open group: a paste brings them again. */
    cut: () => remove({ ...selection(), nodes: [...nodesIn(flow(), selection())], edges: [] }),
    disconnect: (id: string) => apply([{ edit: 'disconnect', id }], 'disconnect', t('told.disconnected')),
    /** A step's settings, or the words of a note or a group. */
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
}

/** Selecting by where wires lead. */
function choosingActions({ flow, selection, canvas, workbench, t }: Acting) {
  function selectMore(reach: (flow: Flow, ids: readonly string[], types: typeof nodeTypes) => string[]): void {
    const nodes = [...new Set([...selection().nodes, ...reach(flow(), selection().nodes, nodeTypes)])];
    workbench.select({ nodes });
    canvas.tell(t('told.selected', { count: nodes.length }));
  }
  return {
    selectAll: () => {
      const { nodes, layout } = flow();
      workbench.select({ nodes: nodes.map(({ id }) => id), notes: layout.notes.map(({ id }) => id) });
      canvas.tell(t('told.selected', { count: nodes.length }));
    },
    selectDownstream: () => selectMore(downstreamOf),
    selectUpstream: () => selectMore(upstreamOf),
    selectConnected: () => selectMore(connectedTo),
  };
}
