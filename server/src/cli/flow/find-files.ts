import { readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { isObject } from '@parley/runtime';
import { CommandFailed } from '../command.ts';
import { readText, systemCode } from './read-json.ts';

/** A JSON file: where it lies, and its name as the person would type it. */
export interface Found {
  path: string;
  shown: string;
}

const SKIPPED = new Set(['node_modules', 'dist']);

/** Whether the person named a directory; what is not there is a `CommandFailed`. */
export function isDirectory(path: string, shown: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    if (systemCode(error) !== 'ENOENT' && systemCode(error) !== 'ENOTDIR') throw error;
    throw new CommandFailed(`There is no file or directory ${shown}. Check its name and where you are.`, {
      cause: error,
    });
  }
}

export const found = (cwd: string, path: string): Found => {
  const from = relative(cwd, path);
  return { path, shown: from === '' ? '.' : from.startsWith('..') && !path.startsWith(cwd) ? path : from };
};

/** Every JSON file below a directory that says it has this format, by name; hidden directories are left out. */
export function filesOfFormat(directory: string, cwd: string, format: 'parley.flow/' | 'parley.script/'): Found[] {
  return jsonFilesBelow(directory)
    .map((path) => found(cwd, path))
    .filter(({ path, shown }) => says(readText(path, shown), format));
}

function jsonFilesBelow(directory: string): string[] {
  const entries = readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return entry.name.startsWith('.') || SKIPPED.has(entry.name) ? [] : jsonFilesBelow(path);
    return entry.isFile() && entry.name.endsWith('.json') ? [resolve(path)] : [];
  });
}

/** A broken file counts by the words in it: whoever forgot a comma wants to hear of it. */
function says(text: string, format: string): boolean {
  if (!text.includes(format)) return false;
  try {
    return formatOf(JSON.parse(text)).startsWith(format);
  } catch {
    return text.indexOf('"parley.') === text.indexOf(`"${format}`);
  }
}

/** What a document says it is; nothing where it says so in no way. */
export const formatOf = (document: unknown): string =>
  isObject(document) && typeof document.format === 'string' ? document.format : '';
