import type { ConvertedFlow } from '@parley/runtime';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Caller } from '../../plugins/auth.ts';
import { exampleNotFound } from '../../plugins/errors.ts';
import { exampleTest, type NewTest } from './example-test.ts';
import type { Examples } from './examples.ts';
import { ExampleShape, ExampleSummaryShape, presentExample, presentExampleSummary } from './shapes.ts';

export interface ExampleOptions {
  examples: Examples;
  /** Saves flows as drafts for whoever asks, the first under this name; gives them as the API shows flows. */
  add(
    caller: Caller,
    flows: [ConvertedFlow, ...ConvertedFlow[]],
    name?: string,
  ): Promise<{ id: string; name: string }[]>;
  /** Keeps a conversation as a test of a flow. */
  keepTest(organization: string, flow: string, test: NewTest): Promise<unknown>;
}

const tags = ['examples'];
const params = z.object({ name: z.string() });
const toSee = { access: 'whatsapp_bot:view' } as const;
const Added = z.object({ flows: z.array(z.looseObject({ id: z.string(), name: z.string() })) });

/** Bots to begin from. */
export const exampleRoutes: FastifyPluginAsyncZod<ExampleOptions> = async (app, { examples, add, keepTest }) => {
  const list = {
    response: { 200: z.object({ items: z.array(ExampleSummaryShape) }) },
    tags,
    summary: 'The examples, each with a picture of its graph and the beginning of a conversation',
  };
  app.get('', { config: toSee, schema: list }, async () => ({
    items: (await examples.all()).map(presentExampleSummary),
  }));

  const see = { params, response: { 200: ExampleShape }, tags, summary: 'One example with its whole conversation' };
  app.get('/:name', { config: toSee, schema: see }, async ({ params }) => presentExample(await find(params.name)));

  const use = {
    params,
    body: z.strictObject({ name: z.string().trim().min(1).max(200).optional() }).prefault({}),
    response: { 201: Added },
    tags,
    summary:
      'Add an example as a draft with its conversation as a test; the flows that only it runs are published with it',
  };
  app.post('/:name/use', { config: { access: 'whatsapp_bot:create' }, schema: use }, async (request, reply) => {
    const example = await find(request.params.name);
    const flows = await add(request.caller, example.flows, request.body.name);
    const [main] = flows;
    const test = exampleTest(example);
    if (main && test) await keepTest(request.caller.organization, main.id, test);
    return reply.code(201).send({ flows });
  });

  async function find(name: string) {
    const example = await examples.find(name);
    if (!example) throw exampleNotFound();
    return example;
  }
};
