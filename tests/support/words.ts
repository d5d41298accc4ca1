import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Words } from '../../editor/src/ui/pseudo.ts';

/** The languages beside English. */
export const LANGUAGES = ['es', 'pt', 'ar'] as const;
type Language = 'en' | (typeof LANGUAGES)[number];

export interface Namespace {
  name: string;
  words: Partial<Record<Language, Words>>;
}

const EDITOR = fileURLToPath(new URL('../../editor/src', import.meta.url));
const FILE = /([^/]+)\/words\/([a-z]+)\.json$/;
const NODE_TYPES = 'node-types'; // its English is in the node types themselves

/** All words of the pages, a namespace each, as they lie in the folders `words`. */
export function readWords(): Namespace[] {
  const found = new Map<string, Namespace>();
  for (const path of globSync('**/words/*.json', { cwd: EDITOR }).sort()) {
    const [, name = '', language = ''] = FILE.exec(path) ?? [];
    if (name === NODE_TYPES) continue;
    const namespace = found.get(name) ?? { name, words: {} };
    namespace.words[language as Language] = read(path);
    found.set(name, namespace);
  }
  return [...found.values()];
}

/** The translations of the node types' words, by the English ones. */
export const readNodeWords = (language: (typeof LANGUAGES)[number]): Record<string, string> =>
  JSON.parse(readFileSync(`${EDITOR}/ui/node-types/words/${language}.json`, 'utf8'));

const read = (path: string): Words => JSON.parse(readFileSync(`${EDITOR}/${path}`, 'utf8'));
