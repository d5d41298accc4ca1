import { hasErrors } from '@parley/runtime';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Caller } from '../../plugins/auth.ts';
import {
  flowHasErrors,
  flowHasWarnings,
  flowNotFound,
  flowNotPublished,
  publishedMeanwhile,
  revisionConflict,
  versionNotFound,
} from '../../plugins/errors.ts';
import { answerPage, listQuery, pageOf } from '../../plugins/paging.ts';
import { authorOf, type NamesOf } from './author.ts';
import type { JudgeSaving } from './judge-saving.ts';
import {
  ChangesShape,
  FlowShape,
  PeopleShape,
  PublishedShape,
  Publishing,
  presentChange,
  presentFlow,
  presentVersion,
  presentVersionSummary,
  statusOf,
  VersionShape,
  VersionSummaryShape,
  VersionWording,
} from './shapes.ts';
import type { FlowStore, StoredFlow } from './store.ts';
import { testDrafts } from './test-routes.ts';

/** How many conversations are still in older versions of a flow, by the node where they wait. */
export type CountWaiting = (organization: string, flow: string) => Promise<{ node: string; count: number }[]>;

/** The same for every version. `node` is a path where the person is inside a sub-flow: `call/ask`. */
export type CountPeople = (
  organization: string,
  flow: string,
) => Promise<{ version: number; node: string; count: number }[]>;

export interface PublishingOptions {
  flows: FlowStore;
  judge: JudgeSaving;
  waiting: CountWaiting;
  people: CountPeople;
  names: NamesOf;
}

type Request = { caller: Caller; params: { id: string } };

const tags = ['flows'];
const params = z.object({ id: z.string() });
const toSee = { access: 'whatsapp_bot:view' } as const;
const toEdit = { access: 'whatsapp_bot:edit' } as const;

/** From draft to live: publishing, switching on and off, and the versions that were. */
export const publishing: FastifyPluginAsyncZod<PublishingOptions> = async (app, options) => {
  const { flows, waiting, people, names } = options;
  const publish = {
    params,
    body: Publishing,
    response: { 200: PublishedShape },
    tags,
    summary: 'Freeze the document as a version',
  };
  app.post('/:id/publish', { config: toEdit, schema: publish }, async (request) => {
    const { name = null, note = null, activate, acceptWarnings, revision, live } = request.body;
    const flow = await find(request);
    if (revision !== undefined && revision !== flow.revision)
      throw revisionConflict({ revision: flow.revision, document: flow.document }, []);
    const published = flow.published?.version ?? null;
    if (live !== undefined && live !== published) throw publishedMeanwhile(published);
    const problems = await judge(flow);
    if (hasErrors(problems)) throw flowHasErrors(problems);
    if (problems.length > 0 && !acceptWarnings) throw flowHasWarnings(problems);
    const { organization } = request.caller;
    const publication = await flows.publish(flow, { name, note, activate, by: authorOf(request.caller) });
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
      const page = await flows.versions(organization, id, byNumber(request.query));
      const authors = await names(
        organization,
        page.items.map(({ by }) => by),
      );
      return answerPage(Promise.resolve(page), (one) => presentVersionSummary(one, authors));
    },
  );

  const versionParams = params.extend({ version: z.string() });
  const see = {
    params: versionParams,
    response: { 200: VersionShape },
    tags,
    summary: 'One version with its document',
  };
  app.get('/:id/versions/:version', { config: toSee, schema: see }, async (request) => {
    const { organization, id } = await find(request);
    const version = await flows.version(organization, id, numberIn(request.params.version));
    if (!version) throw versionNotFound();
    return presentVersion(version, await names(organization, [version.by]));
  });

  const describe = {
    params: versionParams,
    body: VersionWording,
    response: { 200: VersionSummaryShape },
    tags,
    summary: 'Name a version, or note something on it',
  };
  app.patch('/:id/versions/:version', { config: toEdit, schema: describe }, async (request) => {
    const { organization, id } = await find(request);
    const { name, note } = request.body;
    const words = { ...(name !== undefined && { name }), ...(note !== undefined && { note }) };
    const version = await flows.describeVersion(organization, id, numberIn(request.params.version), words);
    if (!version) throw versionNotFound();
    return presentVersionSummary(version, await names(organization, [version.by]));
  });

  const inside = {
    params,
    response: { 200: PeopleShape },
    tags,
    summary: 'Where people are inside a flow, by version',
  };
  app.get('/:id/people', { config: toSee, schema: inside }, async (request) => {
    const { organization, id } = await find(request);
    return { people: await people(organization, id) };
  });

  const saved = { params, response: { 200: ChangesShape }, tags, summary: 'What the latest savings changed' };
  app.get('/:id/changes', { config: toSee, schema: saved }, async (request) => {
    const { organization, changes } = await find(request);
    const authors = await names(
      organization,
      changes.flatMap(({ by }) => by ?? []),
    );
    return { changes: changes.map((one) => presentChange(one, authors)).reverse() };
  });

  await app.register(testDrafts, { flows, names, judge });

  async function find({ caller, params }: Request): Promise<StoredFlow> {
    const flow = await flows.find(caller.organization, params.id);
    if (!flow) throw flowNotFound();
    return flow;
  }

  /** Judged anew: the other flows, the templates, and the node types of this release may have changed since the saving. */
  function judge({ organization, id, document, createdAt }: StoredFlow) {
    return options.judge(organization, id, document, createdAt);
  }

  async function switched({ organization, id }: StoredFlow, active: boolean) {
    const flow = await flows.setActive(organization, id, active);
    if (!flow) throw flowNotFound();
    return presentFlow(flow);
  }
};

/** Zero, which no version has, where the address names none; drafts of testers are none either. */
const numberIn = (text: string): number => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0);

/** Versions are numbered in the order of their making, which sorts better than their times. */
const byNumber = <Q extends { sort: string }>(query: Q): Q => ({
  ...query,
  sort: query.sort.startsWith('-') ? '-version' : 'version',
});
