import type { Http } from '../../plugins/http.ts';
import type { ChannelCheck, ChannelWithSecrets } from '../../storage/channel.ts';
import { checkMeta } from './check-meta.ts';

export interface CheckOptions {
  http: Http;
  metaGraphUrl: string;
  twilioApiUrl: string;
  now: () => Date;
  /** Milliseconds that the provider has for its answer. */
  timeout: number;
}

/** Asks the provider about the number, as sending would; the address is null where it told none. */
export async function checkChannel(
  channel: ChannelWithSecrets,
  { http, metaGraphUrl, now, timeout }: CheckOptions,
): Promise<{ check: ChannelCheck; address: string | null }> {
  if (channel.provider === 'meta' && channel.secrets && channel.phoneNumberId) {
    const { phoneNumberId, secrets } = channel;
    const { accessToken } = secrets;
    return checkMeta({ http, graphUrl: metaGraphUrl, phoneNumberId, accessToken, timeout, now: now() });
  }
  return {
    check: { state: channel.provider === 'simulator' ? 'ok' : 'unknown', at: now(), problems: [] },
    address: null,
  };
}
