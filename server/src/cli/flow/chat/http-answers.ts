import type { HttpReply, HttpRequest, Json } from '@parley/runtime';

/** How a script writes an answer of another system, or that none came. */
export interface ScriptReply {
  status?: number;
  json?: Json;
  text?: string;
  headers?: Record<string, string>;
  error?: string;
}

const STATUS = /^([1-5]\d\d)(?:\s+([\s\S]*))?$/;

export const HOW_TO_ANSWER = 'Type a status and a JSON, such as 200 {"ok": true}; or "error" and why no answer comes.';

/** What a person types for an answer: `200 {"a": 1}`, `404`, `{"a": 1}`, `500 plain words`, `error timed out`. Null for nothing of these. */
export function readAnswer(typed: string): ScriptReply | null {
  const text = typed.trim();
  const failed = /^error\b\s*(.*)$/is.exec(text);
  if (failed) return { error: failed[1] || 'No answer came.' };
  const [, status, body = ''] = STATUS.exec(text) ?? [];
  if (status === undefined) {
    const json = jsonOf(text);
    return json === undefined ? null : { status: 200, json };
  }
  if (body === '') return { status: Number(status) };
  const json = jsonOf(body);
  return json === undefined ? { status: Number(status), text: body } : { status: Number(status), json };
}

function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined; // words, then
  }
}

/** What the flow gets, the same as when a script gives it. */
export function replyOf({ status = 200, json = null, text, headers = {}, error }: ScriptReply): HttpReply {
  if (error !== undefined) throw new Error(error);
  return { status, headers, text: text ?? JSON.stringify(json), json };
}

/** A real answer as a script keeps it: the JSON, or the text where it was none. */
export const recordedReply = ({ status, headers, text, json }: HttpReply): ScriptReply => ({
  status,
  ...(json === null && text !== 'null' ? { text } : { json }),
  ...(Object.keys(headers).length > 0 ? { headers } : {}),
});

export const showAnswer = ({ status, json, text, error }: ScriptReply): string =>
  error === undefined ? `${status ?? 200} ${text ?? JSON.stringify(json ?? null)}` : `error ${error}`;

export const askedFor = ({ method, url }: HttpRequest): string => `${method} ${url}`;
