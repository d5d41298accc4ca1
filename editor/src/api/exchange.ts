import type { Problem } from '@parley/runtime';
import type { FlowDocument, SavedFlow } from './flows.ts';
import { request } from './request.ts';

export interface ReportLine {
  source: string;
  outcome: 'mapped' | 'approximated' | 'kept' | 'secret-removed';
  node: string | null;
  note: string;
  flow: number;
}
export interface Imported {
  flows: SavedFlow[];
  report: ReportLine[];
}
export interface ImportPreview {
  flows: { name: string; nodes: number; unknown: string[]; problems: Problem[] }[];
  report: ReportLine[];
}

/** What cannot be read is refused with the code `import_unreadable`, and nothing is kept. */
export const importFlows = (source: string, document: unknown, name?: string) =>
  request<Imported>('POST', '/api/flows/import', { source, document, name });
export const previewImport = (source: string, document: unknown) =>
  request<ImportPreview>('POST', '/api/flows/import/preview', { source, document });

/** Drafts as one file: a flow document, or a bundle with what they run. */
export const exportFlows = (ids: readonly string[]) => request<FlowDocument>('POST', '/api/flows/export', { ids });
