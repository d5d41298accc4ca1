import { hasErrors, type Problem } from '@parley/runtime';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { plainNumber } from '../../engine/is-tester.ts';
import type { Caller } from '../../plugins/auth.ts';
import { flowHasErrors, flowNotFound, noTesters, revisionConflict } from '../../plugins/errors.ts';
import { authorOf, type NamesOf } from './author.ts';
import type { FlowStore, StoredFlow } from './store.ts';
import type { Testing } from './test-drafts.ts';

interface Options {
  flows: FlowStore;
  names: NamesOf;
  judge(flow: StoredFlow): Promise<Problem[]>;
}

type Request = { caller: Caller; params: { id: string } };

const MAX_TESTERS = 50; // colleagues, not an audience: each message of the organization looks through them

const Tester = z
  .string()
  .trim()
  .refine((text) => /^con_[A-Za-z0-9]{1,64}$/.test(text) || /^\+\d{7,15}$/.test(text.replace(/[\s().-]/g, '')), {
    message: 'Write the number with its country, such as +447911123456, or the id of a contact.',
  })
  .transform((text) => (text.startsWith('con_') ? text : text.replace(/[\s().-]/g, '')));
const Testers = z.strictObject({ contacts: z.array(Tester).max(MAX_TESTERS) });
const Sharing = z.strictObject({ revision: z.number().int().min(1).optional() }).prefault({});

const TestingShape = z.object({
  contacts: z.array(z.string()),
  /** The draft that they get; null where they get what everybody gets. */
  shared: z
    .object({
      /** Of the draft when it was shared: it went on since where the flow's own is higher. */
      revision: z.number().int(),
      hash: z.string(),
      at: z.string(),
      by: z.string(),
      author: z.string().nullable(),
    })
    .nullable(),
});

const tags = ['flows'];
const params = z.object({ id: z.string() });
const response = { 200: TestingShape };
const toSee = { access: 'whatsapp_bot:view' } as const;
const toEdit = { access: 'whatsapp_bot:edit' } as const;

/** Drafts for a few people before everybody gets them: see decisions/test-drafts.md. */
export const testDrafts: FastifyPluginAsyncZod<Options> = async (app, { flows, names, judge }) => {
  const see = { params, response, tags, summary: 'Who tries the draft of a flow' };
  app.get('/:id/testers', { config: toSee, schema: see }, async (request) => {
    const { organization, id } = await find(request);
    return present(organization, await flows.testing(organization, id));
  });

  const choose = { params, body: Testers, response, tags, summary: 'Say who tries the draft of a flow' };
  app.put('/:id/testers', { config: toEdit, schema: choose }, async (request) => {
    const flow = await find(request);
    const byNumber = new Map(
      request.body.contacts.map((one) => [one.startsWith('con_') ? one : plainNumber(one), one]),
    );
    return present(flow.organization, await flows.chooseTesters(flow, [...byNumber.values()]));
  });

  const share = { params, body: Sharing, response, tags, summary: 'Let the testers get the draft as it is now' };
  app.post('/:id/test-draft', { config: toEdit, schema: share }, async (request) => {
    const flow = await find(request);
    const { revision = flow.revision } = request.body;
    if (revision !== flow.revision) throw revisionConflict({ revision: flow.revision, document: flow.document }, []);
    const { testers } = await flows.testing(flow.organization, flow.id);
    if (testers.length === 0) throw noTesters();
    const problems = await judge(flow);
    if (hasErrors(problems)) throw flowHasErrors(problems);
    return present(flow.organization, await flows.shareDraft(flow, authorOf(request.caller)));
  });

  const end = { params, response, tags, summary: 'Let the testers get what everybody gets' };
  app.delete('/:id/test-draft', { config: toEdit, schema: end }, async (request) => {
    const { organization, id } = await find(request);
    await flows.endTest(organization, id);
    return present(organization, await flows.testing(organization, id));
  });

  async function find({ caller, params }: Request): Promise<StoredFlow> {
    const flow = await flows.find(caller.organization, params.id);
    if (!flow) throw flowNotFound();
    return flow;
  }

  async function present(organization: string, { testers, shared }: Testing): Promise<z.infer<typeof TestingShape>> {
    if (!shared) return { contacts: testers, shared: null };
    const { revision, hash, at, by } = shared;
    const author = (await names(organization, [by])).get(by) ?? null;
    return { contacts: testers, shared: { revision, hash, at: at.toISOString(), by, author } };
  }
};
