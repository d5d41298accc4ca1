import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkDocument, type FlowDocument, type SavedFlow, saveFlow } from '../../api/flows.ts';
import { RequestError } from '../../api/request.ts';
import { errorWords } from '../../ui/error-words.ts';
import { say } from '../../ui/notices.ts';
import { readJsonObject } from '../../ui/read-json.ts';
import { countProblems } from './bot-state.ts';
import { BOTS } from './use-bot-list.ts';

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
  const { t } = useTranslation('flows');
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
      void client.invalidateQueries({ queryKey: BOTS });
      const { errors } = countProblems(saved);
      say(errors === 0 ? t('editing.saved') : t('editing.savedWith', { count: errors }));
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
    trouble: conflict || !saving.error ? null : errorWords(saving.error),
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
