import { useEffect } from 'react';

/** What the dialog proposes, such as for a version that goes live once more. */
export interface Proposal {
  name: string;
}
type Listener = (proposal: Proposal | null) => void;

const listeners = new Set<Listener>();

/** Opens the publish dialog from wherever somebody stands, such as the list of versions. */
export const askToPublish = (proposal: Proposal | null = null): void => {
  for (const listen of listeners) listen(proposal);
};

export function usePublishRequests(listen: Listener): void {
  useEffect(() => {
    listeners.add(listen);
    return () => {
      listeners.delete(listen);
    };
  });
}
