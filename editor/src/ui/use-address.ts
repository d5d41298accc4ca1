import { useSyncExternalStore } from 'react';

const MOVED = 'parley:moved';

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  window.addEventListener(MOVED, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(MOVED, listener);
  };
}

/** One part of the address's query, such as what is open beside the page. Reloading and going back keep to it. */
export function useAddressPart(name: string): string | null {
  const search = useSyncExternalStore(subscribe, () => window.location.search);
  return new URLSearchParams(search).get(name);
}

/** The page that the address names, without what is open beside it. */
export const usePath = (): string => useSyncExternalStore(subscribe, () => window.location.pathname);

/** Goes to another page of the app; "back" returns. */
export function goTo(path: string): void {
  window.history.pushState(null, '', path);
  window.dispatchEvent(new Event(MOVED));
}

/** Opens by a new entry of the history, so that "back" closes. */
export function openInAddress(name: string, value: string): void {
  move(`?${new URLSearchParams({ [name]: value })}`, 'pushState');
}

/** Forgets the whole query, such as what was open or a token that has been used. */
export const clearAddress = (): void => move('', 'replaceState');

function move(search: string, how: 'pushState' | 'replaceState'): void {
  window.history[how](null, '', window.location.pathname + search);
  window.dispatchEvent(new Event(MOVED));
}
