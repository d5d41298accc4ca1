import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Media, MetaNumber } from '../network/model.ts';

const LIVES = 5 * 60; // seconds; Meta, "Media"

const hashOf = (secret: string, id: string, until: string) =>
  createHmac('sha256', secret).update(`${id} ${until}`).digest('base64url');

type Owner = { account: Pick<MetaNumber['account'], 'appSecret'> };

/** Where a file can be fetched with the account's token, for five minutes. */
export function mediaAddress(
  owner: Owner,
  media: Media,
  base: string,
  now: Date,
  source: 'webhook' | 'getMedia',
): string {
  const until = String(Math.floor(now.getTime() / 1000) + LIVES);
  const query = new URLSearchParams({
    mid: media.id,
    source,
    ext: until,
    hash: hashOf(owner.account.appSecret, media.id, until),
  });
  return `${base}/whatsapp_business/attachments/?${query}`;
}

/** Whether an address was given by `mediaAddress` and still lives. */
export function isLive(owner: Owner, query: { mid: string; ext: string; hash: string }, now: Date): boolean {
  const wanted = Buffer.from(hashOf(owner.account.appSecret, query.mid, query.ext));
  const given = Buffer.from(query.hash);
  if (wanted.length !== given.length || !timingSafeEqual(wanted, given)) return false;
  return Number(query.ext) * 1000 >= now.getTime();
}
