const MARKS = /\p{M}/gu;

/** Without accents and case, as people type who look for something. */
const plain = (text: string): string => text.normalize('NFD').replace(MARKS, '').toLowerCase();

/**
 * Those whose name holds every word of the query, wherever; first what begins with the query, then what has a word that
 * begins with it, then the rest, each as it stood.
 */
export function findByName<Named>(all: readonly Named[], query: string, nameOf: (one: Named) => string): Named[] {
  const wanted = plain(query).trim();
  if (wanted === '') return [...all];
  const words = wanted.split(/\s+/);
  const rankOf = (name: string) => (name.startsWith(wanted) ? 0 : name.includes(` ${wanted}`) ? 1 : 2);
  return all
    .map((one) => ({ one, name: plain(nameOf(one)) }))
    .filter(({ name }) => words.every((word) => name.includes(word)))
    .map(({ one, name }) => ({ one, rank: rankOf(name) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ one }) => one);
}
