import type { Importer } from './importer.ts';
import { readParley } from './parley/read-parley.ts';

/** By the name that `POST /api/flows/import` gives as `source`. One line a system. */
export const IMPORTERS: ReadonlyMap<string, Importer> = new Map([['parley', readParley]]);
