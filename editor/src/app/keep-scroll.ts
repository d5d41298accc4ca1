import type { AnyRouter } from '@tanstack/react-router';
import { addressHistory } from '../ui/use-address.ts';

/**
 * Another page begins at its top with the focus on its heading; the way back leads to where one was. What opens beside
 * a page (the query) moves nothing.
 */
export function keepScroll(router: AnyRouter): void {
  const places = new Map<string, number>();
  let isBack = false;
  window.history.scrollRestoration = 'manual';
  addressHistory.subscribe(({ action }) => {
    isBack = action.type === 'BACK' || action.type === 'FORWARD' || action.type === 'GO';
  });
  router.subscribe('onBeforeLoad', ({ fromLocation, pathChanged }) => {
    if (fromLocation && pathChanged) places.set(fromLocation.state.__TSR_key ?? fromLocation.href, window.scrollY);
  });
  router.subscribe('onRendered', ({ fromLocation, toLocation, pathChanged }) => {
    if (!fromLocation || !pathChanged) return; // the first page is where the browser has put it
    const place = isBack ? (places.get(toLocation.state.__TSR_key ?? toLocation.href) ?? 0) : 0;
    focusHeading();
    window.scrollTo(0, place);
  });
}

/** So that a reader of the screen says where one has come, and the next Tab begins there. */
function focusHeading(): void {
  const main = document.querySelector('main');
  const heading = main?.querySelector<HTMLElement>('h1') ?? main;
  if (!heading) return;
  if (!heading.hasAttribute('tabindex')) heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
