import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where the shared material lies: PARLEY_SHARED, or beside the repository. */
const REPOSITORY = new URL('../..', import.meta.url).pathname;
const SHARED = process.env.PARLEY_SHARED ?? resolve(REPOSITORY, '../shared');

/** What an item's webhook tells, as its collector wrote it down; not read by our parser. */
export interface Expected {
  event: string;
  id?: string | null;
  from?: string | null;
  wa_id?: string | null;
  contact_user_id?: string | null;
  from_user_id?: string | null;
  group_id?: string | null;
  timestamp?: number | string | null;
  type?: string | null;
  text?: string | null;
  field?: string;
}

export interface Item {
  file: string;
  kind: string;
  body: Buffer;
  expected: Expected[];
}

export interface SignatureVector {
  app_secret: string;
  raw_body: string;
  value: string;
  must_fail_if_body_reserialised: string;
}

/** Every webhook of Meta in the collection, and its signatures; throws in words where the collection is not there. */
export function readCorpus(): { items: Item[]; vectors: SignatureVector[] } {
  const folder = join(SHARED, 'data/webhooks');
  if (!existsSync(join(folder, 'index.json')))
    throw new Error(`There are no webhooks at ${folder}: set PARLEY_SHARED to the folder that holds data/webhooks.`);
  const json = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const listed = json('index.json').items as (Omit<Item, 'body'> & { provider: string; category: string })[];
  const items = listed
    .filter(({ provider, category }) => provider === 'meta' && category === 'webhook')
    .map(({ file, kind, expected }) => ({ file, kind, expected, body: readFileSync(join(folder, file)) }));
  return { items, vectors: json('signature_vectors.json').meta as SignatureVector[] };
}
