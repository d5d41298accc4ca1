import { Edit } from '@parley/runtime';
import { z } from 'zod';
import type { FlowSummary, StoredFlow } from './store.ts';
import type { FlowVersion, Publication } from './versions.ts';

const Name = z.string().trim().min(1).max(200);
const Document = z.record(z.string(), z.unknown());
const Revision = z.number().int().min(1);

export const NewFlow = z
  .strictObject({ name: Name.optional(), document: Document.optional() })
  .refine(({ name, document }) => name ?? document, { path: ['name'], message: 'Give the flow a name.' });

export const FlowReplacement = z.strictObject({
  name: Name.optional(),
  document: Document,
  revision: Revision.optional(),
});

/** Edits say what to change in the document, so they must say in which revision they saw it. */
export const FlowPatch = z
  .strictObject({
    name: Name.optional(),
    revision: Revision.optional(),
    edits: z.array(Edit).min(1).max(1_000).optional(),
  })
  .refine(({ edits, revision }) => !edits || revision !== undefined, {
    path: ['revision'],
    message: 'Edits need the revision that they were made on.',
  });

export const Publishing = z
  .strictObject({
    note: z.string().trim().max(1_000).optional(),
    activate: z.boolean().default(true),
    acceptWarnings: z.boolean().default(true),
  })
  .prefault({});

export const ProblemShape = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  node: z.string().nullable(),
  edge: z.string().nullable(),
  path: z.string(),
  message: z.string(),
});

const PublicationShape = z.object({ version: z.number().int(), hash: z.string(), at: z.string(), by: z.string() });
const StatusShape = z.enum(['draft', 'active', 'inactive']);

export const FlowSummaryShape = z.object({
  id: z.string(),
  name: z.string(),
  revision: z.number().int(),
  status: StatusShape,
  published: PublicationShape.nullable(),
  problems: z.array(ProblemShape),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export const FlowShape = FlowSummaryShape.extend({
  document: z.record(z.string(), z.unknown()),
  /** The addresses of its webhook triggers, for those who may edit it. */
  webhooks: z.array(z.object({ node: z.string(), url: z.string() })).optional(),
});

export const PublishedShape = z.object({
  version: z.number().int(),
  hash: z.string(),
  status: StatusShape,
  problems: z.array(ProblemShape),
  waiting: z.array(z.object({ node: z.string(), count: z.number().int() })),
});

export const VersionSummaryShape = PublicationShape.extend({ note: z.string().nullable() });
export const VersionShape = VersionSummaryShape.extend({ document: z.record(z.string(), z.unknown()) });

type Status = z.infer<typeof StatusShape>;

export function statusOf({ published, active }: Pick<StoredFlow, 'published' | 'active'>): Status {
  if (!published) return 'draft';
  return active ? 'active' : 'inactive';
}

export const presentSummary = (flow: FlowSummary): z.infer<typeof FlowSummaryShape> => ({
  id: flow.id,
  name: flow.name,
  revision: flow.revision,
  status: statusOf(flow),
  published: flow.published && presentPublication(flow.published),
  problems: flow.problems,
  createdAt: flow.createdAt.toISOString(),
  updatedAt: flow.updatedAt.toISOString(),
});

export const presentFlow = (flow: StoredFlow): z.infer<typeof FlowShape> => ({
  ...presentSummary(flow),
  document: flow.document as Record<string, unknown>, // only objects are saved
});

export const presentVersionSummary = (
  version: Omit<FlowVersion, 'document' | 'callees'>,
): z.infer<typeof VersionSummaryShape> => ({
  ...presentPublication(version),
  note: version.note,
});

export const presentVersion = (version: FlowVersion): z.infer<typeof VersionShape> => ({
  ...presentVersionSummary(version),
  document: version.document as Record<string, unknown>,
});

const presentPublication = ({ version, hash, at, by }: Publication) => ({ version, hash, at: at.toISOString(), by });
