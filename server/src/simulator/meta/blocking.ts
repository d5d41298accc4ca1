import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { digitsOf } from '../network/model.ts';
import { numberOf } from './authority.ts';
import { readOr } from './check.ts';
import type { MetaOptions } from './options.ts';

const Users = z.object({
  messaging_product: z.literal('whatsapp'),
  block_users: z.array(z.object({ user: z.string() })).min(1),
});

type OfId = FastifyRequest<{ Params: { id: string } }>;

/** Whom a business does not want to hear from. */
export const blocking: FastifyPluginAsync<MetaOptions> = async (app, { network }) => {
  const change = (verb: 'added_users' | 'removed_users') => async (request: OfId) => {
    const number = numberOf(network, request, request.params.id);
    const { block_users } = readOr(Users, request.body ?? {}, 'block_users');
    const users = block_users.map(({ user }) => ({ input: user, wa_id: digitsOf(user) }));
    for (const { wa_id } of users) {
      if (verb === 'added_users') number.blocked.add(wa_id);
      else number.blocked.delete(wa_id);
    }
    return { messaging_product: 'whatsapp', block_users: { [verb]: users } };
  };
  app.post('/:id/block_users', change('added_users'));
  app.delete('/:id/block_users', change('removed_users'));
  app.get('/:id/block_users', async (request: OfId) => ({
    data: [...numberOf(network, request, request.params.id).blocked].map((wa_id) => ({
      messaging_product: 'whatsapp',
      wa_id,
    })),
    paging: { cursors: { before: 'QVFIU', after: 'QVFIU' } },
  }));
};
