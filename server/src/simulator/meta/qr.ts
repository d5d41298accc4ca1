import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { numberOf } from './authority.ts';
import { GraphError } from './errors.ts';
import type { MetaOptions } from './options.ts';

interface Link {
  code: string;
  prefilled_message: string;
  deep_link_url: string;
}

type Of = FastifyRequest<{ Params: { id: string; code: string }; Querystring: { prefilled_message?: string } }>;

/** Links that open a chat with words already typed. Source: Meta, "QR codes". */
export const qrRoutes: FastifyPluginAsync<MetaOptions> = async (app, { network }) => {
  const links = new Map<string, Link[]>();
  const listOf = (request: Of) => links.get(numberOf(network, request, request.params.id).id) ?? [];
  const at = (request: Of): Link => {
    const found = listOf(request).find(({ code }) => code === request.params.code);
    if (!found) throw new GraphError(100, 'There is no such code.');
    return found;
  };
  const words = (request: Of): string => {
    const body = (request.body ?? {}) as { prefilled_message?: string };
    const given = request.query.prefilled_message ?? body.prefilled_message ?? '';
    if (given === '' || given.length > 140)
      throw new GraphError(131009, "Parameter 'prefilled_message' holds 1 to 140 characters.");
    return given;
  };

  app.post('/:id/message_qrdls', async (request: Of) => {
    const others = listOf(request);
    const code = network.ids.letters(14).toUpperCase();
    const link = { code, prefilled_message: words(request), deep_link_url: `https://wa.me/message/${code}` };
    links.set(request.params.id, [...others, link]);
    return link;
  });
  app.post('/:id/message_qrdls/:code', async (request: Of) =>
    Object.assign(at(request), { prefilled_message: words(request) }),
  );
  app.get('/:id/message_qrdls', async (request: Of) => ({ data: listOf(request) }));
  app.get('/:id/message_qrdls/', async (request: Of) => ({ data: listOf(request) }));
  app.get('/:id/message_qrdls/:code', async (request: Of) => ({ data: [at(request)] }));
  app.delete('/:id/message_qrdls/:code', async (request: Of) => {
    const gone = at(request);
    links.set(
      request.params.id,
      listOf(request).filter((one) => one !== gone),
    );
    return { success: true };
  });
};
