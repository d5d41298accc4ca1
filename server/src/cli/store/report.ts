import type { Report } from '../../storage/embedded/backup/check.ts';
import { plural } from '../plural.ts';

const MAX_LINES = 50; // of findings: one damaged page can name thousands

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;

export function sum({ collections, size }: Report): string {
  const documents = collections.reduce((total, one) => total + one.documents, 0);
  return `${plural(collections.length, 'collection')}, ${plural(documents, 'document')}, ${megabytes(size)}`;
}

/** One line a collection: its documents, their bytes, its indexes. */
export function collectionLines({ collections }: Report): string[] {
  return collections.map(({ namespace, documents, bytes, indexes }) => {
    const names = indexes.map(({ name, entries }) => `${name} (${entries})`).join(', ');
    return `${namespace}: ${plural(documents, 'document')}, ${megabytes(bytes)}; indexes: ${names}`;
  });
}

export function findingLines({ findings }: Report): string[] {
  const lines = findings.slice(0, MAX_LINES).map(({ place, problem }) => `WRONG ${place}: ${problem}`);
  return findings.length > MAX_LINES ? [...lines, `and ${findings.length - MAX_LINES} more`] : lines;
}
