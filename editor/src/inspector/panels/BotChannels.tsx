import { Checkbox, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { listChannels } from '../../api/channels.ts';

interface BotChannelsProps {
  chosen: readonly string[];
  isReadOnly: boolean;
  onChannels: (ids: string[]) => void;
}

/** The numbers on which the bot answers; none chosen is all of them. */
export function BotChannels({ chosen, isReadOnly, onChannels }: BotChannelsProps) {
  const { t } = useTranslation('inspector');
  const { data = [] } = useQuery({ queryKey: ['channels'], queryFn: listChannels, staleTime: 30_000 });
  const gone = chosen.filter((id) => !data.some((channel) => channel.id === id));
  const options = [
    ...data.map(({ id, name, address }) => ({ id, label: address ? `${name} · ${address}` : name })),
    ...gone.map((id) => ({ id, label: t('bot.channelGone', { id }) })),
  ];
  return (
    <Checkbox.Group
      label={t('bot.channels')}
      description={t(options.length === 0 ? 'bot.noChannels' : 'bot.channelsHint')}
      value={[...chosen]}
      readOnly={isReadOnly}
      onChange={onChannels}
    >
      <Stack gap={6} mt="xs">
        {options.map(({ id, label }) => (
          <Checkbox key={id} value={id} label={<bdi>{label}</bdi>} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
