import { scriptSchema } from '@parley/runtime';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  flowNotFound,
  flowTestNotFound,
  invalidField,
  invalidRequest,
  tooManyFlowTests,
} from '../../plugins/errors.ts';
import type { FlowTest, FlowTestStore } from './store.ts';

const MAX_SCRIPT = 256 * 1024; // bytes of JSON; a talk of a thousand lines is half of it
const MAX_BODY = 2 * MAX_SCRIPT; // the same script may come indented
const MAX_TESTS = 100; // of one flow: they are run in the browser, one after the other

interface Options {
  tests: FlowTestStore;
  /** Whether there is such a flow. */
  hasFlow: (organization: string, flow: string) => Promise<boolean>;
  newId: (prefix: string) => string;
}

const TestShape = z.object({
  id: z.string(),
  title: z.string(),
  script: z.unknown(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

const Draft = z.strictObject({
  title: z.string().trim().min(1, 'Give the test a title.').max(200, 'A title has at most 200 characters.'),
  script: z.looseObject({}),
});

type Request = { caller: { organization: string }; params: { id: string } };

const tags = ['flows'];
const ofFlow = z.object({ id: z.string() });
const ofTest = z.object({ id: z.string(), test: z.string() });
const toSee = { access: 'whatsapp_bot:view' } as const;
const toEdit = { access: 'whatsapp_bot:edit' } as const;

/** Conversations that a flow must hold, kept beside it. They are run by whoever has the runtime: browser, command line. */
export const flowTestRoutes: FastifyPluginAsyncZod<Options> = async (app, { tests, hasFlow, newId }) => {
  const list = {
    params: ofFlow,
    response: { 200: z.object({ items: z.array(TestShape) }) },
    tags,
    summary: 'The tests of a flow',
  };
  app.get('/:id/tests', { config: toSee, schema: list }, async (request) => {
    const { organization, id } = await flowOf(request);
    return { items: (await tests.list(organization, id)).map(present) };
  });

  const create = { params: ofFlow, body: Draft, response: { 201: TestShape }, tags, summary: 'Keep a test of a flow' };
  app.post('/:id/tests', { config: toEdit, bodyLimit: MAX_BODY, schema: create }, async (request, reply) => {
    const { organization, id } = await flowOf(request);
    const draft = checked(request.body);
    if ((await tests.count(organization, id)) >= MAX_TESTS) throw tooManyFlowTests(MAX_TESTS);
    const test = newId('tst');
    const made = await tests.add(organization, id, test, draft);
    return reply.code(201).header('location', `/api/flows/${id}/tests/${test}`).send(present(made));
  });

  const replace = {
    params: ofTest,
    body: Draft,
    response: { 200: TestShape },
    tags,
    summary: 'Change a test of a flow',
  };
  app.put('/:id/tests/:test', { config: toEdit, bodyLimit: MAX_BODY, schema: replace }, async (request) => {
    const { organization, id } = await flowOf(request);
    const saved = await tests.replace(organization, id, request.params.test, checked(request.body));
    if (!saved) throw flowTestNotFound();
    return present(saved);
  });

  const remove = { params: ofTest, response: { 204: z.null() }, tags, summary: 'Delete a test of a flow' };
  app.delete('/:id/tests/:test', { config: toEdit, schema: remove }, async (request, reply) => {
    const { organization, id } = await flowOf(request);
    if (!(await tests.remove(organization, id, request.params.test))) throw flowTestNotFound();
    return reply.code(204).send(null);
  });

  async function flowOf({ caller: { organization }, params: { id } }: Request) {
    if (!(await hasFlow(organization, id))) throw flowNotFound();
    return { organization, id };
  }
};

/** The script as it is kept: with its defaults, and a path where a document stood, for the flow is beside it. */
function checked({ title, script }: z.infer<typeof Draft>): { title: string; script: unknown } {
  const bytes = Buffer.byteLength(JSON.stringify(script));
  if (bytes > MAX_SCRIPT)
    throw invalidField(
      '/script',
      'too_large',
      `A test has at most ${MAX_SCRIPT} bytes of JSON; this one has ${bytes}.`,
    );
  const read = scriptSchema.safeParse({ ...script, flow: 'flow.json', title });
  if (read.success) return { title, script: read.data };
  throw invalidRequest(
    read.error.issues.map(({ path, message }) => ({
      path: `/script/${path.map(String).join('/')}`,
      code: 'invalid_script',
      message,
    })),
  );
}

const present = ({ id, title, script, createdAt, updatedAt }: FlowTest): z.infer<typeof TestShape> => ({
  id,
  title,
  script,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});
