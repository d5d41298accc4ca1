import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { RequestError } from '../api/request.ts';
import { chooseTesters, endTest, shareDraft, type Testing } from '../api/versions.ts';
import { useOpenFlow } from '../document/use-document.ts';
import { useBotId } from '../document/use-live.ts';
import { errorWords } from '../ui/error-words.ts';
import { say } from '../ui/notices.ts';
import { testingKey } from './use-versions.ts';

type Act = { act: 'choose'; contacts: string[] } | { act: 'share' } | { act: 'end' };

/** Says who tests, and what they get. */
export function useTestDraft() {
  const { t } = useTranslation('publish');
  const id = useBotId();
  const { document } = useOpenFlow();
  const client = useQueryClient();
  const changing = useMutation({
    mutationFn: (wanted: Act): Promise<Testing> => {
      if (wanted.act === 'choose') return chooseTesters(id, wanted.contacts);
      return wanted.act === 'end' ? endTest(id) : shareDraft(id, document.store.getSnapshot().context.revision);
    },
    onSuccess: (testing, { act }) => {
      client.setQueryData(testingKey(id), testing);
      if (act === 'share') say(t('testers.shared'));
      if (act === 'end') say(t('testers.ended'));
    },
  });
  const { error } = changing;
  const code = error instanceof RequestError ? error.code : '';
  return {
    choose: (contacts: string[]) => changing.mutate({ act: 'choose', contacts }),
    share: () => changing.mutate({ act: 'share' }),
    end: () => changing.mutate({ act: 'end' }),
    isBusy: changing.isPending,
    error:
      code === 'flow_has_errors'
        ? t('testers.hasErrors')
        : code === 'revision_conflict'
          ? t('refusal.saved')
          : error && errorWords(error),
  };
}
