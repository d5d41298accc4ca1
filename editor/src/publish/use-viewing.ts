import { nodeTypes } from '@parley/nodes';
import type { Flow } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import { useOpenFlow } from '../document/use-document.ts';
import type { Side } from '../document/workbench.ts';
import { usePhone } from '../ui/use-phone.ts';
import { describeDifference, stepOf } from './describe-difference.ts';
import { unionFlow } from './union-flow.ts';

/** Puts a version, or the difference of two, on the canvas in the place of the draft. */
export function useViewing() {
  const { t } = useTranslation('publish');
  const { workbench } = useOpenFlow();
  const isPhone = usePhone();
  return {
    look: (version: number, flow: Flow) => {
      workbench.view({ what: { version }, flow, layer: null });
      if (isPhone) workbench.openPanel(null); // there the panel lies over the canvas
    },
    compare: (from: Side, before: Flow, to: Side, after: Flow) => {
      const words = { added: t('marks.added'), removed: t('marks.removed'), changed: t('marks.changed') };
      workbench.view({ what: { from, to }, ...unionFlow(before, after, nodeTypes, words) });
      workbench.openPanel('versions');
      const first = describeDifference(before, after, nodeTypes)
        .map(stepOf)
        .find((step) => step !== null);
      if (first) workbench.show({ node: first.id });
    },
    leave: () => workbench.view(null),
  };
}
