import { resolve } from 'node:path';
import { z } from 'zod';

/** What an installation may set. Read once, at the start; everything below receives it as an argument. */
export interface Settings {
  port: number;
  host: string;
  /** Without a slash at the end. Cookies, webhooks and the Origin check follow it. */
  publicUrl: string;
  dataDirectory: string;
  mongodbUrl: string | null;
  redisUrl: string | null;
  role: 'all' | 'web' | 'worker';
  /** Newest first: the first one seals, all of them open. Empty: the key file in the data directory. */
  secretKeys: string[];
  firstAccount: { email: string; password: string } | null;
  twilioApiUrl: string;
  metaGraphUrl: string;
  /** The app of Meta that people sign up with; null: numbers are connected by their ids and tokens. */
  metaApp: { id: string; secret: string } | null;
  /** A bucket for files; null keeps them in the data directory. */
  mediaStorage: MediaStorage | null;
}

export interface MediaStorage {
  bucket: string;
  region: string;
  /** Null: Amazon's own. */
  endpoint: string | null;
  accessKeyId: string;
  secretAccessKey: string;
}

/** A setting that stops the start. Its words name the variable and the remedy, and never repeat a value. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

export const MIN_PASSWORD = 12;
const MIN_SECRET_KEY = 32; // 32 characters of a random generator hold at least 128 bits

const text = z.string().trim();
const address = (protocols: RegExp) => z.url({ protocol: protocols }).transform((url) => url.replace(/\/+$/, ''));
const webAddress = address(/^https?$/);

const fields = {
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  // All interfaces: in a container the loopback address cannot be reached from outside. Nothing is open before the
  // set-up: it asks for the token printed at the start.
  HOST: text.min(1).default('0.0.0.0'),
  PUBLIC_URL: webAddress.optional(),
  DATA_DIR: text.min(1).default('./data'),
  MONGODB_URL: text.regex(/^mongodb(\+srv)?:\/\/./).optional(),
  REDIS_URL: text.regex(/^rediss?:\/\/./).optional(),
  PARLEY_ROLE: z.enum(['all', 'web', 'worker']).default('all'),
  PARLEY_SECRET_KEY: z
    .string()
    .transform((keys) => keys.split(',').map((key) => key.trim()))
    .refine((keys) => keys.every((key) => key.length >= MIN_SECRET_KEY))
    .optional(),
  PARLEY_ADMIN_EMAIL: z.string().trim().toLowerCase().pipe(z.email()).optional(),
  PARLEY_ADMIN_PASSWORD: z.string().min(MIN_PASSWORD).max(500).optional(),
  TWILIO_API_URL: webAddress.default('https://api.twilio.com'),
  META_GRAPH_URL: webAddress.default('https://graph.facebook.com'),
  META_APP_ID: text.regex(/^\d{1,32}$/).optional(),
  META_APP_SECRET: text.min(8).max(200).optional(),
  MEDIA_S3_BUCKET: text.min(3).max(255).optional(),
  MEDIA_S3_REGION: text.min(1).default('us-east-1'),
  MEDIA_S3_ENDPOINT: webAddress.optional(),
  MEDIA_S3_ACCESS_KEY_ID: text.min(1).optional(),
  MEDIA_S3_SECRET_ACCESS_KEY: text.min(1).optional(),
};

const remedies: Record<keyof typeof fields, string> = {
  PORT: 'must be a port number from 0 to 65535, such as 3000',
  HOST: 'must be an address to listen on, such as 0.0.0.0 or 127.0.0.1',
  PUBLIC_URL: 'must be the address that browsers and providers use, such as https://bots.example.com',
  DATA_DIR: 'must be a directory that the server may write to, such as ./data',
  MONGODB_URL: 'must begin with mongodb:// or mongodb+srv://; leave it out to use the embedded store',
  REDIS_URL: 'must begin with redis:// or rediss://; leave it out to queue in process',
  PARLEY_ROLE: 'must be all, web or worker',
  PARLEY_SECRET_KEY: `must have at least ${MIN_SECRET_KEY} characters; make one with: openssl rand -base64 32`,
  PARLEY_ADMIN_EMAIL: 'must be an e-mail address',
  PARLEY_ADMIN_PASSWORD: `must have at least ${MIN_PASSWORD} characters`,
  TWILIO_API_URL: 'must be an http or https address',
  META_GRAPH_URL: 'must be an http or https address',
  META_APP_ID: "must be the digits of your app's id, from Meta's app dashboard",
  META_APP_SECRET: "must be your app's secret, from Meta's app dashboard, App settings, Basic",
  MEDIA_S3_BUCKET: 'must be the name of a bucket, 3 to 255 characters; leave it out to keep files in DATA_DIR',
  MEDIA_S3_REGION: "must be the bucket's region, such as eu-central-1",
  MEDIA_S3_ENDPOINT: 'must be an http or https address; leave it out for Amazon S3',
  MEDIA_S3_ACCESS_KEY_ID: 'must be the id of an access key of the bucket',
  MEDIA_S3_SECRET_ACCESS_KEY: 'must be the secret of that access key',
};

/** Reads the environment. An empty variable counts as absent, as compose files write it. Throws SettingsError. */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(Object.keys(fields).flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
  const read = z.object(fields).safeParse(given);
  if (!read.success) {
    const names = new Set(read.error.issues.map((issue) => issue.path[0] as keyof typeof fields));
    throw new SettingsError([...names].map((name) => `${name} ${remedies[name]}.`).join('\n'));
  }
  const values = read.data;
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL ?? `http://localhost:${values.PORT}`,
    dataDirectory: resolve(values.DATA_DIR),
    mongodbUrl: values.MONGODB_URL ?? null,
    redisUrl: values.REDIS_URL ?? null,
    role: values.PARLEY_ROLE,
    secretKeys: values.PARLEY_SECRET_KEY ?? [],
    firstAccount: readFirstAccount(values.PARLEY_ADMIN_EMAIL, values.PARLEY_ADMIN_PASSWORD),
    twilioApiUrl: values.TWILIO_API_URL,
    metaGraphUrl: values.META_GRAPH_URL,
    metaApp: readMetaApp(values.META_APP_ID, values.META_APP_SECRET),
    mediaStorage: readMediaStorage(values),
  };
}

