import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { type Settings, SettingsError } from '../plugins/settings.ts';
import { isDuplicate } from './indexes.ts';
import { instanceModel, type Row } from './tenancy.ts';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12; // as NIST SP 800-38D asks for random ones
const TAG_BYTES = 16;

/** Where a secret belongs. It is authenticated with it, so a sealed value copied to another row does not open. */
export interface SealContext {
  organization: string;
  /** Row and field, such as `chn_01J.../accessToken`. */
  field: string;
}

export interface Keyring {
  /** `k1.<key id>.<base64url of iv, text and tag>` */
  seal(secret: string, context: SealContext): string;
  /** Throws when the key is missing, the value was changed, or it was sealed for another place. */
  open(sealed: string, context: SealContext): string;
  /** A text that only this server can make of `name`, safe in an address: what is reached with it needs no row. */
  sign(name: string): string;
  /** Also for what was signed under an older key. */
  isSigned(name: string, signature: string): boolean;
}

interface Key {
  id: string;
  bytes: Buffer;
  /** Apart from the one that seals: what is signed is chosen by others. */
  signing: Buffer;
}

export function createKeyring(secrets: readonly string[]): Keyring {
  const keys = secrets.map(deriveKey);
  const [newest] = keys;
  if (!newest) throw new Error('a keyring needs a key');
  return {
    seal(secret, context) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, newest.bytes, iv).setAAD(additionalData(context));
      const sealed = Buffer.concat([iv, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `k1.${newest.id}.${sealed.toString('base64url')}`;
    },
    open(sealed, context) {
      const [version, id, text] = sealed.split('.');
      const key = keys.find((one) => one.id === id);
      if (version !== 'k1' || !key || text === undefined) throw new Error(`there is no key to open ${context.field}`);
      const bytes = Buffer.from(text, 'base64url');
      const decipher = createDecipheriv(CIPHER, key.bytes, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(additionalData(context)).setAuthTag(bytes.subarray(-TAG_BYTES));
      return decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    },
    sign: (name) => signature(newest, name).toString('base64url'),
    isSigned(name, given) {
      const bytes = Buffer.from(given, 'base64url');
      return keys.some((key) => {
        const right = signature(key, name);
        return bytes.length === right.length && timingSafeEqual(bytes, right);
      });
    },
  };
}

/** PARLEY_SECRET_KEY, or the key file of the data directory, made at the first start and readable by its owner only. */
export async function loadKeyring(settings: Settings): Promise<Keyring> {
  if (settings.secretKeys.length > 0) return createKeyring(settings.secretKeys);
  return createKeyring([await keyFile(settings.dataDirectory)]);
}

/**
 * Stops the start when the store was sealed under another key: better than channels that fail one by one later.
 * The first start leaves a mark in the store for this.
 */
export async function checkKeyring(connection: Connection, keyring: Keyring): Promise<void> {
  const marks = instanceModel<Row & { sealed: string }>(connection, 'keyring', {
    sealed: { type: String, required: true },
  });
  const place = { organization: 'instance', field: 'keyring' };
  const mark = await marks.findById('mark').lean();
  if (!mark) {
    try {
      await marks.create({ _id: 'mark', sealed: keyring.seal('parley', place) });
    } catch (error) {
      // Two first starts at once: whoever came second is held to the mark of the first
      if (!isDuplicate(error)) throw error;
      await checkKeyring(connection, keyring);
    }
    return;
  }
  try {
    keyring.open(mark.sealed, place);
  } catch (cause) {
    throw new SettingsError(
      'PARLEY_SECRET_KEY (or DATA_DIR/secret.key) is not the key that this store was sealed with. ' +
        'Bring the old key back; to change it, set PARLEY_SECRET_KEY to "new,old".',
      { cause },
    );
  }
}

function deriveKey(secret: string): Key {
  const bytes = Buffer.from(hkdfSync('sha256', secret, 'parley', 'credentials', 32));
  const signing = Buffer.from(hkdfSync('sha256', secret, 'parley', 'signatures', 32));
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 8), bytes, signing };
}

const signature = ({ signing }: Key, name: string): Buffer => createHmac('sha256', signing).update(name).digest();

// JSON keeps the two apart: no organization and field together read like another pair
const additionalData = ({ organization, field }: SealContext) => Buffer.from(JSON.stringify([organization, field]));

async function keyFile(directory: string): Promise<string> {
  const path = join(directory, 'secret.key');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if (!existsSync(path)) await makeKeyFile(path);
  const key = (await readFile(path, 'utf8')).trim();
  if (key.length < 32)
    throw new SettingsError(`${path} holds no key. Bring it back from a backup, or set PARLEY_SECRET_KEY.`);
  if (process.platform !== 'win32' && ((await stat(path)).mode & 0o077) !== 0) {
    throw new SettingsError(`${path} can be read by others on this machine. Run: chmod 600 ${path}`);
  }
  return key;
}

/** Written whole beside its place, then linked: a crash leaves no empty key, and of two first starts one wins. */
async function makeKeyFile(path: string): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${randomBytes(32).toString('base64url')}\n`);
    await file.sync(); // lost after a power cut, it would take every stored secret with it
    await link(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await file.close();
    await unlink(draft);
  }
}
