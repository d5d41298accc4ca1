import type { Flow } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import { editsBetween } from '../document/flow-edits.ts';
import { useOpenFlow } from '../document/use-document.ts';
import { say } from '../ui/notices.ts';

/** Brings a version back into the draft, as one edit that can be undone; customers notice nothing until it is published. */
export function useRestore(): (version: number, flow: Flow) => void {
  const { t } = useTranslation('publish');
  const { document, workbench } = useOpenFlow();
  return (version, flow) => {
    workbench.view(null);
    const edits = editsBetween(document.store.getSnapshot().context.flow, flow);
    if (edits.length === 0) return say(t('restore.same', { version }));
    const problem = document.apply(edits, 'restore');
    say(problem ? t('restore.failed', { reason: problem.message }) : t('restore.done', { version }));
  };
}