function readFirstAccount(email: string | undefined, password: string | undefined): Settings['firstAccount'] {
  if (email === undefined && password === undefined) return null;
  if (email === undefined) throw new SettingsError('PARLEY_ADMIN_EMAIL must be set beside PARLEY_ADMIN_PASSWORD.');
  if (password === undefined) throw new SettingsError('PARLEY_ADMIN_PASSWORD must be set beside PARLEY_ADMIN_EMAIL.');
  return { email, password };
}

function readMetaApp(id: string | undefined, secret: string | undefined): Settings['metaApp'] {
  if (id === undefined && secret === undefined) return null;
  if (id === undefined) throw new SettingsError('META_APP_ID must be set beside META_APP_SECRET.');
  if (secret === undefined) throw new SettingsError('META_APP_SECRET must be set beside META_APP_ID.');
  return { id, secret };
}

function readMediaStorage(values: {
  MEDIA_S3_BUCKET?: string;
  MEDIA_S3_REGION: string;
  MEDIA_S3_ENDPOINT?: string;
  MEDIA_S3_ACCESS_KEY_ID?: string;
  MEDIA_S3_SECRET_ACCESS_KEY?: string;
}): MediaStorage | null {
  const { MEDIA_S3_BUCKET: bucket, MEDIA_S3_ACCESS_KEY_ID: accessKeyId } = values;
  const { MEDIA_S3_SECRET_ACCESS_KEY: secretAccessKey, MEDIA_S3_ENDPOINT: endpoint = null } = values;
  if (bucket === undefined) {
    if (endpoint !== null || accessKeyId !== undefined || secretAccessKey !== undefined)
      throw new SettingsError('MEDIA_S3_BUCKET must be set beside the other MEDIA_S3 settings.');
    return null;
  }
  if (accessKeyId === undefined) throw new SettingsError('MEDIA_S3_ACCESS_KEY_ID must be set beside MEDIA_S3_BUCKET.');
  if (secretAccessKey === undefined)
    throw new SettingsError('MEDIA_S3_SECRET_ACCESS_KEY must be set beside MEDIA_S3_BUCKET.');
  return { bucket, region: values.MEDIA_S3_REGION, endpoint, accessKeyId, secretAccessKey };
}
