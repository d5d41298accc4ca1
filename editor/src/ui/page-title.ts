import { createStore } from '@xstate/store';
import { useEffect } from 'react';

/** What the page itself wants to be called, such as a bot by its name; null where the route's title will do. */
export const pageTitle = createStore({
  context: { own: null as string | null },
  on: { named: (_, event: { own: string | null }) => ({ own: event.own }) },
});

/** Names the browser's tab after what is open, while the component is there. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    pageTitle.trigger.named({ own: title });
    return () => pageTitle.trigger.named({ own: null });
  }, [title]);
}
