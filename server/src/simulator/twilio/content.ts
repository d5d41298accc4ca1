import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Content } from '../network/model.ts';
import { authorized } from './authority.ts';
import { notFound, TwilioError } from './errors.ts';
import type { TwilioOptions } from './options.ts';
import { newList, type PageQuery } from './paging.ts';
import { Fields } from './say.ts';

const LIMITS = {
  body: 1_600,
  listBody: 1_024,
  quickReplies: 10,
  title: 25,
  listItems: 10,
  item: 24,
  description: 72,
  button: 20,
};

const Create = z.object({
  friendly_name: z.string().max(256).optional(),
  language: z.string().min(2),
  variables: z.record(z.string(), z.string()).optional(),
  types: z.record(z.string().regex(/^(twilio|whatsapp)\/[a-z-]+$/), z.record(z.string(), z.unknown())),
});
const Approve = z.object({ name: z.string().regex(/^[a-z0-9_]+$/), category: z.string() });

type OfSid = FastifyRequest<{ Params: { sid: string }; Querystring: PageQuery }>;

/** The Content API, v1 and v2. An approval whose name holds `reject` is rejected, `pending` stays; others are approved. */
export const contentRoutes: FastifyPluginAsync<TwilioOptions> = async (app, { network, base }) => {
  app.post('/v1/Content', async (request, reply) => {
    const account = authorized(network, request);
    const wanted = readContent(Create, request.body);
    checkTypes(wanted.types);
    const now = network.clock.now();
    const content: Content = {
      sid: network.ids.sid('HX'),
      friendlyName: wanted.friendly_name ?? '',
      language: wanted.language,
      variables: wanted.variables ?? {},
      types: wanted.types,
      approval: null,
      createdAt: now,
      updatedAt: now,
    };
    account.contents.push(content);
    return reply.code(201).send(show(content, account.id));
  });

  for (const version of ['v1', 'v2']) {
    app.get(`/${version}/Content`, async (request: OfSid) => {
      const account = authorized(network, request);
      const all = newest(account.contents).map((one) => show(one, account.id));
      return newList(`${base()}/${version}/Content`, 'contents', all, request.query);
    });
    app.get(`/${version}/ContentAndApprovals`, async (request: OfSid) => {
      const account = authorized(network, request);
      const all = newest(account.contents).map((one) => ({
        ...show(one, account.id),
        approval_requests: one.approval ? { type: 'whatsapp', ...showApproval(one) } : {},
      }));
      return newList(`${base()}/${version}/ContentAndApprovals`, 'contents', all, request.query);
    });
  }

  app.get('/v1/Content/:sid', async (request: OfSid) => {
    const { account, content } = contentAt(request);
    return show(content, account.id);
  });
  app.put('/v1/Content/:sid', async (request: OfSid) => {
    const { account, content } = contentAt(request);
    const wanted = readContent(Create.partial(), request.body);
    if (wanted.types) checkTypes(wanted.types);
    const { friendly_name: friendlyName = content.friendlyName, ...rest } = wanted;
    Object.assign(content, { friendlyName, ...rest, updatedAt: network.clock.now() });
    return show(content, account.id);
  });
  app.delete('/v1/Content/:sid', async (request: OfSid, reply) => {
    const { account, content } = contentAt(request);
    account.contents = account.contents.filter((one) => one !== content);
    return reply.code(204).send();
  });

  app.post('/v1/Content/:sid/ApprovalRequests/whatsapp', async (request: OfSid, reply) => {
    const { content } = contentAt(request);
    const { name, category } = readContent(Approve, request.body);
    const contentType = Object.keys(content.types)[0] ?? '';
    content.approval = { name, category, contentType, status: 'received', rejectionReason: '' };
    if (!name.includes('pending'))
      network.clock.later(network.play.script.statuses.delayMs, () => {
        if (!content.approval) return;
        const rejected = name.includes('reject');
        content.approval.status = rejected ? 'rejected' : 'approved';
        content.approval.rejectionReason = rejected ? 'INVALID_FORMAT' : '';
      });
    return reply.code(201).send(showApproval(content));
  });
  app.get('/v1/Content/:sid/ApprovalRequests', async (request: OfSid) => {
    const { account, content } = contentAt(request);
    const whatsapp = content.approval ? { type: 'whatsapp', ...showApproval(content) } : NOT_ASKED;
    const url = `${base()}/v1/Content/${content.sid}/ApprovalRequests`;
    return { sid: content.sid, account_sid: account.id, whatsapp, url };
  });

  function contentAt(request: OfSid) {
    const account = authorized(network, request);
    const content = account.contents.find(({ sid }) => sid === request.params.sid);
    if (!content) throw notFound(request.url);
    return { account, content };
  }

  const show = (content: Content, account: string) => ({
    sid: content.sid,
    account_sid: account,
    friendly_name: content.friendlyName,
    language: content.language,
    variables: content.variables,
    types: content.types,
    date_created: content.createdAt.toISOString().replace(/\.\d+Z$/, 'Z'),
    date_updated: content.updatedAt.toISOString().replace(/\.\d+Z$/, 'Z'),
    url: `${base()}/v1/Content/${content.sid}`,
    links: {
      approval_create: `${base()}/v1/Content/${content.sid}/ApprovalRequests/whatsapp`,
      approval_fetch: `${base()}/v1/Content/${content.sid}/ApprovalRequests`,
    },
  });
};

