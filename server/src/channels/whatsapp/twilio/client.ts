import type { Twilio } from 'twilio';

const CALL_TIMEOUT = 30_000; // ms, where the caller brings no signal of its own
const MAX_ANSWER = 20_000_000; // bytes; a page of 500 templates holds some hundred thousand

type Sdk = typeof import('twilio');
type RequestClient = InstanceType<Sdk['RequestClient']>;
type RequestOptions = Parameters<RequestClient['request']>[0];

export interface TwilioAccess {
  /** Where Twilio answers: every one of its hosts, where it is not Twilio's own. */
  apiUrl: string;
  fetch: typeof fetch;
  /** `AC…` */
  accountSid: string;
  authToken: string;
  signal?: AbortSignal;
}

/**
 * Twilio's own client over the `fetch` that was passed in. It follows no redirect, tries nothing twice and writes no log;
 * it throws the errors of `fetch`, and for a refusal the client's own, which `faultOf` reads.
 */
export async function createTwilioClient({ accountSid, authToken, ...access }: TwilioAccess): Promise<Twilio> {
  const { Client, FetchClient } = await load();
  return new Client(accountSid, authToken, { httpClient: new FetchClient(access) });
}

let loaded: ReturnType<typeof loadSdk> | undefined;
const load = (): ReturnType<typeof loadSdk> => {
  loaded ??= loadSdk();
  return loaded;
};

/** The package takes 150 ms to load: only who speaks with Twilio waits for it. */
async function loadSdk() {
  const { default: sdk } = await import('twilio');
  class FetchClient extends sdk.RequestClient {
    readonly #access: Omit<TwilioAccess, 'accountSid' | 'authToken'>;

    constructor(access: Omit<TwilioAccess, 'accountSid' | 'authToken'>) {
      super();
      this.#access = access;
    }

    override async request<Data>(
      options: RequestOptions,
    ): Promise<{ statusCode: number; body: Data; headers: object }> {
      const { apiUrl, fetch, signal = AbortSignal.timeout(CALL_TIMEOUT) } = this.#access;
      const headers = new Headers(options.headers);
      headers.set(
        'authorization',
        `Basic ${Buffer.from(`${options.username}:${options.password}`).toString('base64')}`,
      );
      const response = await fetch(addressOf(options, apiUrl), {
        method: options.method.toUpperCase(),
        headers,
        body: bodyOf(options, headers),
        redirect: 'manual', // a redirect would carry the token to wherever it points
        signal,
      });
      // The client parses a text itself, and says so in the type of what it makes of it
      const body = (await textOf(response)) as Data;
      return { statusCode: response.status, body, headers: Object.fromEntries(response.headers) };
    }
  }
  class Client extends sdk.Twilio {
    /** The own one takes `twilio.test` for a product in a region, and would let variables of the environment in. */
    override getHostname(hostname: string): string {
      return hostname;
    }
  }
  return { Client, FetchClient };
}

/**
 * A simulator answers for all of Twilio's hosts on one address. Pages are followed by the address that an answer names:
 * one that is neither Twilio nor the simulator would get the token.
 */
function addressOf({ uri, params }: RequestOptions, apiUrl: string): string {
  const wanted = new URL(uri);
  const api = new URL(apiUrl);
  for (const [name, value] of pairsOf(params)) wanted.searchParams.append(name, value);
  if (isTwilio(api.hostname) ? isTwilio(wanted.hostname) && wanted.protocol === 'https:' : wanted.origin === api.origin)
    return wanted.href;
  if (!isTwilio(api.hostname) && isTwilio(wanted.hostname))
    return `${apiUrl.replace(/\/$/, '')}${wanted.pathname}${wanted.search}`;
  throw new Error('an answer of Twilio points to another host');
}

const isTwilio = (hostname: string): boolean => hostname === 'twilio.com' || hostname.endsWith('.twilio.com');

function bodyOf({ data }: RequestOptions, headers: Headers): string | null {
  if (data === undefined || data === null) return null;
  if (headers.get('content-type') === 'application/json') return JSON.stringify(data);
  return new URLSearchParams(pairsOf(data)).toString();
}

/** A list gives its name once for each value. */
const pairsOf = (fields: object | undefined): [string, string][] =>
  Object.entries(fields ?? {}).flatMap(([name, value]) =>
    [value]
      .flat()
      .filter((one) => one !== undefined && one !== null)
      .map((one): [string, string] => [name, String(one)]),
  );

async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_ANSWER) throw new Error(`Twilio's answer is longer than ${MAX_ANSWER} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
