import { createBrowserHistory } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';

/** The browser's history, as the router of the app follows it. Others go by the functions below. */
export const addressHistory = createBrowserHistory();

/** One part of the address as it stands, for what only begins with it. */
export const addressPart = (name: string): string | null =>
  new URLSearchParams(addressHistory.location.search).get(name);

/** One part of the address's query, such as what is open beside the page. Reloading and going back keep to it. */
export const useAddressPart = (name: string): string | null =>
  useSyncExternalStore(addressHistory.subscribe, () => addressPart(name));

/** The page that the address names, without what is open beside it. */
export const usePath = (): string =>
  useSyncExternalStore(addressHistory.subscribe, () => addressHistory.location.pathname);

/** Goes to another page of the app; "back" returns. */
export const goTo = (path: string): void => addressHistory.push(path);

/** Opens by a new entry of the history, so that "back" closes. */
export const openInAddress = (name: string, value: string): void =>
  addressHistory.push(`${addressHistory.location.pathname}?${new URLSearchParams({ [name]: value })}`);

/** Takes one part out of the query and leaves the rest. */
export const closeInAddress = (name: string): void => changeQuery((parts) => parts.delete(name));

/** Notes in the query what is open, without an entry of the history. */
export const noteInAddress = (name: string, value: string): void => changeQuery((parts) => parts.set(name, value));

function changeQuery(edit: (parts: URLSearchParams) => void): void {
  const parts = new URLSearchParams(addressHistory.location.search);
  edit(parts);
  const rest = parts.size > 0 ? `?${parts}` : '';
  addressHistory.replace(addressHistory.location.pathname + rest);
}

/** Forgets the whole query, such as what was open or a token that has been used. */
export const clearAddress = (): void => addressHistory.replace(addressHistory.location.pathname);
