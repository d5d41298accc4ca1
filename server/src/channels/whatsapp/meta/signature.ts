import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Meta signs the raw bytes: `X-Hub-Signature-256: sha256=<64 hex digits>`, HMAC-SHA256 under the app secret. Anything
 * else, an upper-case prefix included, is refused. Source: Meta, "Create a webhook endpoint".
 */
export function isSignedBy(appSecret: string, body: Buffer, header: string | undefined): boolean {
  const given = /^sha256=([0-9a-f]{64})$/.exec(header ?? '')?.[1];
  if (given === undefined || appSecret === '') return false;
  return timingSafeEqual(createHmac('sha256', appSecret).update(body).digest(), Buffer.from(given, 'hex'));
}
