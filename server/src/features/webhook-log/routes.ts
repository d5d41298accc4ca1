import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Connection } from 'mongoose';
import { z } from 'zod';
import { answerPage, listQuery, pageOf } from '../../plugins/paging.ts';
import { readPage } from '../../storage/page.ts';
import { type TenantRow, tenantModel } from '../../storage/tenancy.ts';

interface EventRow extends TenantRow {
  conversation: string;
  kind: string;
  /** JSON text, as the engine packs it. */
  payload: string;
  arrived: unknown;
  acceptedAt: Date;
  state: string;
  attempts: number;
  doneAt: Date | null;
  step: object | null;
}

const EventShape = z.object({
  id: z.string(),
  kind: z.string(),
  state: z.enum(['new', 'done', 'parked', 'raw']),
  /** Over which number it came; null for what fell due by itself, or came by no number. */
  channelId: z.string().nullable(),
  conversationId: z.string().nullable(),
  attempts: z.number(),
  payload: z.unknown(),
  /** What the step did: nodes visited, effects, fault. */
  step: z.unknown().nullable(),
  createdAt: z.string(),
});

const CHANNEL = /^chn_[^:]+/; // what came over a number has its id before the provider's own
const tags = ['webhook log'];
const query = listQuery(['acceptedAt']).extend({
  sort: z.enum(['acceptedAt', '-acceptedAt']).default('-acceptedAt'),
  state: z.enum(['new', 'done', 'parked', 'raw']).optional(),
  conversation: z.string().optional(),
});

/** Everything that providers told this organization: what was handled, what was kept as it came, what was set aside. */
export const webhookLog: FastifyPluginAsyncZod<{ connection: Connection }> = async (app, { connection }) => {
  const mixed = { type: Object };
  const events = tenantModel<EventRow>(connection, 'events', {
    organization: String,
    conversation: String,
    kind: String,
    payload: String,
    arrived: mixed,
    acceptedAt: Date,
    state: String,
    attempts: Number,
    doneAt: Date,
    step: mixed,
  } as never);

  const list = {
    querystring: query,
    response: { 200: pageOf(EventShape) },
    tags,
    summary: 'What the providers told, newest first',
  };
  app.get('', { config: { access: 'connection:manage' }, schema: list }, async (request) => {
    const { state, conversation, ...page } = request.query;
    const filter = {
      organization: request.caller.organization,
      ...(state && { state }),
      ...(conversation && { conversation }),
    };
    return answerPage(readPage(events, filter, page, { search: ['_id'] }), (row) => ({
      id: row._id,
      kind: row.kind,
      state: row.state as 'new',
      channelId: CHANNEL.exec(row._id)?.[0] ?? null,
      conversationId: row.conversation || null,
      attempts: row.attempts,
      payload: JSON.parse(row.payload) as unknown,
      step: row.step ?? null,
      createdAt: row.acceptedAt.toISOString(),
    }));
  });
};
