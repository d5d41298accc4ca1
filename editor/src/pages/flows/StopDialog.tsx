import { useTranslation } from 'react-i18next';
import type { FlowSummary } from '../../api/flows.ts';
import { AskFirst } from '../../ui/AskFirst.tsx';
import { useFocusBack } from '../../ui/use-focus-back.ts';
import { useDependents } from './use-dependents.ts';

interface StopDialogProps {
  bots: readonly FlowSummary[];
  onClose: () => void;
  onStop: () => void;
}

/** Asks before several bots are switched off at once. */
export function StopDialog({ bots, onClose, onStop }: StopDialogProps) {
  const { t } = useTranslation('flows');
  useFocusBack();
  const live = bots.filter(({ status }) => status === 'active');
  const { inside } = useDependents(live);
  return (
    <AskFirst
      question={{
        title: t('off.many', { count: live.length }),
        text: inside > 0 ? t('off.inside', { count: inside }) : t('off.quiet'),
        yes: t('off.yes'),
        onYes: onStop,
      }}
      no={t('off.no')}
      closeLabel={t('close')}
      onClose={onClose}
    />
  );
}
