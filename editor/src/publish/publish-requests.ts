import { useEffect } from 'react';

const listeners = new Set<() => void>();

/** Opens the publish dialog from wherever somebody stands, such as the list of versions. */
export const askToPublish = (): void => {
  for (const listen of listeners) listen();
};

export function usePublishRequests(listen: () => void): void {
  useEffect(() => {
    listeners.add(listen);
    return () => {
      listeners.delete(listen);
    };
  });
}
