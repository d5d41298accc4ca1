import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * The server's side of SCRAM-SHA-256 (RFC 5802 and RFC 7677) for one user with a random password. Neither side learns
 * the password from the other, and each proves that it knows it.
 */

const HASH = 'sha256';
const KEY = 32; // bytes of SHA-256
const ROUNDS = 4096; // the least that drivers accept; the password is random and gains nothing by more
const NONCE = 24; // bytes
const GS2_HEADER = 'n,,'; // no channel binding, no other identity

export interface Login {
  user: string;
  password: string;
}

/** What the server keeps of a login. */
export interface Secrets {
  user: string;
  salt: Buffer;
  storedKey: Buffer;
  serverKey: Buffer;
}

const hmac = (key: Buffer, text: string): Buffer => createHmac(HASH, key).update(text).digest();
const hash = (bytes: Buffer): Buffer => createHash(HASH).update(bytes).digest();

export function secretsOf({ user, password }: Login, salt = randomBytes(16)): Secrets {
  const salted = pbkdf2Sync(password, salt, ROUNDS, KEY, HASH);
  return { user, salt, storedKey: hash(hmac(salted, 'Client Key')), serverKey: hmac(salted, 'Server Key') };
}

export interface Exchange {
  /** The server's first message. */
  challenge: string;
  /** Gives the server's proof for the client's final message, or null when that does not prove the password. */
  finish(message: string): string | null;
}

/** Answers a client's first message; null when it makes no sense. */
export function beginExchange(
  secrets: Secrets,
  first: string,
  nonce = randomBytes(NONCE).toString('base64'),
): Exchange | null {
  const [, bare, user, theirs] = /^n,,(n=([^,]*),r=([^,]+))$/.exec(first) ?? [];
  if (bare === undefined || theirs === undefined) return null;
  const both = theirs + nonce;
  const challenge = `r=${both},s=${secrets.salt.toString('base64')},i=${ROUNDS}`;
  const finish = (message: string): string | null => {
    const [, bound, repeated, proof = ''] = /^(c=[^,]*,r=([^,]*)),p=([^,]*)$/.exec(message) ?? [];
    if (bound !== `c=${Buffer.from(GS2_HEADER).toString('base64')},r=${repeated}`) return null;
    const signed = `${bare},${challenge},${bound}`;
    // Every comparison is made, whatever the ones before it said: the time tells nothing about which one failed.
    const right = [isProof(secrets, signed, proof), same(repeated ?? '', both), same(user ?? '', secrets.user)];
    return right.every(Boolean) ? `v=${hmac(secrets.serverKey, signed).toString('base64')}` : null;
  };
  return { challenge, finish };
}

function isProof({ storedKey }: Secrets, signed: string, proof: string): boolean {
  const given = Buffer.from(proof, 'base64');
  const mask = hmac(storedKey, signed);
  const clientKey = Buffer.from(mask.map((byte, i) => byte ^ (given[i] ?? 0)));
  return given.length === KEY && timingSafeEqual(hash(clientKey), storedKey);
}

const same = (a: string, b: string): boolean => timingSafeEqual(hash(Buffer.from(a)), hash(Buffer.from(b)));
