import type { Flow, Problem } from '@parley/runtime';
import { useEffect } from 'react';
import { allProblems } from './all-problems.ts';
import type { HeldTexts } from './held-texts.ts';
import type { OpenFlow } from './use-document.ts';
import { watchUntouched } from './watch-untouched.ts';

const PAUSE = 250; // ms after the last edit: a check of a large flow takes longer than a letter
const PATIENCE = 500; // ms that the browser may be busy with other things before it is checked all the same

/** Tells the workbench what is wrong with the flow, whenever nothing was written for a moment and the browser has time. */
export function useChecks(open: OpenFlow): void {
  useEffect(() => {
    const { document, workbench } = open;
    let timer = 0;
    let idle = 0;
    let checked: { flow: Flow; judged: readonly Problem[]; held: HeldTexts } | null = null;
    const check = () => {
      const { flow, judged } = document.store.getSnapshot().context;
      const { held } = workbench.store.getSnapshot().context;
      if (flow === checked?.flow && judged === checked.judged && held === checked.held) return;
      checked = { flow, judged, held };
      workbench.setProblems(allProblems(flow, judged, held));
    };
    const stop = () => {
      window.clearTimeout(timer);
      cancelIdle(idle);
    };
    idle = whenIdle(check); // the cards come first: they do not wait for what is wrong with them
    const unwatch = watchUntouched(open);
    const soon = () => {
      stop();
      timer = window.setTimeout(() => {
        idle = whenIdle(check);
      }, PAUSE);
    };
    const subscriptions = [
      document.store.subscribe(soon),
      workbench.store.subscribe(({ context }) => {
        if (checked && context.held !== checked.held) soon();
      }),
    ];
    return () => {
      stop();
      unwatch();
      for (const one of subscriptions) one.unsubscribe();
    };
  }, [open]);
}

/** Safari knows no idle time: there it is the next turn. */
const knowsIdle = typeof window.requestIdleCallback === 'function';
const whenIdle = (run: () => void): number =>
  knowsIdle ? window.requestIdleCallback(run, { timeout: PATIENCE }) : window.setTimeout(run);
const cancelIdle = (id: number): void => (knowsIdle ? window.cancelIdleCallback(id) : window.clearTimeout(id));
