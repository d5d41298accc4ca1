/** True for what a phone opens as a page: `https://` or `http://` and a host without blanks. */
export const isWebAddress = (text: string): boolean => /^https?:\/\/[^\s/?#]+\S*$/i.test(text);
