import type { Problem } from '@parley/runtime';
import type { TenantRow } from '../../storage/tenancy.ts';
import type { ChangedPlace } from './describe-changes.ts';
import type { Publication } from './versions.ts';

/** A saved flow. Its document may be broken: the problems say how. */
export interface StoredFlow {
  id: string;
  organization: string;
  name: string;
  /** How people keep their flows in order; no part of the document, so that a flow can be tagged while it is edited. */
  tags: string[];
  document: unknown;
  /** Rises with every saving; a write names the one it began from. */
  revision: number;
  active: boolean;
  published: (Publication & { uses?: string[] }) | null;
  problems: Problem[];
  /** What the latest savings changed, in words, oldest first. */
  changes: Change[];
  createdAt: Date;
  updatedAt: Date;
}

export interface Change {
  revision: number;
  words: string[];
  /** What the one who saved called it. */
  saving?: string;
  /** Who saved, and when; absent in rows of earlier releases. */
  by?: string;
  at?: Date;
  /** The same as `words`, for pages that say it in the reader's language. */
  places?: ChangedPlace[];
}

export type FlowSummary = Omit<StoredFlow, 'document' | 'changes'>;

/** What one saving did, and whose it was. */
export type Said = Pick<Change, 'words' | 'places' | 'by'>;

export interface Draft {
  name: string;
  tags?: string[] | undefined;
  document: unknown;
  problems: Problem[];
}

/**
 * The document is kept as JSON text: its keys may hold dots and dollars, its nesting is its author's, and it comes back
 * byte for byte as it was saved.
 */
export interface FlowRow extends TenantRow, Omit<StoredFlow, 'id' | 'organization' | 'document'> {
  document: string;
  /** Flows that the draft or the published version names. */
  uses: string[];
}
