import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Command, useCommands } from '../ui/commands.ts';
import { useProblemSteps } from './use-problem-steps.ts';

/** F8 and Shift+F8 go from problem to problem, also while the panel is closed or somebody types. */
export function ProblemCommands() {
  const { t } = useTranslation('problems');
  const { next, previous } = useProblemSteps();
  const list = useMemo<Command[]>(() => {
    const common = { group: t('title'), notWhileTyping: false };
    return [
      { ...common, id: 'problems.next', title: t('next'), shortcuts: ['f8'], run: next },
      { ...common, id: 'problems.previous', title: t('previous'), shortcuts: ['shift+f8'], run: previous },
    ];
  }, [next, previous, t]);
  useCommands(list);
  return null;
}
