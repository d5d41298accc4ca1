/** Ports of a node's own, which no choice may be called. */
const TAKEN = ['other', 'timeout', 'error', 'chosen', 'next', 'invalid'];
const MAX_LENGTH = 30; // characters: an id is read in scripts and figures, never by customers
const PROVISIONAL = /^option\d+$/;

/** Whether an id was only a stand-in until the choice had words. */
export const isProvisional = (id: string): boolean => PROVISIONAL.test(id);

export function provisionalId(taken: readonly string[]): string {
  let number = taken.length + 1;
  while (taken.includes(`option${number}`)) number++;
  return `option${number}`;
}

/** An id that reads like the words: `Sí, claro` becomes `si-claro`; null where they hold no Latin letter or digit. */
export function idFrom(title: string, taken: readonly string[]): string | null {
  const base = title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_LENGTH)
    .replace(/^-+|-+$/g, '');
  if (base === '') return null;
  const all = [...taken, ...TAKEN];
  if (!all.includes(base)) return base;
  let number = 2;
  while (all.includes(`${base}-${number}`)) number++;
  return `${base}-${number}`;
}
