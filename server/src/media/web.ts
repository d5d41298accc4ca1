import { lookup as systemLookup } from 'node:dns';
import { Readable } from 'node:stream';
import { request } from 'undici';
import { allowedTarget, guardedAgent, isPublicAddress } from '../services/http.ts';

const TIMEOUT = 30_000; // ms without a byte

export interface WebAnswer {
  status: number;
  /** Where it redirects to, and what it says of the file. */
  location: string | null;
  contentType: string | null;
  filename: string | null;
  body: Readable;
}

/** Gets a file from anywhere on the public web, without credentials. Rejects with an AddressRefused for other addresses. */
export type Web = (url: string, signal: AbortSignal) => Promise<WebAnswer>;

export function createWeb({ allow = isPublicAddress, lookup = systemLookup, timeout = TIMEOUT } = {}): Web {
  const dispatcher = guardedAgent({ allow, lookup, timeout });
  return async (url, signal) => {
    const target = allowedTarget(url, allow);
    const { statusCode, headers, body } = await request(target, { dispatcher, signal });
    const header = (name: string): string | null => headers[name]?.toString() ?? null;
    return answerOf(statusCode, header, body);
  };
}

/** The same of what `fetch` answers, for the providers' own hosts. */
export const webAnswer = (response: Response): WebAnswer => {
  const body = response.body
    ? Readable.fromWeb(response.body as import('node:stream/web').ReadableStream)
    : Readable.from([]);
  return answerOf(response.status, (name) => response.headers.get(name), body);
};

const answerOf = (status: number, header: (name: string) => string | null, body: Readable): WebAnswer => ({
  status,
  location: header('location'),
  contentType: header('content-type')?.split(';')[0]?.trim() || null,
  filename: filenameOf(header('content-disposition')),
  body,
});

/** RFC 6266; the encoded form is the truer one. */
function filenameOf(header: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;\s]+)/i.exec(header ?? '')?.[1];
  if (encoded !== undefined) {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return null; // cut in the middle of a letter
    }
  }
  return (
    /filename="([^"]*)"|filename=([^;\s]+)/i
      .exec(header ?? '')
      ?.slice(1)
      .find(Boolean) ?? null
  );
}
