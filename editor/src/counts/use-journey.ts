import { useInfiniteQuery } from '@tanstack/react-query';
import { readJourney } from '../api/counts.ts';

const EVERY = 15_000; // ms between two looks

/** The newest steps first to be read, the oldest first to be shown; earlier ones on demand. */
export function useJourney(conversation: string) {
  const query = useInfiniteQuery({
    queryKey: ['journey', conversation],
    queryFn: ({ pageParam }) => readJourney(conversation, pageParam),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
    refetchInterval: EVERY,
  });
  const pages = query.data?.pages ?? [];
  const [newest] = pages;
  const sessions = new Map(pages.flatMap((page) => page.sessions).map((session) => [session.id, session]));
  return {
    query,
    newest,
    steps: pages.toReversed().flatMap((page) => page.steps),
    sessionOf: (id: string) => sessions.get(id),
  };
}
