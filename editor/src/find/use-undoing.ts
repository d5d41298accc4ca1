import { useTranslation } from 'react-i18next';
import { undoOf } from '../document/undo-of.ts';
import { useOpenFlow } from '../document/use-document.ts';
import { say } from '../ui/notices.ts';

/** The button of a notice that takes back what was just done; it says so where something was done since. */
export function useUndoing() {
  const { t } = useTranslation('find');
  const { document } = useOpenFlow();
  return () => {
    const undo = undoOf(document);
    return { label: t('undo'), run: () => void (undo() || say(t('notLast'), { tone: 'info' })) };
  };
}
