import type { Edit, Problem } from '@parley/runtime';
import { RequestError, request } from './request.ts';

export interface FlowSummary {
  id: string;
  name: string;
  tags: string[];
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
  /** How many there are on all pages. */
  total: number;
}

/** What of the list is wanted; what is absent narrows nothing. */
export interface FlowQuery {
  q?: string | undefined;
  tag?: string | undefined;
  status?: FlowSummary['status'] | undefined;
  /** Only those with problems. */
  problems?: boolean | undefined;
  /** A field, with `-` before it for descending. */
  sort?: string;
  limit?: number;
  cursor?: string | null;
}

const at = (id: string) => `/api/flows/${encodeURIComponent(id)}`;

export function listFlows(query: FlowQuery): Promise<FlowPage> {
  const { sort = '-updatedAt', ...narrowing } = query;
  const parameters = new URLSearchParams({ sort, count: 'true' });
  for (const [name, value] of Object.entries(narrowing)) if (value) parameters.set(name, String(value));
  return request('GET', `/api/flows?${parameters}`);
}

export const readFlow = (id: string) => request<SavedFlow>('GET', at(id));
export const readVersion = (id: string, version: number) =>
  request<{ version: number; document: FlowDocument }>('GET', `${at(id)}/versions/${version}`);
export const createFlow = (document: FlowDocument) => request<SavedFlow>('POST', '/api/flows', { document });
export const createNamed = (name: string, document: FlowDocument, tags: readonly string[] = []) =>
  request<SavedFlow>('POST', '/api/flows', { name, document, tags });
/** A stale revision is refused with the code `revision_conflict` and `current: { revision, document }`. */
export const saveFlow = (id: string, draft: { document: FlowDocument; revision: number }) =>
  request<SavedFlow>('PUT', at(id), draft);
export const removeFlow = (id: string) => request<void>('DELETE', at(id));
export const checkDocument = (document: FlowDocument) =>
  request<{ ok: boolean; problems: Problem[] }>('POST', '/api/flows/check', { document });

export const publishFlow = (id: string) => request<Published>('POST', `${at(id)}/publish`, {});
export const activateFlow = (id: string) => request<SavedFlow>('POST', `${at(id)}/activate`);
export const deactivateFlow = (id: string) => request<SavedFlow>('POST', `${at(id)}/deactivate`);

/** Renames the flow and its document, whatever was saved in between. */
export const renameFlow = (id: string, name: string) => request<SavedFlow>('PATCH', at(id), { name });
/** No saving: whoever edits the flow at the same time notices nothing. */
export const tagFlow = (id: string, tags: readonly string[]) => request<SavedFlow>('PATCH', at(id), { tags });
export const listTags = async () =>
  (await request<{ items: { tag: string; count: number }[] }>('GET', '/api/flows/tags')).items;

export interface ClashingTrigger {
  node: string;
  kind: 'button' | 'referral' | 'equals' | 'starts' | 'contains' | 'pattern' | 'first' | 'any' | 'event';
  value: string | null;
}
/** Two live bots that both want one message. */
export interface Clash {
  trigger: ClashingTrigger;
  otherTrigger: ClashingTrigger;
  other: { id: string; name: string };
  wins: 'this' | 'other';
  because: 'more_specific' | 'priority' | 'older';
  priority: { this: number; other: number };
  example: string | null;
}
/** Of the version that would answer (the draft, where none was published), or of the draft in any case. */
export const readClashes = async (id: string, of: 'published' | 'draft' = 'published') =>
  (await request<{ clashes: Clash[] }>('GET', `${at(id)}/clashes?of=${of}`)).clashes;

/** What switching off or deleting concerns. */
export interface Dependents {
  flows: { id: string; name: string }[];
  /** Conversations that are in it now. */
  inside: number;
}
export const readDependents = (id: string) => request<Dependents>('GET', `${at(id)}/dependents`);

type SaveAnswer =
  | { kind: 'saved'; revision: number; problems: Problem[] }
  | {
      kind: 'conflict';
      current: { revision: number; document: unknown };
      changes: string[];
      /** What this saving became when it came before: a revision, or null where it never came; absent where nobody knows. */
      saved?: number | null;
    }
  | { kind: 'refused'; error: RequestError };

/**
 * Sends single edits, under a name by which the server knows this saving again. Rejects only where it could not be asked,
 * or could not answer: then they may be sent again.
 */
export async function saveEdits(
  id: string,
  revision: number,
  edits: readonly Edit[],
  saving?: string,
): Promise<SaveAnswer> {
  try {
    const saved = await request<SavedFlow>('PATCH', at(id), { revision, edits, saving });
    return { kind: 'saved', revision: saved.revision, problems: saved.problems };
  } catch (error) {
    if (!(error instanceof RequestError) || isPassing(error.status)) throw error;
    const { current, changes, saved } = error.facts as {
      current?: { revision: number; document: unknown };
      changes?: string[];
      saved?: number | null;
    };
    if (error.code === 'revision_conflict' && current)
      return { kind: 'conflict', current, changes: changes ?? [], ...(saved !== undefined && { saved }) };
    return { kind: 'refused', error };
  }
}

/** No answer, a session that ended, too many requests, or a server in trouble: worth another try. */
const isPassing = (status: number) => status === 0 || status === 401 || status === 429 || status >= 500;
