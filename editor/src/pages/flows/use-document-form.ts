import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { checkDocument, type FlowDocument, type SavedFlow, saveFlow } from '../../api/flows.ts';
import { RequestError } from '../../api/request.ts';
import { say } from '../../ui/notices.ts';
import { readJsonObject } from '../../ui/read-json.ts';
import { countErrors } from './describe-problems.ts';
import { FLOWS } from './use-flow-actions.ts';
import { words } from './words.ts';

/** What another person saved meanwhile. */
export interface Conflict {
  revision: number;
  document: FlowDocument;
  changes: string[];
}

/** The query of a flow that is open for editing. */
export const openFlow = (id: string) => ['flow', id, 'edit'] as const;

const write = (document: FlowDocument): string => JSON.stringify(document, null, 2);

/** The text of one flow's document: what is saved, what was typed since, and what came between. */
export function useDocumentForm(flow: SavedFlow, onDirty: (isDirty: boolean) => void) {
  const client = useQueryClient();
  const [base, setBase] = useState({ text: write(flow.document), revision: flow.revision, problems: flow.problems });
  const [text, setText] = useState(base.text);
  const [fault, setFault] = useState<{ message: string; position: number | null } | null>(null);

  const saving = useMutation({
    mutationFn: ({ text, revision }: { text: string; document: FlowDocument; revision: number }) =>
      saveFlow(flow.id, { document: JSON.parse(text), revision }),
    onSuccess: (saved, sent) => {
      const { revision, problems } = saved;
      client.setQueryData(openFlow(flow.id), saved);
      setBase({ text: sent.text, revision, problems });
      onDirty(text !== sent.text);
      void client.invalidateQueries({ queryKey: FLOWS });
      const errors = countErrors(problems);
      say(errors === 0 ? words.editing.saved : words.editing.savedWith(errors));
    },
  });
  const conflict = conflictIn(saving.error);
  const checking = useMutation({
    mutationFn: checkDocument,
    onSuccess: ({ problems }) => setBase((before) => ({ ...before, problems })),
  });

  const change = (next: string) => {
    setText(next);
    setFault(null);
    onDirty(next !== base.text);
  };
  const save = (revision = base.revision) => {
    const read = readJsonObject(text);
    setFault(read.ok ? null : read);
    if (read.ok) saving.mutate({ text, document: read.value, revision });
  };
  const takeTheirs = () => {
    if (!conflict) return;
    const theirs = write(conflict.document);
    setBase({ text: theirs, revision: conflict.revision, problems: [] });
    setText(theirs);
    onDirty(false);
    saving.reset();
    checking.mutate(conflict.document);
    client.setQueryData(openFlow(flow.id), { ...flow, ...conflict, name: String(conflict.document.name ?? flow.name) });
  };

  return {
    text,
    fault,
    problems: base.problems,
    isDirty: text !== base.text,
    isSaving: saving.isPending,
    conflict,
    trouble: conflict ? null : (saving.error?.message ?? null),
    change,
    save: () => save(),
    takeTheirs,
    saveOverTheirs: () => conflict && save(conflict.revision),
  };
}

function conflictIn(error: Error | null): Conflict | null {
  if (!(error instanceof RequestError) || error.code !== 'revision_conflict') return null;
  const { current, changes } = error.facts as { current: Omit<Conflict, 'changes'>; changes?: string[] };
  return { ...current, changes: changes ?? [] };
}
