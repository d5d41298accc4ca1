import { Stack, Text, Title } from '@mantine/core';
import type { Problem } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import type { SavedFlow } from '../../api/flows.ts';
import { MessageList } from '../../ui/MessageList.tsx';
import { PageLink } from '../../ui/PageLink.tsx';

interface BrokenBotProps {
  saved: SavedFlow;
  problems: readonly Problem[];
  onMended: () => void;
}

/** A document that cannot be drawn: says why, and where to mend it. */
export function BrokenBot({ saved, problems }: BrokenBotProps) {
  const { t } = useTranslation('bot');
  return (
    <Stack p="lg" align="flex-start" maw="48rem" mx="auto">
      <Title order={1} size="h3">
        {t('broken.title', { name: saved.name })}
      </Title>
      <Text c="dimmed">{t('broken.text')}</Text>
      <MessageList
        label={t('broken.list')}
        toneNames={{ error: t('tones.error'), warning: t('tones.warning') }}
        messages={problems.map(({ message, path }) => ({ tone: 'error', text: message, place: path || null }))}
      />
      <PageLink to={`/bots?edit=${saved.id}`} isCurrent={false}>
        {t('broken.edit')}
      </PageLink>
    </Stack>
  );
}
