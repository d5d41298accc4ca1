import { type FastifyBaseLogger, fastify } from 'fastify';
import fp from 'fastify-plugin';

export type Log = FastifyBaseLogger;

/** Whatever object reaches the log, at the top or one level down, these fields of it do not. */
const SECRET_FIELDS = [
  'authorization',
  'cookie',
  'password',
  'token',
  'key',
  'accessToken',
  'appSecret',
  'authToken',
  'verifyToken',
  'text', // what people write to each other is not the operator's to read
  'body',
];

export const logOptions = (level = process.env.LOG_LEVEL ?? 'info') => ({
  level,
  base: null,
  timestamp: () => `,"time":"${new Date().toISOString()}"`,
  formatters: { level: (label: string) => ({ level: label }) },
  redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '[redacted]' },
});

/** The logger comes from a bare Fastify: it is Fastify's own, and the start needs it before there is an app. */
export const createLog = (level?: string): Log => fastify({ logger: logOptions(level) }).log;

/** Whoever has a file's signed address has the file: its last part opens it. */
const SIGNATURE = /^(\/media\/[^/]*\/[^/]*\/).+/;

/** One line an answer. The query is left out: a webhook's carries its verify token. */
export const requestLog = fp(async (app) => {
  app.addHook('onResponse', async (request, reply) => {
    const path = request.url.split('?', 1)[0]?.replace(SIGNATURE, '$1...');
    const quiet = path?.startsWith('/health/') || path?.startsWith('/assets/');
    const line = { method: request.method, path, status: reply.statusCode, ms: Math.round(reply.elapsedTime) };
    request.log[quiet ? 'debug' : 'info'](line, 'answered');
  });
});
