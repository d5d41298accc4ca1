import type { Flow } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import { editsBetween } from '../document/flow-edits.ts';
import { useOpenFlow } from '../document/use-document.ts';
import { say } from '../ui/notices.ts';

/**
 * Brings a version back into the draft, as one edit that can be undone; customers notice nothing until it is published.
 * `onPublish` is offered beside the word that it is done. False where it could not be.
 */
export function useRestore(): (version: number, flow: Flow, onPublish?: (() => void) | null) => boolean {
  const { t } = useTranslation('publish');
  const { document, workbench } = useOpenFlow();
  return (version, flow, onPublish = null) => {
    workbench.view(null);
    const action = onPublish && { label: t('restore.publish'), run: onPublish };
    const edits = editsBetween(document.store.getSnapshot().context.flow, flow);
    if (edits.length === 0) {
      say(t('restore.same', { version }), { action });
      return true;
    }
    const problem = document.apply(edits, 'restore');
    if (problem) say(t('restore.failed', { reason: problem.message }), { tone: 'error' });
    else say(t('restore.done', { version }), { action });
    return !problem;
  };
}
