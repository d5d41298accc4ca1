import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { MetaAccount, Template } from '../network/model.ts';
import { authorized, metaNumbers, wabaOf } from './authority.ts';
import { readOr } from './check.ts';
import { GraphError, noSuchObject } from './errors.ts';
import { pickFields } from './numbers.ts';
import type { MetaOptions } from './options.ts';
import { variablesOf } from './template.ts';

const Component = z.looseObject({
  type: z.string(),
  format: z.string().optional(),
  text: z.string().optional(),
  buttons: z
    .array(z.looseObject({ type: z.string(), text: z.string().max(25).optional() }))
    .max(10)
    .optional(),
});
const Create = z.object({
  name: z.string().regex(/^[a-z0-9_]{1,512}$/, 'may hold lower-case letters, digits and underscores'),
  language: z.string().min(2),
  category: z.enum(['MARKETING', 'UTILITY', 'AUTHENTICATION']),
  parameter_format: z
    .string()
    .toUpperCase()
    .pipe(z.enum(['POSITIONAL', 'NAMED']))
    .default('POSITIONAL'),
  components: z.array(Component).min(1),
});

const PAGE = 25; // Graph's own default
const MOST = 1_000;

interface Query {
  fields?: string;
  limit?: string;
  after?: string;
  before?: string;
  name?: string;
  status?: string;
  language?: string;
  category?: string;
  hsm_id?: string;
}
type OfId = FastifyRequest<{ Params: { id: string }; Querystring: Query }>;

/** Templates of an account. One whose name holds `reject` is rejected, `pending` stays; all others are approved. */
export const templateRoutes: FastifyPluginAsync<MetaOptions> = async (app, { network, base }) => {
  app.get('/:id/message_templates', async (request: OfId) => {
    const account = wabaOf(network, request, request.params.id);
    const { fields, limit = String(PAGE), after, name, status, language, category } = request.query;
    const fitting = account.templates.filter(
      (one) =>
        (name === undefined || one.name.includes(name)) &&
        (status === undefined || one.status === status.toUpperCase()) &&
        (language === undefined || one.language === language) &&
        (category === undefined || one.category === category.toUpperCase()),
    );
    const from = after === undefined ? 0 : placeOf(after);
    const size = Math.min(Math.max(1, Number(limit) || PAGE), MOST);
    const shown = fitting.slice(from, from + size);
    const end = from + shown.length;
    const next = new URLSearchParams({ ...(request.query as Record<string, string>), after: cursorOf(end) });
    return {
      data: shown.map((one) => pickFields(templateShape(one), fields, null)),
      paging: {
        cursors: { before: cursorOf(from), after: cursorOf(end) },
        ...(end < fitting.length && { next: `${base()}${request.url.split('?', 1)[0]}?${next}` }),
      },
    };
  });

  app.get(
    '/:id/message_templates/:template',
    async (request: FastifyRequest<{ Params: { id: string; template: string }; Querystring: Query }>) => {
      const account = wabaOf(network, request, request.params.id);
      const template = account.templates.find(({ id }) => id === request.params.template);
      if (!template) throw noSuchObject(request.method, request.params.template);
      return pickFields(templateShape(template), request.query.fields, null);
    },
  );

  app.post('/:id/message_templates', async (request: OfId) => {
    const account = wabaOf(network, request, request.params.id);
    const wanted = readOr(Create, request.body ?? {}, 'template');
    if (account.templates.some(({ name, language }) => name === wanted.name && language === wanted.language))
      throw new GraphError(100, null, { subcode: 2388024, message: 'Content in this language already exists' });
    checkWords(wanted.components);
    const { parameter_format: parameterFormat, ...rest } = wanted;
    const template: Template = { id: network.ids.digits(15), status: 'PENDING', parameterFormat, ...rest };
    account.templates.push(template);
    decideLater(account, template);
    return { id: template.id, status: template.status, category: template.category };
  });

  app.delete('/:id/message_templates', async (request: OfId) => {
    const account = wabaOf(network, request, request.params.id);
    const { name, hsm_id } = request.query;
    if (name === undefined) throw new GraphError(100, null, { message: '(#100) The parameter name is required.' });
    const left = account.templates.filter((one) => one.name !== name || (hsm_id !== undefined && one.id !== hsm_id));
    if (left.length === account.templates.length)
      throw new GraphError(100, null, { subcode: 2593002, message: 'Message template not found' });
    account.templates = left;
    return { success: true };
  });

  app.post('/:id/unpause', async (request: OfId) => {
    const template = authorized(network, request).templates.find(({ id }) => id === request.params.id);
    if (!template) throw noSuchObject(request.method, request.params.id);
    if (template.status === 'PAUSED') template.status = 'APPROVED';
    return { success: true };
  });

  function decideLater(account: MetaAccount, template: Template) {
    if (template.name.includes('pending')) return;
    network.clock.later(network.play.script.statuses.delayMs, () => {
      const rejected = template.name.includes('reject');
      template.status = rejected ? 'REJECTED' : 'APPROVED';
      const value = {
        event: template.status,
        message_template_id: Number(template.id),
        message_template_name: template.name,
        message_template_language: template.language,
        message_template_category: template.category,
        reason: rejected ? 'INVALID_FORMAT' : 'NONE',
      };
      const owner = metaNumbers(network).find((one) => one.account === account);
      if (owner) network.tell(owner, { kind: 'field', field: 'message_template_status_update', value });
    });
  }
};

function checkWords(components: z.output<typeof Component>[]): void {
  const limits: Record<string, number> = { HEADER: 60, BODY: 1024, FOOTER: 60 };
  for (const { type, text } of components) {
    const most = limits[type.toUpperCase()];
    if (text === undefined || most === undefined) continue;
    if (text.length > most)
      throw new GraphError(100, `${type} holds at most ${most} characters.`, { subcode: 2388040 });
    if (/^\s*\{\{|\}\}\s*$/.test(text) && type.toUpperCase() === 'BODY' && variablesOf(text).length > 0)
      throw new GraphError(100, 'Variables may not stand at the beginning or the end of the body.', {
        subcode: 2388299,
      });
  }
}

const cursorOf = (place: number) => Buffer.from(`at:${place}`).toString('base64url');
const placeOf = (cursor: string) => {
  const place = /^at:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  if (place === undefined) throw new GraphError(100, null, { message: '(#100) Param after is not a valid cursor.' });
  return Number(place);
};

export const templateShape = ({ id, name, language, category, status, parameterFormat, components }: Template) => ({
  name,
  parameter_format: parameterFormat,
  components,
  language,
  status,
  category,
  id,
});

export function deleteTemplateById(account: MetaAccount, id: string): boolean {
  const left = account.templates.filter((one) => one.id !== id);
  const found = left.length < account.templates.length;
  account.templates = left;
  return found;
}
