import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isolate } from '../../ui/isolate.ts';
import { PageLink } from '../../ui/PageLink.tsx';
import classes from './trial-phone.module.css';
import type { useTrialPhone } from './use-trial-phone.ts';

interface WhoAnswersProps {
  talk: Pick<ReturnType<typeof useTrialPhone>, 'state' | 'conversation' | 'isReturning'>;
  onGiveBack: () => void;
}

/** Which bot answers the customer, or why none does, and what can be done about it. */
export function WhoAnswers({ talk: { state, conversation, isReturning }, onGiveBack }: WhoAnswersProps) {
  const { t } = useTranslation('numbers');
  return (
    <div className={classes.who} role="status">
      {state && <p>{t(`phone.state.${state.kind}`, 'flow' in state ? wordsOf(state) : {})}</p>}
      {state?.kind === 'withPerson' && (
        <Button size="xs" variant="default" loading={isReturning} onClick={onGiveBack}>
          {t('phone.giveBack')}
        </Button>
      )}
      {state?.kind === 'unanswered' && <Way to="/bots" words={t('phone.bots')} />}
      {state && 'flow' in state && conversation && (
        <Way
          to={`/bots/${encodeURIComponent(state.flow)}?${new URLSearchParams({ journey: conversation })}`}
          words={t('phone.follow')}
        />
      )}
    </div>
  );
}

const wordsOf = ({ flowName, fault }: { flowName: string; fault: string }) => ({
  flow: isolate(flowName),
  fault: isolate(fault),
});

const Way = ({ to, words }: { to: string; words: string }) => (
  <PageLink to={to} isCurrent={false} className={classes.way}>
    {words}
  </PageLink>
);
