import { hasErrors } from '@parley/runtime';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { libraryOf } from '../../engine/flow-library.ts';
import type { Caller } from '../../plugins/auth.ts';
import {
  flowHasErrors,
  flowHasWarnings,
  flowNotFound,
  flowNotPublished,
  versionNotFound,
} from '../../plugins/errors.ts';
import { answerPage, listQuery, pageOf } from '../../plugins/paging.ts';
import { judgeDraft } from './judge-draft.ts';
import {
  FlowShape,
  PublishedShape,
  Publishing,
  presentFlow,
  presentVersion,
  presentVersionSummary,
  statusOf,
  VersionShape,
  VersionSummaryShape,
} from './shapes.ts';
import type { FlowStore, StoredFlow } from './store.ts';

/** How many conversations are still in older versions of a flow, by the node where they wait. */
export type CountWaiting = (organization: string, flow: string) => Promise<{ node: string; count: number }[]>;

export interface PublishingOptions {
  flows: FlowStore;
  waiting: CountWaiting;
}

type Request = { caller: Caller; params: { id: string } };

const tags = ['flows'];
const params = z.object({ id: z.string() });
const toSee = { access: 'whatsapp_bot:view' } as const;
const toEdit = { access: 'whatsapp_bot:edit' } as const;

/** From draft to live: publishing, switching on and off, and the versions that were. */
export const publishing: FastifyPluginAsyncZod<PublishingOptions> = async (app, { flows, waiting }) => {
  const publish = {
    params,
    body: Publishing,
    response: { 200: PublishedShape },
    tags,
    summary: 'Freeze the document as a version',
  };
  app.post('/:id/publish', { config: toEdit, schema: publish }, async (request) => {
    const { note = null, activate, acceptWarnings } = request.body;
    const flow = await find(request);
    const problems = await judge(flow);
    if (hasErrors(problems)) throw flowHasErrors(problems);
    if (problems.length > 0 && !acceptWarnings) throw flowHasWarnings(problems);
    const { user, key, organization } = request.caller;
    const publication = await flows.publish(flow, { note, activate, by: user?.id ?? key?.id ?? organization });
    return {
      version: publication.version,
      hash: publication.hash,
      status: statusOf({ published: publication, active: activate }),
      problems,
      waiting: await waiting(organization, flow.id),
    };
  });

  const activate = { params, response: { 200: FlowShape }, tags, summary: 'Let the published version answer' };
  app.post('/:id/activate', { config: toEdit, schema: activate }, async (request) => {
    const flow = await find(request);
    if (!flow.published) throw flowNotPublished();
    return switched(flow, true);
  });

  const deactivate = { params, response: { 200: FlowShape }, tags, summary: 'Answer no new conversations' };
  app.post('/:id/deactivate', { config: toEdit, schema: deactivate }, async (request) =>
    switched(await find(request), false),
  );

  const list = { params, querystring: listQuery(['createdAt']), response: { 200: pageOf(VersionSummaryShape) }, tags };
  app.get(
    '/:id/versions',
    { config: toSee, schema: { ...list, summary: 'The published versions' } },
    async (request) => {
      const { organization, id } = await find(request);
      return answerPage(flows.versions(organization, id, byNumber(request.query)), presentVersionSummary);
    },
  );

  const see = {
    params: params.extend({ version: z.string() }),
    response: { 200: VersionShape },
    tags,
    summary: 'One version with its document',
  };
  app.get('/:id/versions/:version', { config: toSee, schema: see }, async (request) => {
    const { organization, id } = await find(request);
    const number = /^[1-9]\d{0,8}$/.test(request.params.version) ? Number(request.params.version) : 0;
    const version = await flows.version(organization, id, number);
    if (!version) throw versionNotFound();
    return presentVersion(version);
  });

  async function find({ caller, params }: Request): Promise<StoredFlow> {
    const flow = await flows.find(caller.organization, params.id);
    if (!flow) throw flowNotFound();
    return flow;
  }

  /** Judged anew: the other flows, and the node types of this release, may have changed since the saving. */
  async function judge({ organization, id, document, createdAt }: StoredFlow) {
    const others = (await flows.activeFlows(organization)).filter(({ flow }) => flow !== id);
    return judgeDraft(document, others, libraryOf(await flows.callees(organization, document)), createdAt);
  }

  async function switched({ organization, id }: StoredFlow, active: boolean) {
    const flow = await flows.setActive(organization, id, active);
    if (!flow) throw flowNotFound();
    return presentFlow(flow);
  }
};

/** Versions are numbered in the order of their making, which sorts better than their times. */
const byNumber = <Q extends { sort: string }>(query: Q): Q => ({
  ...query,
  sort: query.sort.startsWith('-') ? '-version' : 'version',
});
