import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import {
  AppError,
  badRequest,
  bug,
  FilesAway,
  filesUnavailable,
  malformedJson,
  methodNotAllowed,
  notFound,
  notJson,
  storeFull,
  storeUnavailable,
  tooLarge,
  tooManyRequests,
} from './errors.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const DEFAULT_RETRY = 60; // seconds, for a 429 that names none

/** What the driver throws when no server answers, by name: its classes are not exported by mongoose in one place. */
const STORE_AWAY =
  /^(Mongo(ose)?ServerSelectionError|MongoNetwork(Timeout)?Error|MongoTopologyClosedError|MongoNotConnectedError|MongoPoolClearedError|PoolClearedError|MongoPoolClosedError|MongoExpiredSessionError|DisconnectedError)$/;

/** Turns whatever was thrown into one problem document. A bug becomes a 500 that tells nothing; the log tells all. */
export const problems = fp(async (app) => {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const known = toAppError(error);
    if (known.status >= 500 && known !== error) request.log.error({ err: error }, known.code);
    return sendProblem(request, reply, known);
  });
});

/** For what Fastify refuses before it knows a route, such as an address that is not one. */
export const sendFrameworkProblem = (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
  sendProblem(request, reply, toAppError(error));

export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: AppError) {
  const { errors, retryAfter, headers, facts } = error.extras;
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
  if (headers) reply.headers(headers);
  const problem = {
    type: `/problems/${error.code}`,
    title: titleOf(error.code),
    status: error.status,
    code: error.code,
    detail: error.message,
    instance: request.url.split('?', 1)[0],
    requestId: request.id,
    ...(errors && { errors }),
    ...facts,
  };
  // As bytes: no response schema of the route is applied to them, and no charset is added to the registered type
  return reply
    .code(error.status)
    .type('application/problem+json')
    .send(Buffer.from(JSON.stringify(problem)));
}

/** 405 where the path exists for another method, else 404. */
export function unknownRoute(app: FastifyInstance, request: FastifyRequest): AppError {
  const url = request.url.split('?', 1)[0] ?? '/';
  const allowed = METHODS.filter((method) => {
    const route = app.findRoute({ method, url });
    return route !== null && !('*' in (route.params ?? {}));
  });
  return allowed.length > 0 ? methodNotAllowed(allowed) : notFound();
}

function toAppError(error: FastifyError): AppError {
  if (error instanceof AppError) return error;
  if (isStoreAway(error)) return storeUnavailable();
  if (isStoreFull(error)) return storeFull();
  if (error instanceof FilesAway) return filesUnavailable();
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return malformedJson();
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return notJson();
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return tooLarge();
  }
  if (error.statusCode === 429) return tooManyRequests(DEFAULT_RETRY);
  if (error.statusCode === 404) return notFound();
  // Fastify's own complaints about a request speak of the request only; anything else may speak of our insides
  if (error.statusCode && error.statusCode < 500 && error.code?.startsWith('FST_ERR_'))
    return badRequest(error.message);
  return bug();
}

const OUT_OF_DISK_SPACE = 14031; // MongoDB's code, of the embedded store too

function isStoreFull(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ('code' in at && Number(at.code) === OUT_OF_DISK_SPACE) return true;
  }
  return false;
}

export function isStoreAway(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if (STORE_AWAY.test(at.name)) return true;
    if (
      at.name === 'MongooseError' &&
      /before initial connection|is not connected|buffering timed out/.test(at.message)
    ) {
      return true;
    }
  }
  return false;
}

/** `flow_has_errors` -> "Flow has errors": titles differ by code only, as RFC 9457 asks. */
const titleOf = (code: string) => `${code.charAt(0).toUpperCase()}${code.slice(1)}`.replaceAll('_', ' ');
