import { TRIGGER_RANKS, type TriggerKind } from '@parley/runtime';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { flowNotFound } from '../../plugins/errors.ts';
import { clashesOf } from './clashes.ts';
import type { CountWaiting } from './publish-routes.ts';
import type { FlowStore, StoredFlow } from './store.ts';

interface ListingOptions {
  flows: FlowStore;
  waiting: CountWaiting;
}

type Request = { caller: { organization: string }; params: { id: string } };

const KINDS = [...(Object.keys(TRIGGER_RANKS) as TriggerKind[]), 'event'] as const;
const TriggerShape = z.object({ node: z.string(), kind: z.enum(KINDS), value: z.string().nullable() });
const FlowName = z.object({ id: z.string(), name: z.string() });
const ClashShape = z.object({
  trigger: TriggerShape,
  otherTrigger: TriggerShape,
  other: FlowName,
  wins: z.enum(['this', 'other']),
  because: z.enum(['more_specific', 'priority', 'older']),
  priority: z.object({ this: z.number().int(), other: z.number().int() }),
  example: z.string().nullable(),
});

const tags = ['flows'];
const params = z.object({ id: z.string() });
const toSee = { access: 'whatsapp_bot:view' } as const;

/** What the list of flows asks beside the flows themselves. */
export const listing: FastifyPluginAsyncZod<ListingOptions> = async (app, { flows, waiting }) => {
  const counted = {
    response: { 200: z.object({ items: z.array(z.object({ tag: z.string(), count: z.number().int() })) }) },
    tags,
    summary: 'The tags of all flows, and how many flows have each',
  };
  app.get('/tags', { config: toSee, schema: counted }, async ({ caller }) => ({
    items: await flows.tags(caller.organization),
  }));

  const clashing = {
    params,
    querystring: z.strictObject({ of: z.enum(['published', 'draft']).default('published') }),
    response: { 200: z.object({ clashes: z.array(ClashShape) }) },
    tags,
    summary: 'Which live flows want the same messages, and which of the two gets them',
  };
  app.get('/:id/clashes', { config: toSee, schema: clashing }, async (request) => {
    const flow = await find(request);
    const others = (await flows.activeFlows(flow.organization)).filter((other) => other.flow !== flow.id);
    const document = await documentOf(flow, request.query.of);
    return { clashes: clashesOf({ flow: flow.id, document, createdAt: flow.createdAt }, others) };
  });

  const depending = {
    params,
    response: { 200: z.object({ flows: z.array(FlowName), inside: z.number().int() }) },
    tags,
    summary: 'What switching a flow off or deleting it concerns: flows that run it, and conversations inside',
  };
  app.get('/:id/dependents', { config: toSee, schema: depending }, async (request) => {
    const { organization, id } = await find(request);
    const [users, places] = await Promise.all([flows.usersOf(organization, id), waiting(organization, id)]);
    return { flows: users, inside: places.reduce((sum, { count }) => sum + count, 0) };
  });

  /** What is published would answer; a flow that never was is judged by its draft. */
  async function documentOf({ organization, id, published, document }: StoredFlow, of: 'published' | 'draft') {
    if (of === 'draft' || !published) return document;
    return (await flows.version(organization, id, published.version))?.document;
  }

  async function find({ caller, params }: Request): Promise<StoredFlow> {
    const flow = await flows.find(caller.organization, params.id);
    if (!flow) throw flowNotFound();
    return flow;
  }
};
