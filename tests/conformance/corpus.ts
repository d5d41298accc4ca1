import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseJson } from '@parley/server/src/channels/whatsapp/meta/parse-json.ts';

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
  [fact: string]: unknown;
}

export const PROVENANCES = ['recorded-redacted', 'docs-example', 'test-fixture', 'synthetic'] as const;
export type Provenance = (typeof PROVENANCES)[number];

interface Listed {
  file: string;
  provider: 'meta' | 'twilio';
  provenance: Provenance;
  kind: string;
}

export interface Item extends Listed {
  body: Buffer;
  expected: Expected[];
}

/** An answer of Meta's Graph API that is an error, and what its collector read in it. */
export interface ErrorAnswer extends Listed {
  body: string;
  expected: { code: number | null; error_subcode: number | null; type: string | null };
}

export interface MetaVector {
  app_secret: string;
  raw_body: string;
  value: string;
  must_fail_if_body_reserialised: string;
}

/** `params` or `form` of a form, `file` with one, or the `raw_body` of another type; `signed_url` where a proxy hid a port. */
export interface TwilioVector {
  auth_token: string;
  url: string;
  params?: Record<string, string>;
  form?: string;
  file?: string;
  raw_body?: string;
  signature: string;
}

export interface Corpus {
  items: Item[];
  answers: ErrorAnswer[];
  meta: MetaVector[];
  twilio: TwilioVector[];
  /** Vectors over files that the collection names and does not hold. */
  absent: string[];
}

/** The collection: webhooks of both providers, error answers, signatures; throws in words where it is not there. */
export function readCorpus(): Corpus {
  const folder = join(SHARED, 'data/webhooks');
  if (!existsSync(join(folder, 'index.json')))
    throw new Error(`There are no webhooks at ${folder}: set PARLEY_SHARED to the folder that holds data/webhooks.`);
  const bytes = (file: string) => readFileSync(join(folder, file));
  // Ids of templates exceed what a double holds, in the index too
  const json = (file: string) => parseJson(bytes(file).toString()) as Record<string, unknown>;
  const listed = json('index.json').items as (Listed & { category: string; expected?: unknown })[];
  const vectors = json('signature_vectors.json') as { meta: MetaVector[]; twilio: TwilioVector[] };
  const isAbsent = (file?: string) => file !== undefined && !existsSync(join(folder, file));
  const named = ({ file, provider, provenance, kind }: Listed): Listed => ({ file, provider, provenance, kind });
  return {
    items: listed
      .filter(({ category }) => category === 'webhook')
      .map((one) => ({ ...named(one), expected: one.expected as Expected[], body: bytes(one.file) })),
    answers: listed
      .filter(({ category, expected }) => category === 'api_response' && expected !== undefined)
      .map((one) => ({
        ...named(one),
        expected: one.expected as ErrorAnswer['expected'],
        body: bytes(one.file).toString(),
      })),
    meta: vectors.meta,
    twilio: vectors.twilio
      .filter(({ file }) => !isAbsent(file))
      .map((one) => (one.file ? { ...one, form: bytes(one.file).toString().trim() } : one)),
    absent: vectors.twilio.flatMap(({ file }) => (file && isAbsent(file) ? file : [])),
  };
}
