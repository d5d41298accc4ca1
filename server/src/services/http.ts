import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { HttpReply, HttpRequest, Json } from '@parley/runtime';
import ipaddr from 'ipaddr.js';
import { Agent, request } from 'undici';

const TIMEOUT = 10_000; // ms for the whole answer
const MAX_BODY = 1_000_000; // bytes that are read of an answer
const AZURE_HOST = '168.63.129.16'; // looks public, and is the machine's own host there
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');
const KEPT_HEADERS = ['content-type', 'location', 'retry-after', 'etag', 'link'];

/** The address is one of our own networks, of this machine or of a cloud's metadata; flows may not reach it. */
export class AddressRefused extends Error {
  override name = 'AddressRefused';
}

/** Public unicast only: loopback, private, link-local, carrier-grade NAT, mapped and translated forms are refused. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast' || address === AZURE_HOST) return false;
  // Of IPv6 only 2000::/3 is public: the old IPv4-compatible form of loopback, ::7f00:1, passes for unicast as well
  return parsed.kind() === 'ipv4' || parsed.match(GLOBAL_UNICAST);
}

interface Options {
  allow?: (address: string) => boolean;
  lookup?: typeof systemLookup;
  /** Milliseconds for the whole answer. */
  timeout?: number;
}

/** Connects to allowed addresses only, and looks at the address that it really connects to. */
export function guardedAgent({ allow, lookup, timeout }: Required<Options>): Agent {
  const guarded: LookupFunction = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const [first] = addresses;
      const refused = addresses.find(({ address }) => !allow(address));
      if (refused || !first) return callback(new AddressRefused('This address is not public.'), '', 0);
      if (options.all) return (callback as (error: null, all: typeof addresses) => void)(null, addresses);
      callback(null, first.address, first.family);
    });
  };
  return new Agent({ connect: { lookup: guarded, timeout }, headersTimeout: timeout, bodyTimeout: timeout });
}

/** Throws an AddressRefused for what can be refused before anything is looked up: a literal address needs no lookup. */
export function allowedTarget(url: string, allow: (address: string) => boolean = isPublicAddress): URL {
  const target = new URL(url);
  if (target.protocol !== 'https:' && target.protocol !== 'http:')
    throw new AddressRefused('Begin the address with https:// or http://.');
  if (target.username || target.password)
    throw new AddressRefused('Put credentials into a header, not into the address.');
  const literal = target.hostname.replace(/^\[|\]$/g, '');
  if (ipaddr.isValid(literal) && !allow(literal)) throw new AddressRefused('This address is not public.');
  return target;
}

/**
 * HTTP for flows. Every address is checked when the connection is made, so that neither a name that points inside, nor
 * one that changes its mind between check and connect, gets through. Redirects are not followed.
 */
export function createHttpService({ allow = isPublicAddress, lookup = systemLookup, timeout = TIMEOUT }: Options = {}) {
  const dispatcher = guardedAgent({ allow, lookup, timeout });

  return async function http({ method, url, headers, body }: HttpRequest): Promise<HttpReply> {
    const target = allowedTarget(url, allow);
    const signal = AbortSignal.timeout(timeout);
    const response = await request(target, { method: method as 'GET', headers, body, dispatcher, signal });
    const text = await readBody(response.body);
    return { status: response.statusCode, headers: keptHeaders(response.headers), text, json: parseJson(text) };
  };
}

/** An answer larger than the limit is refused, not cut: half a JSON is worse than an error. */
async function readBody(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > MAX_BODY) throw new Error(`The answer is larger than ${MAX_BODY} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function keptHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    KEPT_HEADERS.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, String(value)]];
    }),
  );
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null; // not JSON: the text itself is the answer
  }
}
