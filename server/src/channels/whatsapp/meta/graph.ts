import type { Http, HttpRequest } from '../../../plugins/http.ts';
import type { MetaChannel } from '../../../storage/channel.ts';
import { type Answer, ask, askPages } from '../errors/ask.ts';
import { GRAPH_VERSION } from './send.ts';

interface GraphOptions {
  http: Http;
  graphUrl: string;
  /** Milliseconds for each answer. */
  timeout: number;
}

export type Graph = ReturnType<typeof createGraph>;
type Query = Record<string, string>;

/** Meta's Graph API with one access token. What goes wrong comes back as a failure in words; nothing is thrown. */
export function createGraph({ http, graphUrl, timeout }: GraphOptions, accessToken: string, secrets = {}) {
  const asker = { http, provider: 'meta' as const, secrets: { 'access token': accessToken, ...secrets } };
  const base = `${graphUrl}/${GRAPH_VERSION}`;

  const request = (method: HttpRequest['method'], path: string, query: Query, body?: object): HttpRequest => ({
    method,
    url: `${base}${path}${queryOf(query)}`,
    headers: {
      authorization: `Bearer ${accessToken}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
    timeout,
  });

  return {
    get: (path: string, query: Query = {}): Promise<Answer> => ask(asker, request('GET', path, query)),
    post: (path: string, body: object = {}): Promise<Answer> => ask(asker, request('POST', path, {}, body)),

    /** Every row of a list. Pages are asked for by their cursor: `paging.next` would put the token into an address. */
    async rows(path: string, query: Query, maxPages: number): Promise<Answer<{ rows: unknown[]; whole: boolean }>> {
      const next = (page: Record<string, unknown>): HttpRequest | null => {
        const after = cursorOf(page);
        return after === null ? null : request('GET', path, { ...query, after });
      };
      const answer = await askPages(asker, request('GET', path, query), { maxPages, next });
      if (!answer.ok) return answer;
      const { pages, whole } = answer.value;
      return { ok: true, value: { rows: pages.flatMap(({ data }) => (Array.isArray(data) ? data : [])), whole } };
    },
  };
}

/** Null on the last page: Meta leaves `next` out there, the cursors it gives all the same. */
function cursorOf({ paging }: Record<string, unknown>): string | null {
  if (typeof paging !== 'object' || paging === null || !('next' in paging) || !('cursors' in paging)) return null;
  const { cursors } = paging;
  if (typeof cursors !== 'object' || cursors === null || !('after' in cursors)) return null;
  return typeof cursors.after === 'string' && cursors.after !== '' ? cursors.after : null;
}

// Written out: URLSearchParams would escape the commas of a list of fields
function queryOf(query: Query): string {
  const parts = Object.entries(query).map(
    ([key, value]) => `${key}=${encodeURIComponent(value).replaceAll('%2C', ',')}`,
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** The Graph API with the channel's own token; null where it has none that can be opened. */
export const graphOf = (options: GraphOptions, { secrets }: MetaChannel): Graph | null =>
  secrets && createGraph(options, secrets.accessToken, { 'app secret': secrets.appSecret });
