import { infoOfMedia } from '../channels/whatsapp/meta/media.ts';
import { AddressRefused } from '../services/http.ts';
import type { ChannelWithSecrets, MetaChannel, TwilioChannel } from '../storage/channel.ts';
import { MAX_FILE } from './kinds.ts';
import { FileTooLarge, isSameHash, receive } from './receive.ts';
import type { Media } from './store.ts';
import { type Web, type WebAnswer, webAnswer } from './web.ts';

/** `gone`: the provider has it no more. `later`: perhaps soon. `refused`: it may not be kept, whenever one asks. */
export type Fetched =
  | { kind: 'fetched'; size: number; sha256: string; filename: string | null; contentType: string | null }
  | { kind: 'gone' | 'later' | 'refused'; reason: string };

/** Gets a file from the provider that holds it into a new file at `to`. Never throws for what is out there. */
export type FetchFile = (
  channel: ChannelWithSecrets | null,
  media: Media,
  to: string,
  signal: AbortSignal,
) => Promise<Fetched>;

interface Deps {
  metaGraphUrl: string;
  twilioApiUrl: string;
  /** For the providers' own hosts, which the operator named. */
  fetch: typeof fetch;
  /** For every other address. */
  web: Web;
}

const REDIRECTS = 3;
/** Hosts that Meta hands files out from; only they, and the Graph's own host, get the token. */
const META_HOSTS = ['fbsbx.com', 'facebook.com', 'whatsapp.net'];
const TWILIO_HOSTS = ['twilio.com'];
const DISK = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EIO']);

class Stop extends Error {
  readonly end: Fetched;
  constructor(end: Fetched) {
    super('stopped');
    this.end = end;
  }
}
const stop = (kind: 'gone' | 'later' | 'refused', reason: string): Stop => new Stop({ kind, reason });

export function createFetchFile({ metaGraphUrl, twilioApiUrl, fetch, web }: Deps): FetchFile {
  return async (channel, media, to, signal) => {
    try {
      if (!channel) throw stop('gone', 'The channel that it came on is gone.');
      const answer = await open(channel, media, signal);
      const { size, sha256 } = await receive(answer.body, to, MAX_FILE, signal);
      if (!isSameHash(media.sha256, sha256)) throw stop('later', 'The file came damaged: its check sum differs.');
      const { filename, contentType } = answer;
      return { kind: 'fetched', size, sha256: sha256.toString('hex'), filename, contentType };
    } catch (error) {
      return endOf(error);
    }
  };

  function open(channel: ChannelWithSecrets, media: Media, signal: AbortSignal): Promise<WebAnswer> {
    if (channel.provider === 'meta') return openMeta(channel, media, signal);
    if (media.providerUrl === null) throw stop('gone', 'Nobody told where the file is.');
    if (channel.provider === 'twilio') return openTwilio(channel, media.providerUrl, signal);
    return follow(media.providerUrl, null, signal);
  }

  /** The address of a file lives for five minutes: each try asks for a new one. Source: Meta, "Media". */
  async function openMeta(channel: MetaChannel, media: Media, signal: AbortSignal): Promise<WebAnswer> {
    const { providerId, providerUrl } = media;
    if (!channel.secrets) throw stop('later', 'The channel has no access token. Save it anew.');
    const authorization = `Bearer ${channel.secrets.accessToken}`;
    const hosts = { own: metaGraphUrl, others: META_HOSTS, authorization };
    if (providerId === null) {
      if (providerUrl === null) throw stop('gone', 'Nobody told where the file is.');
      return follow(providerUrl, hosts, signal);
    }
    const info = await infoOfMedia({ graphUrl: metaGraphUrl, fetch }, channel, providerId, signal);
    if (info.kind !== 'found') throw stop(info.kind, info.reason);
    if (info.size !== null && info.size > MAX_FILE) throw new FileTooLarge();
    return follow(info.url, hosts, signal);
  }

  async function openTwilio(channel: TwilioChannel, url: string, signal: AbortSignal): Promise<WebAnswer> {
    if (!channel.secrets) throw stop('later', 'The channel has no auth token. Save it anew.');
    const pair = `${channel.accountSid}:${channel.secrets.authToken}`;
    const authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
    return follow(url, { own: twilioApiUrl, others: TWILIO_HOSTS, authorization }, signal);
  }

  /** Credentials go to the named hosts only; every other address, of a redirect too, must be public and gets none. */
  async function follow(
    first: string,
    hosts: { own: string; others: readonly string[]; authorization: string } | null,
    signal: AbortSignal,
  ): Promise<WebAnswer> {
    let url = first;
    for (let step = 0; step <= REDIRECTS; step += 1) {
      if (!URL.canParse(url)) throw stop('refused', 'The address of the file is none.');
      const trusted = hosts !== null && isTrusted(new URL(url), hosts.own, hosts.others);
      const answer = trusted
        ? webAnswer(await fetch(url, { headers: { authorization: hosts.authorization }, redirect: 'manual', signal }))
        : await web(url, signal);
      if (answer.status >= 200 && answer.status < 300) return answer;
      answer.body.on('error', () => {}).destroy();
      if (answer.status < 300 || answer.status >= 400 || answer.location === null) throw refusalOf(answer.status);
      url = URL.canParse(answer.location, url) ? new URL(answer.location, url).href : '';
    }
    throw stop('later', 'The address of the file leads in circles.');
  }
}

/** The operator's own address counts as it is written; the well-known hosts only over https, and with their own port. */
function isTrusted(target: URL, own: string, others: readonly string[]): boolean {
  if (target.username !== '' || target.password !== '') return false;
  if (target.origin === new URL(own).origin) return true;
  if (target.protocol !== 'https:' || target.port !== '') return false;
  return others.some((host) => target.hostname === host || target.hostname.endsWith(`.${host}`));
}

function refusalOf(status: number): Stop {
  if (status === 404 || status === 410) return stop('gone', 'The provider does not have the file any more.');
  if (status === 401 || status === 403)
    return stop('later', 'The provider does not accept the channel’s credentials for this file.');
  return stop('later', `The provider answered with status ${status}.`);
}

function endOf(error: unknown): Fetched {
  if (error instanceof Stop) return error.end;
  if (error instanceof FileTooLarge) return { kind: 'refused', reason: 'The file has more than 100 MB.' };
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if (at instanceof AddressRefused) return { kind: 'refused', reason: `The file was not fetched. ${at.message}` };
  }
  if (error instanceof Error && 'code' in error && DISK.has(String(error.code)))
    return { kind: 'later', reason: 'This server could not write the file to its disk. Look whether it is full.' };
  return { kind: 'later', reason: 'The provider could not be reached, or stopped in the middle of the file.' };
}
