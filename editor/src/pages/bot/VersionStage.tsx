import { ReactFlowProvider } from '@xyflow/react';
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { Canvas } from '../../canvas/Canvas.tsx';
import { createDocument } from '../../document/document.ts';
import { NO_JOURNAL } from '../../document/journal.ts';
import { type OpenFlow, OpenFlowContext, useOpenFlow, useWorkbench } from '../../document/use-document.ts';
import { createWorkbench, type Viewing } from '../../document/workbench.ts';
import { ViewBar } from '../../publish/ViewBar.tsx';
import { guardDraft } from './guard-draft.ts';
import classes from './version-stage.module.css';

/** The canvas with the draft, or with what is looked at in its place. */
export function Stage() {
  const viewing = useWorkbench((state) => state.viewing);
  return viewing ? <VersionStage viewing={viewing} /> : <Canvas />;
}

const LAYER = 'diff';

/** A version, or two of them in one, on a canvas of its own: what the panels keep of the draft is not drawn over it. */
function VersionStage({ viewing }: { viewing: Viewing }) {
  const { workbench: outside, document } = useOpenFlow();
  const open = useMemo(() => openReadOnly(document.id, viewing), [document.id, viewing]);

  useEffect(() => {
    let last = 0;
    const follow = ({ context: { place } }: ReturnType<typeof outside.store.getSnapshot>) => {
      if (!place || place.number === last) return;
      last = place.number;
      const { number: _, ...rest } = place;
      open.workbench.show(rest);
    };
    follow(outside.store.getSnapshot()); // a panel may have asked before this canvas was there
    const followed = outside.store.subscribe(follow);
    return () => {
      followed.unsubscribe();
      open.document.close();
    };
  }, [open, outside]);

  const stage = useRef<HTMLDivElement>(null);
  useKeysBack(stage);

  return (
    <div ref={stage} className={classes.stage}>
      <ViewBar viewing={viewing} />
      <OpenFlowContext value={open}>
        <ReactFlowProvider>
          <Canvas />
        </ReactFlowProvider>
      </OpenFlowContext>
    </div>
  );
}

/** Whoever had the keys on this canvas has them on the draft's, which comes in its place. */
function useKeysBack(stage: RefObject<HTMLElement | null>): void {
  const hadKeys = useRef(false);
  useLayoutEffect(
    () => () => {
      hadKeys.current = stage.current?.contains(window.document.activeElement) ?? false;
    },
    [stage],
  );
  useEffect(
    () => () => {
      if (hadKeys.current) window.document.querySelector<HTMLElement>('[data-canvas]')?.focus();
    },
    [],
  );
}

function openReadOnly(id: string, { flow, layer }: Viewing): OpenFlow {
  const document = createDocument({
    id,
    saved: { flow, revision: 1 },
    server: { saveEdits: () => Promise.resolve({ kind: 'refused', error: new Error() }) },
    journal: NO_JOURNAL,
    newSaving: () => '',
  });
  const workbench = createWorkbench(null);
  workbench.setReadOnly(true);
  workbench.draw(LAYER, layer);
  return { document: guardDraft(document, workbench), workbench };
}
