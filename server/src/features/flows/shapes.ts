import { Edit } from '@parley/runtime';
import { z } from 'zod';
import type { Change, FlowSummary, StoredFlow } from './stored-flow.ts';
import { Tags } from './tags.ts';
import type { FlowVersion, Publication, VersionSummary } from './versions.ts';

export const Name = z.string().trim().min(1).max(200);
const Document = z.record(z.string(), z.unknown());
/** Zero, which no saving has, asks for what is kept now: the answer is a conflict with it. */
const Revision = z.number().int().min(0);

export const NewFlow = z
  .strictObject({ name: Name.optional(), document: Document.optional(), tags: Tags.optional() })
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
    /** The caller's own name for this saving: one whose answer was lost is known again by it. */
    saving: z.string().min(1).max(64).optional(),
    /** The whole list; tagging is no saving and needs no revision. */
    tags: Tags.optional(),
  })
  .refine(({ edits, revision }) => !edits || revision !== undefined, {
    path: ['revision'],
    message: 'Edits need the revision that they were made on.',
  });

const VersionName = z.string().trim().max(100);
const VersionNote = z.string().trim().max(1_000);

export const Publishing = z
  .strictObject({
    name: VersionName.optional(),
    note: VersionNote.optional(),
    /** The draft that the caller looked at; where somebody saved since, nothing is published. */
    revision: Revision.optional(),
    /** The version that was live then (null: none); where somebody published since, nothing is published. */
    live: z.number().int().min(1).nullable().optional(),
    activate: z.boolean().default(true),
    acceptWarnings: z.boolean().default(true),
  })
  .prefault({});

/** An empty word takes it away. */
const wordOrNull = (word: z.ZodString) => word.nullable().transform((text) => text || null);
export const VersionWording = z
  .strictObject({ name: wordOrNull(VersionName).optional(), note: wordOrNull(VersionNote).optional() })
  .refine(({ name, note }) => name !== undefined || note !== undefined, { message: 'Send a name or a note.' });

export const ProblemShape = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  node: z.string().nullable(),
  edge: z.string().nullable(),
  path: z.string(),
  message: z.string(),
  /** What the message names, for pages that say it in another language. */
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

const PublicationShape = z.object({ version: z.number().int(), hash: z.string(), at: z.string(), by: z.string() });
export const StatusShape = z.enum(['draft', 'active', 'inactive']);

export const FlowSummaryShape = z.object({
  id: z.string(),
  name: z.string(),
  tags: z.array(z.string()),
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

export const VersionSummaryShape = PublicationShape.extend({
  /** The name of who published it; null where that account or key is gone. */
  author: z.string().nullable(),
  name: z.string().nullable(),
  note: z.string().nullable(),
});
export const VersionShape = VersionSummaryShape.extend({ document: z.record(z.string(), z.unknown()) });

export const PeopleShape = z.object({
  people: z.array(z.object({ version: z.number().int(), node: z.string(), count: z.number().int() })),
});

const Nullable = z.string().nullable();
export const ChangesShape = z.object({
  changes: z.array(
    z.object({
      revision: z.number().int(),
      /** Null in what earlier releases kept. */
      at: Nullable,
      by: Nullable,
      author: Nullable,
      words: z.array(z.string()),
      places: z.array(
        z.object({
          what: z.string(),
          node: z.string().optional(),
          label: z.string().optional(),
          type: z.string().optional(),
        }),
      ),
    }),
  ),
});

export type Status = z.infer<typeof StatusShape>;

export function statusOf({ published, active }: Pick<StoredFlow, 'published' | 'active'>): Status {
  if (!published) return 'draft';
  return active ? 'active' : 'inactive';
}

export const presentSummary = (flow: FlowSummary): z.infer<typeof FlowSummaryShape> => ({
  id: flow.id,
  name: flow.name,
  tags: flow.tags,
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

type Authors = ReadonlyMap<string, string>;

export const presentVersionSummary = (
  version: VersionSummary,
  authors: Authors,
): z.infer<typeof VersionSummaryShape> => ({
  ...presentPublication(version),
  author: authors.get(version.by) ?? null,
  name: version.name,
  note: version.note,
});

export const presentVersion = (version: FlowVersion, authors: Authors): z.infer<typeof VersionShape> => ({
  ...presentVersionSummary(version, authors),
  document: version.document as Record<string, unknown>,
});

export const presentChange = (
  { revision, words, places = [], by, at }: Change,
  authors: Authors,
): z.infer<typeof ChangesShape>['changes'][number] => ({
  revision,
  words,
  places,
  by: by ?? null,
  author: (by !== undefined && authors.get(by)) || null,
  at: at?.toISOString() ?? null,
});

const presentPublication = ({ version, hash, at, by }: Publication) => ({ version, hash, at: at.toISOString(), by });