const NOT_ASKED = {
  type: 'whatsapp',
  name: '',
  category: '',
  content_type: '',
  status: 'unsubmitted',
  rejection_reason: '',
  allow_category_change: true,
};

const showApproval = ({ approval }: Content) => ({
  name: approval?.name,
  category: approval?.category,
  content_type: approval?.contentType,
  status: approval?.status,
  rejection_reason: approval?.rejectionReason,
  allow_category_change: true,
});

const newest = (contents: Content[]) =>
  [...contents].sort((left, right) => right.createdAt.getTime() - left.createdAt.getTime());

function readContent<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const read = schema.safeParse(body ?? {});
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new TwilioError(20001, `Invalid parameter ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

function checkTypes(types: Content['types']): void {
  if (Object.keys(types).length === 0) throw new TwilioError(20001, 'types needs at least one type.');
  for (const [type, fields] of Object.entries(types)) {
    const read = Fields.safeParse(fields);
    const issue = read.error?.issues[0];
    if (!read.success) throw refused(type, `${issue?.path.join('.')}: ${issue?.message}`);
    const { body, actions, items, button } = read.data;
    const most = type === 'twilio/list-picker' ? LIMITS.listBody : LIMITS.body;
    if (body !== undefined && body.length > most) throw refused(type, `body holds at most ${most} characters`);
    if (type === 'twilio/quick-reply') {
      if (actions === undefined || actions.length === 0) throw refused(type, 'actions is needed');
      if (actions.length > LIMITS.quickReplies) throw refused(type, `actions holds at most ${LIMITS.quickReplies}`);
      if (actions.some(({ title = '' }) => title === '' || title.length > LIMITS.title))
        throw refused(type, `a title holds 1 to ${LIMITS.title} characters`);
    }
    if (type === 'twilio/list-picker') {
      if (items === undefined || items.length === 0 || items.length > LIMITS.listItems)
        throw refused(type, `items holds 1 to ${LIMITS.listItems}`);
      if (!button || button.length > LIMITS.button)
        throw refused(type, `button holds 1 to ${LIMITS.button} characters`);
      for (const { id, item = '', description = '' } of items)
        if (!id || item === '' || item.length > LIMITS.item || description.length > LIMITS.description)
          throw refused(type, 'an item needs an id and fits 24 and 72 characters');
    }
  }
}

const refused = (type: string, words: string) => new TwilioError(20001, `${type}: ${words}.`);
