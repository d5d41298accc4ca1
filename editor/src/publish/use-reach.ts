import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { connectChannel, listChannels } from '../api/channels.ts';
import { errorWords } from '../ui/error-words.ts';
import { say } from '../ui/notices.ts';
import { goTo } from '../ui/use-address.ts';

const NUMBERS = ['numbers'];

/** The organization's numbers, whatever this bot does with them. */
export const useChannels = () => useQuery({ queryKey: NUMBERS, queryFn: listChannels });

export const pathOfPhone = (channel: string): string => `/numbers?phone=${encodeURIComponent(channel)}`;

/** Makes a trial phone, which needs nothing of anybody, and opens it. */
export function useNewTrial() {
  const { t } = useTranslation('publish');
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => connectChannel({ provider: 'simulator', name: t('reach.trialName') }),
    onError: (error) => say(errorWords(error), { tone: 'error' }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: NUMBERS });
      goTo(pathOfPhone(id));
    },
  });
}
