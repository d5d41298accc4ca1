import { type Edit, emptyFlow, hasErrors } from '@parley/runtime';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Caller } from '../../plugins/auth.ts';
import { editRefused, flowInUse, flowNotFound, revisionConflict } from '../../plugins/errors.ts';
import { answerPage, listQuery, pageOf } from '../../plugins/paging.ts';
import type { Keyring } from '../../storage/credentials.ts';
import { authorOf } from './author.ts';
import { changedPlaces, describeChanges } from './describe-changes.ts';
import { exchange } from './exchange-routes.ts';
import { freshProblems, type TemplateCheck } from './fresh-problems.ts';
import { MAX_BODY } from './judge-saving.ts';
import { editDocument, normalDocument } from './language.ts';
import { listing } from './list-routes.ts';
import { type PublishingOptions, publishing } from './publish-routes.ts';
import {
  FlowPatch,
  FlowReplacement,
  FlowShape,
  FlowSummaryShape,
  NewFlow,
  ProblemShape,
  presentFlow,
  presentSummary,
  StatusShape,
} from './shapes.ts';
import type { StoredFlow } from './store.ts';
import { webhooksOf } from './webhooks-of.ts';

const MAX_SAVE_TRIES = 5;

export interface FlowOptions extends PublishingOptions {
  newId: (prefix: string) => string;
  templates: TemplateCheck;
  keyring: Pick<Keyring, 'sign'>;
  publicUrl: string;
  /** What is kept beside a flow goes with it. */
  onRemoved: (organization: string, id: string) => Promise<void>;
}

const FlowQuery = listQuery(['createdAt', 'updatedAt', 'name']).extend({
  tag: z.string().trim().min(1).max(100).optional(),
  status: StatusShape.optional(),
  problems: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
});

type Request = { caller: Caller; params: { id: string } };

const tags = ['flows'];
const params = z.object({ id: z.string() });
const toSee = { access: 'whatsapp_bot:view' } as const;
const toEdit = { access: 'whatsapp_bot:edit' } as const;

