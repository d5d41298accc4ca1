import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { apiKeyNotFound, invalidField, mayNot } from '../../plugins/errors.ts';
import { answerPage, listQuery, pageOf } from '../../plugins/paging.ts';
import { permissionsOfScopes, SCOPES } from '../../plugins/permissions.ts';
import type { ApiKeyStore, StoredApiKey } from './store.ts';

const ApiKeyShape = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  prefix: z.string(),
  expiresAt: z.string().nullable(),
  createdAt: z.string(),
});

const NewApiKey = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
  expiresAt: z.iso.datetime({ offset: true }).nullish(),
});

const tags = ['api-keys'];
const access = 'api_keys:manage';

export const apiKeys: FastifyPluginAsyncZod<{ keys: ApiKeyStore; now: () => Date }> = async (app, { keys, now }) => {
  const list = { querystring: listQuery(['createdAt', 'name']), response: { 200: pageOf(ApiKeyShape) }, tags };
  app.get(
    '',
    { config: { access }, schema: { ...list, summary: 'The keys, without the keys themselves' } },
    (request) => answerPage(keys.list(request.caller.organization, request.query), present),
  );

  const params = z.object({ id: z.string() });
  const see = { params, response: { 200: ApiKeyShape }, tags, summary: 'One key, without the key itself' };
  app.get('/:id', { config: { access }, schema: see }, async (request) => {
    const found = await keys.find(request.caller.organization, request.params.id);
    if (!found) throw apiKeyNotFound();
    return present(found);
  });

  const create = {
    body: NewApiKey,
    response: { 201: ApiKeyShape.extend({ key: z.string() }) },
    tags,
    summary: 'Make a key. It is shown this once',
  };
  app.post('', { config: { access }, schema: create }, async (request, reply) => {
    const { organization, permissions, user, key: callingKey } = request.caller;
    const { name, scopes } = request.body;
    const expiresAt = request.body.expiresAt ? new Date(request.body.expiresAt) : null;
    if (expiresAt && expiresAt <= now()) throw invalidField('/expiresAt', 'in_the_past', 'Choose a time to come.');
    for (const permission of permissionsOfScopes(scopes)) {
      if (!permissions.has(permission)) throw mayNot(permission); // nobody hands out what they do not have
    }
    const createdBy = user?.id ?? callingKey?.id ?? '';
    const { stored, key } = await keys.create(organization, { name, scopes, expiresAt, createdBy });
    return reply
      .code(201)
      .header('location', `/api/api-keys/${stored.id}`)
      .send({ ...present(stored), key });
  });

  const remove = { params, response: { 204: z.null() }, tags, summary: 'Withdraw a key' };
  app.delete('/:id', { config: { access }, schema: remove }, async (request, reply) => {
    if (!(await keys.remove(request.caller.organization, request.params.id))) throw apiKeyNotFound();
    return reply.code(204).send(null);
  });
};

const present = ({ id, name, scopes, prefix, expiresAt, createdAt }: StoredApiKey): z.infer<typeof ApiKeyShape> => ({
  id,
  name,
  scopes,
  prefix,
  expiresAt: expiresAt?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
});
