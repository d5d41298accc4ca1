import { isWebAddress, LIMITS, limitedText } from '@parley/runtime';

/** A page's address, `https://` or `http://`; what a template becomes is checked when it is sent. */
export const webAddress = limitedText(LIMITS.url).refine(
  (url) => url.includes('{{') || isWebAddress(url),
  'Write a web address that begins with https:// or http://.',
);
