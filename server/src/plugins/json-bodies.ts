import { pointer } from '@parley/runtime';
import fp from 'fastify-plugin';
import type { z } from 'zod';
import { type FieldError, invalidField, invalidRequest } from './errors.ts';

/** Deeper than any flow; a body that nests further is there to exhaust whoever walks it. */
const MAX_DEPTH = 100;

/** JSON bodies only, and zod for everything that a route declares. What does not fit is 422 with the field's name. */
export const jsonBodies = fp(async (app) => {
  const parseJson = app.getDefaultJsonParser('error', 'error'); // refuses __proto__ and constructor.prototype
  app.removeContentTypeParser('text/plain');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    // fetch() wrappers announce JSON on every POST, also on those without a body
    if (body.length === 0) return done(null, undefined);
    parseJson(request, body as string, (error, value) => {
      if (error) return done(error, undefined);
      if (isDeeperThan(value, MAX_DEPTH))
        return done(invalidField('', 'too_deep', `Nest at most ${MAX_DEPTH} levels.`));
      done(null, value);
    });
  });

  app.setValidatorCompiler<z.ZodType>(({ schema, httpPart }) => (data) => {
    // Fastify says null for a body that did not come: an optional one is then absent
    const result = schema.safeParse(httpPart === 'body' ? (data ?? undefined) : data);
    return result.success
      ? { value: result.data }
      : { error: invalidRequest(result.error.issues.flatMap(fieldErrors)) };
  });
});

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  const path = pointer(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: path + pointer([key]),
      code: 'unknown_field',
      message: `There is no field ${key.slice(0, 100)}.`,
    }));
  }
  const field = issue.path.length > 0 ? String(issue.path.at(-1)) : 'The body';
  return [{ path, code: issue.code, message: `${field}: ${issue.message}` }];
}

/** Level by level, not by recursion: the point is that the stack does not suffice. */
function isDeeperThan(value: unknown, limit: number): boolean {
  let level = [value].filter(isContainer);
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth >= limit) return true;
    level = level.flatMap((one) => Object.values(one).filter(isContainer));
  }
  return false;
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;
