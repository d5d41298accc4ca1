import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  activateFlow,
  createFlow,
  deactivateFlow,
  type FlowSummary,
  publishFlow,
  removeFlow,
} from '../../api/flows.ts';
import { RequestError } from '../../api/request.ts';
import { say } from '../../ui/notices.ts';
import type { ProblemReport } from './ProblemsDialog.tsx';
import welcomeFlow from './welcome-flow.json';
import { words } from './words.ts';

export const FLOWS = ['flows'] as const;

/** What the buttons of the page do. What is worth more than a sentence lands in `report`. */
export function useFlowActions() {
  const client = useQueryClient();
  const [report, setReport] = useState<ProblemReport | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: FLOWS });
  const outcome = { onSettled: refresh, onError: (error: Error) => say(error.message) };

  const publishing = useMutation({
    mutationFn: (flow: FlowSummary) => publishFlow(flow.id),
    onSettled: refresh,
    onSuccess: ({ version, problems }, flow) => {
      if (problems.length === 0) return say(words.published(flow.name, version));
      const title = words.problems.publishedWith(flow.name, version);
      setReport({ flow: flow.id, title, text: words.problems.publishedText, problems });
    },
    onError: (error, flow) => {
      const problems = error instanceof RequestError ? error.problems : [];
      if (problems.length === 0) return say(error.message);
      setReport({
        flow: flow.id,
        title: words.problems.refused(flow.name),
        text: words.problems.refusedText(flow.published !== null),
        problems,
      });
    },
  });
  const switching = useMutation({
    mutationFn: ({ flow, on }: { flow: FlowSummary; on: boolean }) => (on ? activateFlow : deactivateFlow)(flow.id),
    ...outcome,
    onSuccess: (_, { flow, on }) => say((on ? words.activated : words.deactivated)(flow.name)),
  });
  const removing = useMutation({
    mutationFn: (flow: FlowSummary) => removeFlow(flow.id),
    ...outcome,
    onSuccess: (_, flow) => say(words.removed(flow.name)),
  });
  const addingExample = useMutation({
    mutationFn: () => createFlow(welcomeFlow),
    ...outcome,
    onSuccess: (flow) => say(words.exampleAdded(flow.name)),
  });

  const busy =
    (publishing.isPending && publishing.variables.id) || (switching.isPending && switching.variables.flow.id) || null;
  return {
    report,
    showProblems: ({ id, name, problems }: FlowSummary) =>
      setReport({ flow: id, title: words.problems.of(name), text: null, problems }),
    closeReport: () => setReport(null),
    publish: (flow: FlowSummary) => publishing.mutate(flow),
    turn: (flow: FlowSummary, on: boolean) => switching.mutate({ flow, on }),
    remove: (flow: FlowSummary) => removing.mutate(flow),
    addExample: () => addingExample.mutate(),
    isAddingExample: addingExample.isPending,
    /** The flow whose publishing or switching is under way. */
    busy,
  };
}
