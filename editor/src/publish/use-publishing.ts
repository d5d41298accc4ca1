import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { RequestError } from '../api/request.ts';
import { publishVersion } from '../api/versions.ts';
import { useOpenFlow } from '../document/use-document.ts';
import { useBotId } from '../document/use-live.ts';
import { errorWords } from '../ui/error-words.ts';
import { say } from '../ui/notices.ts';
import { useRefresh } from './use-versions.ts';

interface Wanted {
  name: string;
  note: string;
  activate: boolean;
  live: number | null;
}

/** What may come of a publishing besides the version. */
export type Refusal =
  | { kind: 'saved_meanwhile' }
  | { kind: 'published_meanwhile' }
  | { kind: 'has_errors' }
  | { kind: 'other'; reason: string };

/** Publishes what is on the canvas, provided that the server has it so and nobody published in between. */
export function usePublishing() {
  const { t } = useTranslation('publish');
  const id = useBotId();
  const { document } = useOpenFlow();
  const client = useQueryClient();
  const refresh = useRefresh();
  const publishing = useMutation({
    mutationFn: ({ name, note, activate, live }: Wanted) => {
      const { revision } = document.store.getSnapshot().context;
      const words = { ...(name.trim() && { name: name.trim() }), ...(note.trim() && { note: note.trim() }) };
      return publishVersion(id, { ...words, activate, revision, live });
    },
    onSuccess: ({ version, status }) => say(t(status === 'active' ? 'done.live' : 'done.notLive', { version })),
    onSettled: refresh,
  });
  return {
    publish: publishing.mutate,
    isPublishing: publishing.isPending,
    published: publishing.data ?? null,
    refusal: publishing.error && refusalOf(publishing.error),
    /** Opens the bot anew, with what somebody else saved. */
    reload: () => client.invalidateQueries({ queryKey: ['flow', id, 'canvas'], exact: true }),
  };
}

function refusalOf(error: Error): Refusal {
  const code = error instanceof RequestError ? error.code : '';
  if (code === 'revision_conflict') return { kind: 'saved_meanwhile' };
  if (code === 'published_meanwhile') return { kind: 'published_meanwhile' };
  if (code === 'flow_has_errors') return { kind: 'has_errors' };
  return { kind: 'other', reason: errorWords(error) };
}
