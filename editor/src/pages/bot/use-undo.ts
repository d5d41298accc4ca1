import { useSelector } from '@xstate/store-react';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { actLabel } from '../../document/act-label.ts';
import type { Act } from '../../document/history.ts';
import { useNodeName } from '../../document/node-name.ts';
import { nodeOfAct } from '../../document/node-of-act.ts';
import { useProblemWords } from '../../document/problem-words.ts';
import { useOpenFlow } from '../../document/use-document.ts';
import { say } from '../../ui/notices.ts';
import { useStable } from '../../ui/use-stable.ts';

/** Taking back and doing again, each told in the words for what it was about. */
export function useUndo() {
  const { t } = useTranslation('bot');
  const { document } = useOpenFlow();
  const undoes = useSelector(document.store, ({ context }) => context.past.at(-1));
  const redoes = useSelector(document.store, ({ context }) => context.future.at(-1));
  const inWords = useActWords();
  const problemWords = useProblemWords();
  const told = useCallback((text: string) => say(text, { tone: 'info', topic: 'undo' }), []);
  const travel = (way: 'undo' | 'redo') => {
    const { past, future } = document.store.getSnapshot().context;
    const act = (way === 'undo' ? past : future).at(-1);
    if (!act) return;
    const words = inWords(act); // before it is taken back: a step that goes away still has its name
    const problem = document[way]();
    told(problem ? problemWords(problem) : t(way === 'undo' ? 'undone' : 'redone', { act: words }));
  };
  const undo = useStable(() => travel('undo'));
  const redo = useStable(() => travel('redo'));
  return useMemo(
    () => ({
      undo,
      redo,
      undoes: undoes ? inWords(undoes) : null,
      redoes: redoes ? inWords(redoes) : null,
    }),
    [undo, redo, undoes, redoes, inWords],
  );
}

/** Such as "Step moved: “Menu”". */
function useActWords(): (act: Act) => string {
  const { t } = useTranslation('bot');
  const { document } = useOpenFlow();
  const nameOf = useNodeName();
  return (act) => {
    const label = actLabel(act.label);
    const words = label ? t(`acts.${label}`) : t('acts.other');
    const node = nodeOfAct(act, document.store.getSnapshot().context.flow);
    return node ? t('actOn', { act: words, name: nameOf(node) }) : words;
  };
}
