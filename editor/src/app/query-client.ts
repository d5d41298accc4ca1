import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isSignedOut } from '../api/auth.ts';
import { RequestError } from '../api/request.ts';

export const ME = ['me'] as const;
const MAX_RETRIES = 2;

/** A session that ended in the middle of work leads to the sign-in; refusals are not asked twice. */
export function createQueryClient(): QueryClient {
  const onError = (error: unknown) => {
    if (isSignedOut(error)) client.setQueryData(ME, null);
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    // A server on the same machine or network answers where the browser knows of no internet. And nothing waits unseen:
    // a publishing that was given up would be sent when the network is back
    defaultOptions: {
      queries: {
        retry: (count, error) => isPassing(error) && count < MAX_RETRIES,
        staleTime: 10_000,
        networkMode: 'always',
        refetchOnReconnect: true,
      },
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}

const isPassing = (error: unknown): boolean =>
  error instanceof RequestError && (error.status === 0 || error.status === 503);
