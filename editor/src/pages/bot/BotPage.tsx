import { Center } from '@mantine/core';
import { parseFlow } from '@parley/runtime';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { readFlow } from '../../api/flows.ts';
import { RequestError } from '../../api/request.ts';
import { browserJournals } from '../../document/browser-journals.ts';
import { NO_JOURNAL } from '../../document/journal.ts';
import { errorWords } from '../../ui/error-words.ts';
import { Trouble } from '../../ui/Trouble.tsx';
import { BotEditor } from './BotEditor.tsx';
import { BotSkeleton } from './BotSkeleton.tsx';
import { BrokenBot } from './BrokenBot.tsx';
import { GoneBot } from './GoneBot.tsx';

/** The canvas of one flow; a document that is not a flow can only be mended as JSON. */
export default function BotPage({ id }: { id: string }) {
  const { t } = useTranslation('bot');
  const saved = useQuery({
    queryKey: ['flow', id, 'canvas'],
    queryFn: () => readFlow(id),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY, // what is open is the document's to keep, not the cache's to refresh
    refetchOnReconnect: false,
  });
  const journal = useQuery({
    queryKey: ['journal', id, saved.dataUpdatedAt],
    queryFn: () => browserJournals.open(id),
    enabled: saved.isSuccess,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false, // it is a thing that writes, not data
  });
  if (saved.isPending || (saved.isSuccess && journal.isPending)) return <BotSkeleton />;
  if (saved.error && isGone(saved.error)) return <GoneBot />;
  if (saved.error)
    return (
      <Center h="100%" p="lg">
        <Trouble
          text={errorWords(saved.error)}
          action={{ label: t('tryAgain'), onClick: () => void saved.refetch() }}
        />
      </Center>
    );
  const { flow, problems } = parseFlow(saved.data.document);
  if (!flow) return <BrokenBot saved={saved.data} problems={problems} onMended={() => void saved.refetch()} />;
  return (
    <BotEditor
      key={`${id} ${saved.dataUpdatedAt}`}
      saved={saved.data}
      flow={flow}
      journal={journal.data ?? NO_JOURNAL}
    />
  );
}

const isGone = (error: Error): boolean => error instanceof RequestError && error.status === 404;
