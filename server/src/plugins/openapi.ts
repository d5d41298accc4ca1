import swagger from '@fastify/swagger';
import fp from 'fastify-plugin';
import { jsonSchemaTransform, jsonSchemaTransformObject, serializerCompiler } from 'fastify-type-provider-zod';
import { z } from 'zod';

const TAGS = [
  { name: 'setup', description: 'The first account of a new server.' },
  { name: 'auth', description: 'Signing in and out, and who is signed in.' },
  { name: 'api-keys', description: 'Keys for programs: `Authorization: Bearer <key>`.' },
  { name: 'channels', description: 'The WhatsApp numbers that bots and people answer on.' },
  { name: 'conversations', description: 'What people and bots say to each other, and who speaks.' },
  { name: 'media', description: 'Files: uploads to be sent, and what customers sent.' },
  { name: 'notifications', description: 'What flows tell people of the organization.' },
  { name: 'events', description: 'Business events, with which flows begin.' },
  { name: 'templates', description: 'What WhatsApp has approved to be sent after 24 hours of silence.' },
  { name: 'webhook log', description: 'What the providers told, handled or kept as it came.' },
  { name: 'flows', description: 'Bots: their documents, versions, tests and problems.' },
  { name: 'examples', description: 'Bots to begin from.' },
  { name: 'analytics', description: 'How many came to each step of a bot, and the way that one conversation took.' },
];

const Problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string(),
    instance: z.string(),
    requestId: z.string(),
    errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
  })
  .meta({ description: 'RFC 9457. Programs go by `code`; `errors[].path` is a JSON pointer into the body.' });

const problemResponse = {
  description: 'What went wrong',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

type Operation = { responses?: Record<string, unknown> };

/** /api/openapi.json, from the schemas that the routes check with. Registered before the routes: it listens for them. */
export const openapi = fp<{ publicUrl: string; version: string }>(async (app, { publicUrl, version }) => {
  app.setSerializerCompiler(serializerCompiler);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Parley', description: 'Visual workflow and bot platform for WhatsApp.', version },
      servers: [{ url: publicUrl }],
      tags: TAGS,
      security: [{ apiKey: [] }, { session: [] }],
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: 'parley_session' },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => withProblems(jsonSchemaTransformObject(document)),
  });
  app.get('/api/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, async (_request, reply) =>
    // Sent as text: it describes schemas and needs none itself
    reply.type('application/json; charset=utf-8').send(JSON.stringify(app.swagger())),
  );
});

/** Every operation can end in a problem; said once here instead of at every route. */
function withProblems<D extends object>(document: D): D {
  const copy = structuredClone(document) as D & {
    paths?: Record<string, Record<string, Operation>>;
    components?: { schemas?: Record<string, unknown> };
  };
  for (const operations of Object.values(copy.paths ?? {})) {
    for (const operation of Object.values(operations)) {
      operation.responses = { ...operation.responses, '4XX': problemResponse, '5XX': problemResponse };
    }
  }
  const { $schema, ...schema } = z.toJSONSchema(Problem);
  copy.components = { ...copy.components, schemas: { ...copy.components?.schemas, Problem: schema } };
  return copy;
}
