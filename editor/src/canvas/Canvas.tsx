import { ReactFlow } from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { MiniMap, Panel, SelectionMode } from '@xyflow/react';
import { type FocusEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFlow, useOpenFlow, useWorkbench } from '../document/use-document.ts';
import { CanvasTools } from './CanvasTools.tsx';
import { Card } from './Card.tsx';
import classes from './canvas.module.css';
import { CanvasActionsContext } from './canvas-actions.ts';
import { CanvasContext, createCanvasStore, useCanvas, useCanvasStore } from './canvas-state.ts';
import { Dots } from './Dots.tsx';
import { EmptyCanvas } from './EmptyCanvas.tsx';
import { FoldedGroup, GroupFrame } from './GroupFrame.tsx';
import type { CanvasNode } from './graph.ts';
import { LinkingBar } from './LinkingBar.tsx';
import { LinkingWire } from './LinkingWire.tsx';
import { NoteCard } from './NoteCard.tsx';
import { Overlays } from './Overlays.tsx';
import { GRID } from './places.ts';
import { useActions } from './use-actions.ts';
import { useCanvasCommands } from './use-canvas-commands.ts';
import { useClipboard } from './use-clipboard.ts';
import { useDropping } from './use-dropping.ts';
import { useGraph } from './use-graph.ts';
import { useKeptView } from './use-kept-view.ts';
import { useKeys } from './use-keys.ts';
import { useLinking } from './use-linking.ts';
import { useLongPress } from './use-long-press.ts';
import { useOverlays } from './use-overlays.ts';
import { usePlaces } from './use-places.ts';
import { usePointing } from './use-pointing.ts';
import { Wire } from './Wire.tsx';

const nodeKinds = { card: Card, note: NoteCard, frame: GroupFrame, folded: FoldedGroup };
const edgeKinds = { wire: Wire };
const SNAP: [number, number] = [GRID, GRID];
const ZOOMS = { min: 0.1, max: 2 };
/** Buttons of a mouse that move the view: left and middle, or the middle one alone while dragging selects. */
const [MOVING, SELECTING] = [[0, 1], [1]];

/** React Flow's hints, in English, for keys of its own; ours are told by `keys`. */
const NO_WORDS = {
  'node.a11yDescription.default': '',
  'node.a11yDescription.keyboardDisabled': '',
  'edge.a11yDescription.default': '',
};

/** The flow, drawn. What is dragged is React Flow's until it is let go; then it is an edit. */
export function Canvas() {
  const [canvas] = useState(createCanvasStore);
  return (
    <CanvasContext value={canvas}>
      <Ground />
    </CanvasContext>
  );
}

function Ground() {
  const { t } = useTranslation('canvas');
  const canvas = useCanvasStore();
  const { workbench } = useOpenFlow();
  const { graph, refresh, isDragging, onNodesChange, onEdgesChange } = useGraph();
  const actions = useActions();
  const begin = useKeptView(actions.begin);
  const linking = useLinking(actions);
  const overlays = useOverlays(actions);
  useCanvasCommands(actions, linking.start);
  useClipboard(actions);
  const lookAgain = usePlaces(actions);
  const keys = useKeys(actions, overlays, linking);
  const pointing = usePointing({ actions, refresh, isDragging });
  const dropping = useDropping(actions);
  const longPress = useLongPress();
  const isReadOnly = useWorkbench((state) => state.isReadOnly);
  const isSelecting = useCanvas((state) => state.isSelecting);
  const hasFocus = useCanvas((state) => state.hasFocus);
  const hasMap = useCanvas((state) => state.hasMap);
  const isEmpty = useFlow(({ nodes, layout }) => nodes.length + layout.notes.length === 0);

  function focused({ target, currentTarget }: FocusEvent<HTMLElement>): void {
    const key = target.closest<HTMLElement>('[data-card]')?.dataset.card;
    canvas.set({ hasFocus: true, ...(key !== undefined && { active: key }) });
    // Tab comes to the canvas as a whole and goes on to the card where one was
    if (target !== currentTarget || canvas.now().linking) return;
    const { active } = canvas.now();
    const first = active ?? workbench.store.getSnapshot().context.selection.nodes[0] ?? actions.first();
    if (first && target.matches(':focus-visible')) actions.focus(first);
  }

  return (
    <CanvasActionsContext value={actions}>
      <section
        role="application"
        aria-label={t('canvas')}
        aria-describedby="canvas-keys"
        data-canvas=""
        tabIndex={hasFocus && !isEmpty ? -1 : 0}
        className={classes.canvas}
        onKeyDown={keys}
        onFocus={focused}
        onBlur={({ currentTarget, relatedTarget }) => {
          if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget)))
            canvas.set({ hasFocus: false, linking: null });
        }}
        {...dropping}
        {...longPress}
      >
        <p id="canvas-keys" className={classes.unseen}>
          {t('keys')}
        </p>
        <ReactFlow<CanvasNode, (typeof graph.edges)[number]>
          nodes={graph.nodes}
          edges={graph.edges}
          nodeTypes={nodeKinds}
          edgeTypes={edgeKinds}
          onNodesChange={onNodesChange}
          onEdgesChange={onEdgesChange}
          {...pointing}
          onlyRenderVisibleElements
          nodesFocusable={false}
          edgesFocusable={false}
          disableKeyboardA11y
          ariaLabelConfig={NO_WORDS}
          nodesDraggable={!isReadOnly}
          nodesConnectable={!isReadOnly}
          edgesReconnectable={!isReadOnly}
          connectOnClick={false}
          connectionRadius={28}
          reconnectRadius={14}
          deleteKeyCode={null}
          selectionOnDrag={isSelecting}
          selectionMode={SelectionMode.Partial}
          panOnDrag={isSelecting ? SELECTING : MOVING}
          panOnScroll
          zoomOnDoubleClick={false}
          elevateNodesOnSelect={false}
          nodeDragThreshold={3}
          snapToGrid
          snapGrid={SNAP}
          minZoom={ZOOMS.min}
          maxZoom={ZOOMS.max}
          onInit={() => {
            begin();
            lookAgain();
          }}
          dir="ltr"
          attributionPosition="bottom-left"
        >
          <Dots />
          <LinkingWire />
          {hasMap && <MiniMap pannable zoomable ariaLabel={t('map')} position="top-right" />}
          <Panel position="bottom-center">
            <CanvasTools actions={actions} />
          </Panel>
        </ReactFlow>
        {isEmpty && <EmptyCanvas onBegin={overlays.steps} isReadOnly={isReadOnly} />}
        <LinkingBar />
        <Overlays actions={actions} overlays={overlays} linkByArrows={linking.start} />
        <Told />
      </section>
    </CanvasActionsContext>
  );
}

/** Says what was done to who does not see it. */
function Told() {
  const { text, number } = useCanvas((state) => state.told);
  return (
    <p className={classes.unseen} role="log" aria-live="polite">
      {/* The same words twice in a row are two things that were done */}
      <span key={number}>{text}</span>
    </p>
  );
}
