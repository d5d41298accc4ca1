import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { signOut } from '../api/auth.ts';
import { errorWords } from '../ui/error-words.ts';
import { say } from '../ui/notices.ts';
import { goTo } from '../ui/use-address.ts';
import { ME } from './query-client.ts';

/** Ends the session; what the next person sees holds nothing of this one. */
export function useSignOut() {
  const { t } = useTranslation('app');
  const client = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      goTo('/');
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'me' });
      client.setQueryData(ME, null);
      say(t('shell.signedOut'));
    },
    onError: (error) => say(errorWords(error), { tone: 'error' }),
  });
  return { signOut: useCallback(() => mutate(), [mutate]), isPending };
}
