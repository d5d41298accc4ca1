import type { Problem } from '@parley/runtime';

export interface FieldProblem {
  /** JSON pointer into what was sent. */
  path: string;
  code: string;
  message: string;
  node?: string | null;
}

/** An answer that was not a success (RFC 9457), or no answer at all: then `status` is 0. */
export class RequestError extends Error {
  override name = 'RequestError';
  readonly status: number;
  readonly code: string;
  readonly errors: readonly FieldProblem[];
  /** What the problem document held besides, such as `current` of a conflict. */
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(body: Record<string, unknown>, status: number) {
    super(typeof body.detail === 'string' ? body.detail : `The server answered with status ${status}. Try again.`);
    this.status = status;
    this.code = typeof body.code === 'string' ? body.code : 'unknown';
    this.errors = Array.isArray(body.errors) ? (body.errors as FieldProblem[]) : [];
    this.facts = body;
  }

  /** The problems of a flow, where the server refused it for them. */
  get problems(): readonly Problem[] {
    return Array.isArray(this.facts.problems) ? (this.facts.problems as Problem[]) : [];
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Calls the API and gives the parsed answer. Rejects with a RequestError, whatever went wrong. */
export async function request<Answer>(method: Method, path: string, body?: unknown): Promise<Answer> {
  const init: RequestInit = { method, headers: { accept: 'application/json' } };
  if (body !== undefined) {
    init.headers = { ...init.headers, 'content-type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  const response = await fetch(path, init).catch(() => {
    throw new RequestError(
      { code: 'offline', detail: 'The server cannot be reached. Check the connection and try again.' },
      0,
    );
  });
  const text = await response.text();
  if (!response.ok) throw new RequestError(objectIn(text), response.status);
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}

/** A proxy in between may answer with a page of its own. */
function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
