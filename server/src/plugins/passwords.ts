import { hash, verify } from '@node-rs/argon2';

// OWASP's floor for argon2id, the library's default algorithm: 19 MiB, two passes, one lane
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const MAX_PASSWORD = 500;

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'), COST);

/**
 * Compares in the same time whether or not there is an account: without one, `hashed` is null and the password is
 * held against a hash that nothing matches.
 */
export async function passwordMatches(hashed: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword('nobody has this password');
  const matches = await verify(hashed ?? (await nobody), password.normalize('NFC'));
  return matches && hashed !== null;
}

let nobody: Promise<string> | undefined;
