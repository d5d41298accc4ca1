/** One call of a provider's API. Injected, so that a test answers instead of a network. */
export type Http = (request: HttpRequest) => Promise<HttpResponse>;

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  url: string;
  headers?: Record<string, string>;
  body?: string;
  /** Milliseconds, for everything up to the last byte. */
  timeout: number;
}

export interface HttpResponse {
  status: number;
  text: string;
}

/** No answer came: no connection, or not in time. */
export class HttpError extends Error {
  override name = 'HttpError';
}

/** For addresses that the operator set. What a flow's author may call goes through a service that refuses private ones. */
export const http: Http = async ({ method, url, headers, body, timeout }) => {
  try {
    const signal = AbortSignal.timeout(timeout);
    // A redirect would carry the token to wherever it points
    const response = await fetch(url, { method, headers, body, signal, redirect: 'manual' });
    return { status: response.status, text: await response.text() };
  } catch (cause) {
    throw new HttpError(`${method} ${new URL(url).host} gave no answer`, { cause });
  }
};
