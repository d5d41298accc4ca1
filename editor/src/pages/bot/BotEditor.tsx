import type { Flow } from '@parley/runtime';
import { ReactFlowProvider } from '@xyflow/react';
import { useEffect, useRef, useState } from 'react';
import { readFlow, type SavedFlow, saveEdits } from '../../api/flows.ts';
import { readChanges } from '../../api/versions.ts';
import { randomLetters } from '../../document/browser-journals.ts';
import { createDocument } from '../../document/document.ts';
import type { OpenJournal } from '../../document/journal.ts';
import { useChecks } from '../../document/use-checks.ts';
import { type OpenFlow, OpenFlowContext } from '../../document/use-document.ts';
import { createWorkbench, type Panel } from '../../document/workbench.ts';
import { Palette } from '../../palette/Palette.tsx';
import { ProblemCommands } from '../../problems/ProblemCommands.tsx';
import { addressPart, noteInAddress } from '../../ui/use-address.ts';
import { isPhone } from '../../ui/use-phone.ts';
import { BotBar } from './BotBar.tsx';
import classes from './bot-page.module.css';
import { guardDraft } from './guard-draft.ts';
import { nameOfPanel, panelNamed } from './panels.ts';
import { SidePane } from './SidePane.tsx';
import { Stage } from './VersionStage.tsx';

/** One open flow: its document and what its panels share live as long as this is there. */
export function BotEditor({ saved, flow, journal }: { saved: SavedFlow; flow: Flow; journal: OpenJournal }) {
  const [open] = useState<OpenFlow>(() => {
    const workbench = createWorkbench(firstPanel());
    const document = createDocument({
      id: saved.id,
      saved: { flow, revision: saved.revision, problems: saved.problems },
      server: { saveEdits: (revision, edits, saving) => saveEdits(saved.id, revision, edits, saving) },
      journal,
      newSaving: randomLetters,
    });
    return { document: guardDraft(document, workbench), workbench };
  });
  useChecks(open);
  useSaving(open);
  useCatchingUp(open);
  usePanelInAddress(open);
  return (
    <OpenFlowContext value={open}>
      <ReactFlowProvider>
        <div className={classes.page}>
          <BotBar saved={saved} />
          <ProblemCommands />
          <div className={classes.work}>
            <Palette />
            <Stage />
            <SidePane />
          </div>
        </div>
      </ReactFlowProvider>
    </OpenFlowContext>
  );
}

/** What the link names; one to a conversation's journey opens where it is shown. On a phone the canvas comes first. */
function firstPanel(): Panel | null | undefined {
  const named = panelNamed(addressPart('panel'));
  if (named !== undefined) return named;
  if (addressPart('journey') !== null) return 'counts';
  return isPhone() ? null : undefined;
}

/** A reload comes back to the panel that was open, and the link leads others there. */
function usePanelInAddress({ workbench }: OpenFlow): void {
  useEffect(() => {
    let { panel } = workbench.store.getSnapshot().context;
    const { unsubscribe } = workbench.store.subscribe(({ context }) => {
      if (context.panel === panel) return;
      panel = context.panel;
      noteInAddress('panel', nameOfPanel(panel));
    });
    return unsubscribe;
  }, [workbench]);
}

/** Whoever comes back to a page where nothing was done meanwhile sees what others have saved. */
function useCatchingUp({ document }: OpenFlow): void {
  useEffect(() => {
    let isLooking = false;
    const look = async () => {
      if (isLooking || window.document.visibilityState !== 'visible' || !document.isIdle()) return;
      isLooking = true;
      try {
        const [newest] = await readChanges(document.id); // a few lines, where the flow may be long
        const { revision } = document.store.getSnapshot().context;
        if (newest && newest.revision > revision) document.catchUp(await readFlow(document.id));
      } catch {
        // The server is away: the next saving tells
      } finally {
        isLooking = false;
      }
    };
    window.addEventListener('focus', look);
    window.document.addEventListener('visibilitychange', look);
    return () => {
      window.removeEventListener('focus', look);
      window.document.removeEventListener('visibilitychange', look);
    };
  }, [document]);
}

/** Sends what is unsaved when the page is left or the network comes back. */
function useSaving({ document }: OpenFlow): void {
  const closing = useRef(0);
  useEffect(() => {
    window.clearTimeout(closing.current); // in development, effects are run twice
    const hidden = () => {
      document.keep();
      if (window.document.visibilityState === 'hidden') document.save();
    };
    const leaving = (event: BeforeUnloadEvent) => {
      document.keep();
      const { isKept } = document.store.getSnapshot().context;
      if (document.isDirty() && !isKept) event.preventDefault(); // the browser asks
    };
    window.addEventListener('online', document.online);
    window.addEventListener('pagehide', document.keep);
    window.addEventListener('beforeunload', leaving);
    window.document.addEventListener('visibilitychange', hidden);
    return () => {
      window.removeEventListener('online', document.online);
      window.removeEventListener('pagehide', document.keep);
      window.removeEventListener('beforeunload', leaving);
      window.document.removeEventListener('visibilitychange', hidden);
      closing.current = window.setTimeout(document.close);
    };
  }, [document]);
}
