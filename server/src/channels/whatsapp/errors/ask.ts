import { isObject } from '@parley/runtime';
import { type Http, HttpError, type HttpRequest } from '../../../plugins/http.ts';
import { readGraphError } from '../meta/graph-error.ts';
import { explainError, type ProviderError } from './index.ts';

/** Why a provider did not do what it was asked for. No word of it holds a secret. */
export interface Failure {
  /** The provider's code as text; `unreachable` where no answer came, `unreadable` where it was none that we know. */
  code: string;
  /** The provider's own words, shortened. */
  said: string;
  explained: ProviderError;
}

export type Answer<Value = Record<string, unknown>> = { ok: true; value: Value } | { ok: false; failure: Failure };

const MAX_WORDS = 300; // characters of the provider's own words that are kept
const MAX_BODY = 5_000_000; // characters; a page of templates has some hundred thousand

export interface Asker {
  http: Http;
  provider: 'meta' | 'twilio';
  /** What must not turn up in any word, by what to call it. */
  secrets: Record<string, string>;
}

/** Asks a provider, and says in one way for both what it answered. Never throws for what the network or a provider does. */
export async function ask({ http, provider, secrets }: Asker, request: HttpRequest): Promise<Answer> {
  const failed = (code: string, said: string): Answer => ({
    ok: false,
    failure: { code, said: withoutSecrets(said, secrets).slice(0, MAX_WORDS), explained: explainOwn(provider, code) },
  });
  const name = provider === 'meta' ? 'Meta' : 'Twilio';
  try {
    const { status, text } = await http(request);
    const body = text.length > MAX_BODY ? null : parseJson(text);
    if (status >= 200 && status < 300 && isObject(body)) return { ok: true, value: body };
    const refusal = provider === 'meta' ? readGraphError(body) : readRefusal(body);
    if (refusal) return failed(refusal.code, refusal.details ?? refusal.message);
    return failed('unreadable', `${name} answered with status ${status} and nothing that we know.`);
  } catch (error) {
    if (error instanceof HttpError) return failed('unreachable', `${name} did not answer.`);
    throw error;
  }
}

/** Reads a list that comes in pages. A provider that never ends is stopped after `maxPages`, and what came is kept. */
export async function askPages(
  asker: Asker,
  first: HttpRequest,
  { maxPages, next }: { maxPages: number; next: (body: Record<string, unknown>) => HttpRequest | null },
): Promise<Answer<{ pages: Record<string, unknown>[]; whole: boolean }>> {
  const pages: Record<string, unknown>[] = [];
  let request: HttpRequest | null = first;
  while (request && pages.length < maxPages) {
    const answer: Answer = await ask(asker, request);
    if (!answer.ok) return answer;
    pages.push(answer.value);
    request = next(answer.value);
  }
  return { ok: true, value: { pages, whole: request === null } };
}

function readRefusal(body: unknown): { code: string; message: string; details: null } | null {
  if (!isObject(body) || (typeof body.code !== 'number' && typeof body.code !== 'string')) return null;
  return { code: String(body.code), message: String(body.message ?? ''), details: null };
}

/** A failure that no provider put into words. */
export const ownFailure = (provider: 'meta' | 'twilio', code: string, said: string): Failure => ({
  code,
  said,
  explained: explainOwn(provider, code),
});

function explainOwn(provider: 'meta' | 'twilio', code: string): ProviderError {
  const name = provider === 'meta' ? 'Meta' : 'Twilio';
  const setting = provider === 'meta' ? 'META_GRAPH_URL' : 'TWILIO_API_URL';
  const own = { code, retry: 'retry', afterSeconds: 5, class: 'temporary' } as const;
  if (code === 'unreachable')
    return {
      ...own,
      words: `${name} did not answer.`,
      remedy: `Check that this server may reach ${setting}, then check again.`,
    };
  if (code === 'unreadable')
    return {
      ...own,
      words: `${name} answered with something that we do not know.`,
      remedy: `Check ${setting}, or try again later.`,
    };
  return explainError(provider, code);
}

/** Also as they stand in an address or behind `Basic`. */
function withoutSecrets(words: string, secrets: Record<string, string>): string {
  return Object.entries(secrets).reduce((text, [name, secret]) => {
    if (secret === '') return text;
    return text.replaceAll(secret, `[${name}]`).replaceAll(encodeURIComponent(secret), `[${name}]`);
  }, words);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // a proxy's page
  }
}
