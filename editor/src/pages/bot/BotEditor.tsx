import { nodeTypes } from '@parley/nodes';
import { checkFlow, type Flow } from '@parley/runtime';
import { ReactFlowProvider } from '@xyflow/react';
import { useEffect, useState } from 'react';
import { type SavedFlow, saveEdits } from '../../api/flows.ts';
import { Canvas } from '../../canvas/Canvas.tsx';
import { createDocument } from '../../document/document.ts';
import { createJournalStore } from '../../document/journal.ts';
import { type OpenFlow, OpenFlowContext } from '../../document/use-document.ts';
import { createWorkbench } from '../../document/workbench.ts';
import { Palette } from '../../palette/Palette.tsx';
import { BotBar } from './BotBar.tsx';
import classes from './bot-page.module.css';
import { SidePane } from './SidePane.tsx';

const CHECK_PAUSE = 250; // ms after the last edit: a check of a large flow takes longer than a letter

/** One open flow: its document and what its panels share live as long as this is there. */
export function BotEditor({ saved, flow }: { saved: SavedFlow; flow: Flow }) {
  const [open] = useState<OpenFlow>(() => ({
    document: createDocument({
      id: saved.id,
      saved: { flow, revision: saved.revision },
      server: { saveEdits: (revision, edits) => saveEdits(saved.id, revision, edits) },
      journals: createJournalStore(localStorage),
    }),
    workbench: createWorkbench(),
  }));
  useChecks(open);
  useSaving(open);
  return (
    <OpenFlowContext value={open}>
      <ReactFlowProvider>
        <div className={classes.page}>
          <BotBar saved={saved} />
          <div className={classes.work}>
            <Palette />
            <Canvas />
            <SidePane />
          </div>
        </div>
      </ReactFlowProvider>
    </OpenFlowContext>
  );
}

function useChecks({ document, workbench }: OpenFlow): void {
  useEffect(() => {
    let timer = 0;
    let checked: Flow | null = null;
    const check = () => {
      const { flow } = document.store.getSnapshot().context;
      if (flow === checked) return;
      checked = flow;
      workbench.setProblems(checkFlow(flow, nodeTypes));
    };
    check();
    const subscription = document.store.subscribe(() => {
      window.clearTimeout(timer);
      timer = window.setTimeout(check, CHECK_PAUSE);
    });
    return () => {
      window.clearTimeout(timer);
      subscription.unsubscribe();
    };
  }, [document, workbench]);
}

/** Sends what is unsaved when the page is left or the network comes back. */
function useSaving({ document }: OpenFlow): void {
  useEffect(() => {
    const hidden = () => window.document.visibilityState === 'hidden' && document.save();
    window.addEventListener('online', document.online);
    window.document.addEventListener('visibilitychange', hidden);
    return () => {
      window.removeEventListener('online', document.online);
      window.document.removeEventListener('visibilitychange', hidden);
      document.save();
    };
  }, [document]);
}
