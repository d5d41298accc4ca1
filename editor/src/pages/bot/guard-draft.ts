import { flowError } from '@parley/runtime';
import i18next from 'i18next';
import type { FlowDocument } from '../../document/document.ts';
import type { Workbench } from '../../document/workbench.ts';

/** The draft, which nothing changes while something else is shown in its place: each try is answered with why not. */
export function guardDraft(document: FlowDocument, { store }: Workbench): FlowDocument {
  const unlessHidden =
    <Arguments extends unknown[]>(change: (...given: Arguments) => ReturnType<FlowDocument['apply']>) =>
    (...given: Arguments) =>
      store.getSnapshot().context.isReadOnly ? flowError('read_only', i18next.t('bot:readOnly')) : change(...given);
  return {
    ...document,
    apply: unlessHidden(document.apply),
    undo: unlessHidden(document.undo),
    redo: unlessHidden(document.redo),
  };
}
