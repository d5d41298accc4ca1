import { fold } from '@parley/runtime';

/**
 * Those whose name holds every word of the query, wherever, with or without accents; first what begins with the query,
 * then what has a word that begins with it, then the rest, each as it stood.
 */
export function findByName<Named>(all: readonly Named[], query: string, nameOf: (one: Named) => string): Named[] {
  const wanted = fold(query);
  if (wanted === '') return [...all];
  const words = wanted.split(' ');
  const rankOf = (name: string) => (name.startsWith(wanted) ? 0 : name.includes(` ${wanted}`) ? 1 : 2);
  return all
    .map((one) => ({ one, name: fold(nameOf(one)) }))
    .filter(({ name }) => words.every((word) => name.includes(word)))
    .map(({ one, name }) => ({ one, rank: rankOf(name) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ one }) => one);
}
