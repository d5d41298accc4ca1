import { openAsBlob } from 'node:fs';
import { isObject } from '@parley/runtime';
import type { MetaChannel } from '../../../storage/channel.ts';
import { explainError } from '../errors/index.ts';
import type { SendResult } from '../gateway.ts';
import { readGraphError } from './graph-error.ts';
import { textOf } from './read.ts';
import { GRAPH_VERSION } from './send.ts';

interface Graph {
  graphUrl: string;
  fetch: typeof fetch;
}

export interface MediaInfo {
  url: string;
  contentType: string | null;
  /** Bytes. */
  size: number | null;
  sha256: string | null;
}

const MAX_ANSWER = 100_000; // characters
const NO_SUCH = '100'; // Graph: the object does not exist, or not for this number

/** Where a file of a message can be fetched for the next five minutes. Source: Meta, "Media". Never throws but for `signal`. */
export async function infoOfMedia(
  { graphUrl, fetch }: Graph,
  channel: MetaChannel,
  mediaId: string,
  signal: AbortSignal,
): Promise<({ kind: 'found' } & MediaInfo) | { kind: 'gone' | 'later'; reason: string }> {
  const number = encodeURIComponent(channel.phoneNumberId ?? '');
  const answer = await call(`${graphUrl}/${GRAPH_VERSION}/${encodeURIComponent(mediaId)}?phone_number_id=${number}`, {
    fetch,
    channel,
    signal,
    method: 'GET',
  });
  const url = textOf(answer.body.url);
  if (answer.status === 200 && url !== null) {
    const { mime_type, file_size, sha256 } = answer.body;
    // A number in what was recorded, a text in the documents
    const size = Number(textOf(file_size) ?? Number.NaN);
    return {
      kind: 'found',
      url,
      contentType: textOf(mime_type),
      size: Number.isFinite(size) ? size : null,
      sha256: textOf(sha256),
    };
  }
  const error = readGraphError(answer.body);
  if (answer.status === 404 || error?.code === NO_SUCH)
    return { kind: 'gone', reason: 'WhatsApp does not have the file any more: it keeps them for 7 days.' };
  return { kind: 'later', reason: error ? explainError('meta', error.code).words : statusWords(answer.status) };
}

/** Hands a file to Meta, which keeps it for 30 days under the id it answers. Never throws. */
export async function uploadMedia(
  { graphUrl, fetch }: Graph,
  channel: MetaChannel,
  { path, contentType, filename }: { path: string; contentType: string; filename: string },
  signal: AbortSignal,
): Promise<{ kind: 'uploaded'; id: string } | Extract<SendResult, { kind: 'refused' } | { kind: 'later' }>> {
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('type', contentType);
  // Of the disk, so that 100 MB are never in memory
  form.set('file', await openAsBlob(path, { type: contentType }), filename);
  let answer: Answer;
  try {
    const url = `${graphUrl}/${GRAPH_VERSION}/${channel.phoneNumberId}/media`;
    answer = await call(url, { fetch, channel, signal, method: 'POST', body: form });
  } catch {
    // Twice uploaded is harmless: nobody sees what no message names
    return { kind: 'later', code: 'unreachable', reason: 'Meta could not be reached with the file.', afterSeconds: 5 };
  }
  const id = textOf(answer.body.id);
  if (answer.status >= 200 && answer.status < 300 && id !== null) return { kind: 'uploaded', id };
  const error = readGraphError(answer.body);
  const { retry, afterSeconds, words } = explainError('meta', error?.code ?? String(answer.status));
  const reason = error ? (error.details ?? error.message) : words;
  const code = error?.code ?? String(answer.status);
  if (retry === 'never' && answer.status < 500) return { kind: 'refused', code, reason };
  return { kind: 'later', code, reason, afterSeconds: afterSeconds ?? 5 };
}

/** True where Meta has it no more. Never throws but for `signal`. */
export async function deleteMedia(
  { graphUrl, fetch }: Graph,
  channel: MetaChannel,
  mediaId: string,
  signal: AbortSignal,
) {
  const url = `${graphUrl}/${GRAPH_VERSION}/${encodeURIComponent(mediaId)}`;
  const { status, body } = await call(url, { fetch, channel, signal, method: 'DELETE' });
  return body.success === true || status === 404 || readGraphError(body)?.code === NO_SUCH;
}

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

interface Call {
  fetch: typeof fetch;
  channel: MetaChannel;
  method: 'GET' | 'POST' | 'DELETE';
  body?: FormData;
  signal: AbortSignal;
}

async function call(url: string, { fetch, channel, method, body, signal }: Call): Promise<Answer> {
  const headers = { authorization: `Bearer ${channel.secrets?.accessToken ?? ''}` };
  // A redirect would carry the token to wherever it points
  const response = await fetch(url, { method, headers, body, signal, redirect: 'manual' });
  const text = (await response.text()).slice(0, MAX_ANSWER);
  try {
    const value: unknown = JSON.parse(text);
    return { status: response.status, body: isObject(value) ? value : {} };
  } catch {
    return { status: response.status, body: {} }; // a proxy's page: the status alone speaks
  }
}

const statusWords = (status: number): string => `Meta answered with status ${status}.`;
