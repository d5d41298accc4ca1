import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Channel, changeChannel, checkChannel, listChannels, removeChannel } from '../../api/channels.ts';
import { errorWords } from '../../ui/error-words.ts';
import { say } from '../../ui/notices.ts';
import { clearAddress } from '../../ui/use-address.ts';

export const NUMBERS = ['numbers'] as const;

export const useNumbers = () => useQuery({ queryKey: NUMBERS, queryFn: listChannels });

/** What the buttons of the page do. */
export function useNumberActions() {
  const { t } = useTranslation('numbers');
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: NUMBERS });
  const onError = (error: Error) => say(errorWords(error), { tone: 'error' });

  const checking = useMutation({
    mutationFn: (channel: Channel) => checkChannel(channel.id),
    onSettled: refresh,
    onError,
  });
  const switching = useMutation({
    mutationFn: ({ channel, on }: { channel: Channel; on: boolean }) => changeChannel(channel.id, { enabled: on }),
    onSettled: refresh,
    onError,
    onSuccess: (_, { channel, on }) => say(t(on ? 'switchedOn' : 'switchedOff', { name: channel.name })),
  });
  const removing = useMutation({
    mutationFn: (channel: Channel) => removeChannel(channel.id),
    onSettled: refresh,
    onError,
    onSuccess: (_, { name }) => {
      clearAddress();
      say(t('removed', { name }));
    },
  });
  return {
    check: (channel: Channel) => checking.mutate(channel),
    turn: (channel: Channel, on: boolean) => switching.mutate({ channel, on }),
    remove: (channel: Channel) => removing.mutate(channel),
    isChecking: checking.isPending,
    isSwitching: switching.isPending,
  };
}
