import type { FlowDocument, Published } from './flows.ts';
import { request } from './request.ts';

export interface VersionSummary {
  version: number;
  hash: string;
  at: string;
  by: string;
  /** The name of who published it; null where that account or key is gone. */
  author: string | null;
  name: string | null;
  note: string | null;
}
export interface Version extends VersionSummary {
  document: FlowDocument;
}

/** How many people are inside which version, and where: `node` is a path where they are inside a sub-flow. */
export interface PeopleAt {
  version: number;
  node: string;
  count: number;
}

/** What one saving of the draft changed. */
export interface SavedChange {
  revision: number;
  at: string | null;
  author: string | null;
  places: {
    what: 'added' | 'removed' | 'changed' | 'wires' | 'layout' | 'settings' | 'variables' | 'translations' | 'name';
    node?: string;
    label?: string;
    type?: string;
  }[];
}

export interface Testing {
  /** Phone numbers and ids of contacts. */
  contacts: string[];
  shared: { revision: number; at: string; author: string | null } | null;
}

export interface PublishRequest {
  name?: string;
  note?: string;
  activate: boolean;
  /** What was looked at: where it is not so any more, nothing is published. */
  revision: number;
  live: number | null;
}

const PAGE = 10; // versions; each is described beside the one before it, whose document is read for that

const at = (id: string) => `/api/flows/${encodeURIComponent(id)}`;

export function listVersions(id: string, cursor: string | null) {
  const parameters = new URLSearchParams({ sort: '-createdAt', limit: String(PAGE) });
  if (cursor !== null) parameters.set('cursor', cursor);
  return request<{ items: VersionSummary[]; next: string | null }>('GET', `${at(id)}/versions?${parameters}`);
}

export const readVersion = (id: string, version: number) => request<Version>('GET', `${at(id)}/versions/${version}`);
export const describeVersion = (id: string, version: number, words: { name?: string | null; note?: string | null }) =>
  request<VersionSummary>('PATCH', `${at(id)}/versions/${version}`, words);
/** Refused with `revision_conflict`, `published_meanwhile`, or `flow_has_errors` and its problems. */
export const publishVersion = (id: string, wanted: PublishRequest) =>
  request<Published>('POST', `${at(id)}/publish`, wanted);
export const readPeople = (id: string) =>
  request<{ people: PeopleAt[] }>('GET', `${at(id)}/people`).then(({ people }) => people);
export const readChanges = (id: string) =>
  request<{ changes: SavedChange[] }>('GET', `${at(id)}/changes`).then(({ changes }) => changes);

export const readTesting = (id: string) => request<Testing>('GET', `${at(id)}/testers`);
export const chooseTesters = (id: string, contacts: string[]) =>
  request<Testing>('PUT', `${at(id)}/testers`, { contacts });
export const shareDraft = (id: string, revision: number) =>
  request<Testing>('POST', `${at(id)}/test-draft`, { revision });
export const endTest = (id: string) => request<Testing>('DELETE', `${at(id)}/test-draft`);