export const flowRoutes: FastifyPluginAsyncZod<FlowOptions> = async (
  app,
  { flows, judge, templates, newId, waiting, people, names, keyring, publicUrl, onRemoved },
) => {
  const list = {
    querystring: FlowQuery,
    response: { 200: pageOf(FlowSummaryShape) },
    tags,
  };
  app.get(
    '',
    { config: toSee, schema: { ...list, summary: 'The flows, without their documents' } },
    ({ query, caller }) => {
      const { tag, status, problems, ...page } = query;
      return answerPage(flows.list(caller.organization, page, { tag, status, problems }), presentSummary);
    },
  );

  const see = { params, response: { 200: FlowShape }, tags, summary: 'One flow with its document' };
  app.get('/:id', { config: toSee, schema: see }, async (request) => {
    const kept = await find(request);
    const flow = { ...kept, problems: await freshProblems(kept, templates) };
    // The addresses open the flow to whoever has them: for those only who may change it anyway
    if (!request.caller.permissions.has(toEdit.access)) return presentFlow(flow);
    return { ...presentFlow(flow), webhooks: webhooksOf(flow, (name) => keyring.sign(name), publicUrl) };
  });

  const create = {
    body: NewFlow,
    response: { 201: FlowShape },
    tags,
    summary: 'Save a new flow; it may be broken still',
  };
  const toCreate = { access: 'whatsapp_bot:create' } as const;
  app.post('', { config: toCreate, bodyLimit: MAX_BODY, schema: create }, async (request, reply) => {
    const { organization } = request.caller;
    const name = request.body.name ?? nameIn(request.body.document) ?? 'Untitled';
    const document = request.body.document ?? emptyFlow(name);
    const id = newId('flw');
    const flow = await flows.create(organization, id, {
      name,
      document,
      tags: request.body.tags,
      problems: await judge(organization, id, document),
    });
    return reply.code(201).header('location', `/api/flows/${id}`).send(presentFlow(flow));
  });

  const replace = {
    params,
    body: FlowReplacement,
    response: { 200: FlowShape },
    tags,
    summary: 'Save the whole document',
  };
  app.put('/:id', { config: toEdit, bodyLimit: MAX_BODY, schema: replace }, async (request) => {
    const { name, document, revision } = request.body;
    return presentFlow(
      await save(request, revision, (before) => ({ document, name: name ?? renamed(before, document) })),
    );
  });

  const change = { params, body: FlowPatch, response: { 200: FlowShape }, tags, summary: 'Save single edits' };
  app.patch('/:id', { config: toEdit, bodyLimit: MAX_BODY, schema: change }, async (request) => {
    const { name, edits, revision, saving, tags } = request.body;
    if (tags && !(await flows.setTags(request.caller.organization, request.params.id, tags))) throw flowNotFound();
    if (tags && name === undefined && !edits) return presentFlow(await find(request));
    const next = (before: StoredFlow) => {
      const document = edits ? edited(before.document, edits) : withName(before.document, name);
      return { document, name: name ?? renamed(before, document) };
    };
    return presentFlow(await save(request, revision, next, saving));
  });

  const remove = {
    params,
    response: { 204: z.null() },
    tags,
    summary: 'Delete a flow; its versions stay for conversations',
  };
  app.delete('/:id', { config: { access: 'whatsapp_bot:delete' }, schema: remove }, async (request, reply) => {
    const { organization, id } = await find(request);
    const users = await flows.usersOf(organization, id);
    if (users.length > 0) throw flowInUse(users.map(({ name }) => name));
    if (!(await flows.remove(organization, id))) throw flowNotFound();
    await onRemoved(organization, id);
    return reply.code(204).send(null);
  });

  const check = {
    body: z.strictObject({ document: z.unknown() }),
    response: { 200: z.object({ ok: z.boolean(), problems: z.array(ProblemShape) }) },
    tags,
    summary: 'What is wrong with a document, without saving it',
  };
  app.post('/check', { config: toSee, bodyLimit: MAX_BODY, schema: check }, async (request) => {
    const problems = await judge(request.caller.organization, null, request.body.document);
    return { ok: !hasErrors(problems), problems };
  });

  await app.register(listing, { flows, waiting });
  await app.register(exchange, { flows, newId, judge });
  await app.register(publishing, { flows, judge, waiting, people, names });

  async function find({ caller, params }: Request): Promise<StoredFlow> {
    const flow = await flows.find(caller.organization, params.id);
    if (!flow) throw flowNotFound();
    return flow;
  }

  /** Without a revision the latest word counts: it is said again on top of whatever came in between. */
  async function save(
    request: Request,
    revision: number | undefined,
    next: (before: StoredFlow) => { name: string; document: unknown },
    saving?: string,
  ): Promise<StoredFlow> {
    for (let tries = 0; tries < MAX_SAVE_TRIES; tries += 1) {
      const before = await find(request);
      if (revision !== undefined && revision !== before.revision) throw conflict(before, revision, saving);
      const { name, document } = next(before);
      const problems = await judge(before.organization, before.id, document, before.createdAt);
      const [old, fresh] = [normalDocument(before.document), normalDocument(document)];
      const said = {
        words: describeChanges(old, fresh),
        places: changedPlaces(old, fresh),
        by: authorOf(request.caller),
        ...(saving !== undefined && { saving }),
      };
      const saved = await flows.save(before, { name, document, problems }, said);
      if (saved) return saved;
    }
    throw conflict(await find(request), 0, saving);
  }
};

function conflict({ revision, document, changes }: StoredFlow, since: number, saving?: string) {
  const missed = changes.filter((change) => change.revision > since);
  const [first] = missed;
  const words = missed.flatMap((change) => change.words);
  const isWhole = first === undefined || first.revision === since + 1;
  const own = saving === undefined ? undefined : missed.find((change) => change.saving === saving);
  const isCertain = own !== undefined || first?.revision === since + 1;
  return revisionConflict(
    { revision, document },
    isWhole ? words : ['Earlier changes that are no longer listed', ...words],
    saving !== undefined && isCertain ? (own?.revision ?? null) : undefined,
  );
}

function edited(document: unknown, edits: Edit[]): object {
  const result = editDocument(document as object, edits); // only objects are saved
  if (!result.ok) throw editRefused(result.index, result.message);
  return result.document;
}

/** A flow has one name: who renames it from outside renames its document too. */
const withName = (document: unknown, name: string | undefined): unknown =>
  name === undefined || nameIn(document) === null ? document : { ...(document as object), name }; // only objects have one

/** A flow has one name; where the document's own changes, the flow follows. */
function renamed({ name, document: before }: StoredFlow, document: unknown): string {
  const next = nameIn(document);
  return next !== null && next !== nameIn(before) ? next : name;
}

function nameIn(document: unknown): string | null {
  const isNamed = typeof document === 'object' && document !== null && 'name' in document;
  const name = isNamed && typeof document.name === 'string' ? document.name.trim().slice(0, 200) : '';
  return name === '' ? null : name;
}
