import type { Edit, Problem } from '@parley/runtime';
import { RequestError, request } from './request.ts';

export interface FlowSummary {
  id: string;
  name: string;
  revision: number;
  status: 'draft' | 'active' | 'inactive';
  published: { version: number; hash: string; at: string; by: string } | null;
  problems: Problem[];
  createdAt: string;
  updatedAt: string;
}

export type FlowDocument = Record<string, unknown>;
export interface SavedFlow extends FlowSummary {
  document: FlowDocument;
}

export interface Published {
  version: number;
  status: FlowSummary['status'];
  /** Warnings: errors stop a publication with the code `flow_has_errors`. */
  problems: Problem[];
}

export interface FlowPage {
  items: FlowSummary[];
  next: string | null;
}

const at = (id: string) => `/api/flows/${encodeURIComponent(id)}`;

export function listFlows(query: { q: string; cursor: string | null }): Promise<FlowPage> {
  const parameters = new URLSearchParams({ sort: '-updatedAt' });
  if (query.q) parameters.set('q', query.q);
  if (query.cursor) parameters.set('cursor', query.cursor);
  return request('GET', `/api/flows?${parameters}`);
}

export const readFlow = (id: string) => request<SavedFlow>('GET', at(id));
export const readVersion = (id: string, version: number) =>
  request<{ version: number; document: FlowDocument }>('GET', `${at(id)}/versions/${version}`);
export const createFlow = (document: FlowDocument) => request<SavedFlow>('POST', '/api/flows', { document });
/** A stale revision is refused with the code `revision_conflict` and `current: { revision, document }`. */
export const saveFlow = (id: string, draft: { document: FlowDocument; revision: number }) =>
  request<SavedFlow>('PUT', at(id), draft);
export const removeFlow = (id: string) => request<void>('DELETE', at(id));
export const checkDocument = (document: FlowDocument) =>
  request<{ ok: boolean; problems: Problem[] }>('POST', '/api/flows/check', { document });

export const publishFlow = (id: string) => request<Published>('POST', `${at(id)}/publish`, {});
export const activateFlow = (id: string) => request<SavedFlow>('POST', `${at(id)}/activate`);
export const deactivateFlow = (id: string) => request<SavedFlow>('POST', `${at(id)}/deactivate`);

type SaveAnswer =
  | { kind: 'saved'; revision: number }
  | { kind: 'conflict'; current: { revision: number; document: unknown }; changes: string[] }
  | { kind: 'refused'; reason: string };

/** Sends single edits. Rejects only where the server could not be asked, or could not answer: then they may be sent again. */
export async function saveEdits(id: string, revision: number, edits: readonly Edit[]): Promise<SaveAnswer> {
  try {
    const saved = await request<SavedFlow>('PATCH', at(id), { revision, edits });
    return { kind: 'saved', revision: saved.revision };
  } catch (error) {
    if (!(error instanceof RequestError) || isPassing(error.status)) throw error;
    const { current, changes } = error.facts as {
      current?: { revision: number; document: unknown };
      changes?: string[];
    };
    if (error.code === 'revision_conflict' && current) return { kind: 'conflict', current, changes: changes ?? [] };
    return { kind: 'refused', reason: error.message };
  }
}

/** No answer, a session that ended, too many requests, or a server in trouble: worth another try. */
const isPassing = (status: number) => status === 0 || status === 401 || status === 429 || status >= 500;
