import { nodeTypes } from '@parley/nodes';
import { BUNDLE_FORMAT, type Bundle, type Converted, IMPORTERS } from '@parley/runtime';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { flowsNamedIn } from '../../engine/flow-library.ts';
import { flowNotFound, importUnreadable, unknownSource } from '../../plugins/errors.ts';
import { type AddOptions, addFlows } from './add-flows.ts';
import { FlowShape, Name, ProblemShape, presentFlow } from './shapes.ts';
import type { StoredFlow } from './store.ts';

/** Bytes of one file: dozens of large bots. More is refused before it is read to its end. */
const MAX_FILE = 5 * 1024 * 1024;
const MAX_EXPORT = 200; // flows that are asked for at once; what they run comes along

const ImportBody = z.strictObject({ source: z.string().max(50), document: z.unknown(), name: Name.optional() });
const ReportShape = z.object({
  source: z.string(),
  outcome: z.enum(['mapped', 'approximated', 'kept', 'secret-removed']),
  node: z.string().nullable(),
  note: z.string(),
  /** The flow of this answer that it is in. */
  flow: z.number().int(),
});
const Preview = z.object({
  flows: z.array(
    z.object({
      name: z.string(),
      nodes: z.number().int(),
      /** Types of nodes that nothing here can run. */
      unknown: z.array(z.string()),
      problems: z.array(ProblemShape),
    }),
  ),
  report: z.array(ReportShape),
});

const tags = ['flows'];
const toCreate = { access: 'whatsapp_bot:create' } as const;

/** Flows into files and out of them. */
export const exchange: FastifyPluginAsyncZod<AddOptions> = async (app, options) => {
  const { flows, judge } = options;

  const take = {
    body: ImportBody,
    response: { 201: z.object({ flows: z.array(FlowShape), report: z.array(ReportShape) }) },
    tags,
    summary: 'Save the flows of a file as drafts: ours, or another system’s',
  };
  app.post('/import', { config: toCreate, bodyLimit: MAX_FILE, schema: take }, async ({ body, caller }, reply) => {
    const read = readFile(body);
    const added = await addFlows(read, { organization: caller.organization, name: body.name }, options);
    return reply.code(201).send({ flows: added.flows.map(presentFlow), report: added.report });
  });

  const look = {
    body: ImportBody,
    response: { 200: Preview },
    tags,
    summary: 'What a file holds, without saving anything',
  };
  app.post('/import/preview', { config: toCreate, bodyLimit: MAX_FILE, schema: look }, async ({ body, caller }) => {
    const { flows: converted, report } = readFile(body);
    const inside = await Promise.all(
      converted.map(async ({ document }) => ({
        name: document.name,
        nodes: document.nodes.length,
        unknown: [...new Set(document.nodes.map(({ type }) => type).filter((type) => !nodeTypes.has(type)))],
        problems: await judge(caller.organization, null, document),
      })),
    );
    return { flows: inside, report };
  });

  const give = {
    body: z.strictObject({ ids: z.array(z.string().max(64)).min(1).max(MAX_EXPORT) }),
    response: { 200: z.record(z.string(), z.unknown()) },
    tags,
    summary: 'Drafts as one file that can be imported: a flow document, or a bundle with the flows that it runs',
  };
  app.post('/export', { config: { access: 'whatsapp_bot:view' }, schema: give }, async ({ body, caller }) => {
    const found = await gather(caller.organization, body.ids);
    const [only] = found;
    if (!only) throw flowNotFound();
    // Only objects are saved
    return found.length === 1 && only.tags.length === 0 ? (only.document as Record<string, unknown>) : bundleOf(found);
  });

  /** The flows with whatever they run or start, each once, in the order in which they are named. */
  async function gather(organization: string, wanted: readonly string[]): Promise<StoredFlow[]> {
    const found = new Map<string, StoredFlow | null>();
    const open = [...wanted];
    for (let id = open.shift(); id !== undefined && found.size < MAX_EXPORT; id = open.shift()) {
      if (found.has(id)) continue;
      const flow = await flows.find(organization, id);
      if (!flow && wanted.includes(id)) throw flowNotFound();
      found.set(id, flow);
      if (flow) open.push(...flowsNamedIn(flow.document));
    }
    return [...found.values()].flatMap((flow) => flow ?? []);
  }
};

const bundleOf = (flows: readonly StoredFlow[]): Bundle => ({
  format: BUNDLE_FORMAT,
  flows: flows.map(({ id, document, tags }) => ({ id, document, tags })),
});

function readFile({ source, document }: z.infer<typeof ImportBody>): Extract<Converted, { ok: true }> {
  const importer = IMPORTERS.get(source);
  if (!importer) throw unknownSource(source, [...IMPORTERS.keys()]);
  const read = importer(document, nodeTypes);
  if (!read.ok) throw importUnreadable(read.problems);
  return read;
}
