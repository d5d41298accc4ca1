import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { HOURS_KEPT } from '../../engine/counting/count-store.ts';
import { IN } from '../../engine/counting/tally.ts';
import type { SessionState } from '../../engine/documents.ts';
import { conversationNotFound, flowNotFound, invalidField } from '../../plugins/errors.ts';
import type { ContactStore } from '../../storage/contacts.ts';
import type { FlowCountStore } from './count-store.ts';
import { sentBy, sessionsOf, stepsOf } from './journey-steps.ts';
import type { JourneyStore } from './journey-store.ts';
import { CountsShape, JourneyShape, PassingShape } from './shapes.ts';
import { BY_HOUR } from './spans.ts';
import { variablesOf } from './variables-of.ts';

interface Conversation {
  _id: string;
  contact: string;
  session: SessionState | null;
}

interface Options {
  counts: FlowCountStore;
  journeys: JourneyStore;
  flows: { find(organization: string, id: string): Promise<{ name: string } | null> };
  conversations: {
    find(organization: string, id: string): Promise<Conversation | null>;
    findMany(organization: string, ids: string[]): Promise<Conversation[]>;
    waiting(organization: string, flow: string, version?: number | null): Promise<{ node: string; count: number }[]>;
  };
  contacts: Pick<ContactStore, 'many'>;
  now: () => Date;
}

const DAY = 86_400_000; // ms
const LONGEST = 366; // days of one range: a year's days are read and added up at once
const SLACK = 3_600_000; // ms: whoever asks for just as long as hours are kept has another clock
const USUAL = 7; // days where nobody says from when
const tags = ['analytics'];
const toSeeBots = { access: 'whatsapp_bot:view' } as const;
const toSeeChats = { access: 'whatsapp_chat:view' } as const;
const params = z.object({ id: z.string() });
const Moment = z.iso.datetime({ offset: true, error: 'Give a date and time such as 2026-03-01T00:00:00Z.' });

const CountsQuery = z.strictObject({
  from: Moment.optional(),
  to: Moment.optional(),
  version: z.coerce.number().int().min(-1e9).max(1e9).optional(),
  node: z.string().max(400).optional(),
  /** Of the series: UTC days, or hours as long as they are kept. Without it, hours up to three days. */
  unit: z.enum(['hour', 'day']).optional(),
});

/** Numbers of flows, and the way of single conversations through them. */
export const analyticsRoutes: FastifyPluginAsyncZod<Options> = async (
  app,
  { counts, journeys, flows, conversations, contacts, now },
) => {
  const numbers = {
    params,
    querystring: CountsQuery,
    response: { 200: CountsShape },
    tags,
    summary: "A flow's sessions, and how many came to each node and took each port, over a range",
  };
  app.get('/flows/:id/counts', { config: toSeeBots, schema: numbers }, async ({ caller, params, query }) => {
    await findFlow(caller.organization, params.id);
    const { from, to } = rangeOf(query);
    const { version = null, node = null } = query;
    const unit = query.unit ?? (to.getTime() - from.getTime() <= BY_HOUR ? 'hour' : 'day');
    if (query.unit === 'hour' && from.getTime() < now().getTime() - HOURS_KEPT * DAY - SLACK)
      throw invalidField('/unit', 'hours_gone', `Hours are kept for ${HOURS_KEPT} days. Ask for days.`);
    const [sums, waiting] = await Promise.all([
      counts.counts(caller.organization, { flow: params.id, from, to, version, node, unit }),
      conversations.waiting(caller.organization, params.id, version),
    ]);
    const nodes = Object.fromEntries(Object.entries(sums.nodes).map(([id, sum]) => [id, { ...sum, waiting: 0 }]));
    for (const { node: id, count } of waiting)
      nodes[id] = { ...(nodes[id] ?? { entered: 0, left: {} }), waiting: count };
    const points = sums.series.points.map((point) => ({ ...point, at: point.at.toISOString() }));
    return {
      ...sums,
      from: from.toISOString(),
      to: to.toISOString(),
      nodes,
      series: { unit: sums.series.unit, points },
    };
  });

  const last = {
    params: params.extend({ node: z.string().max(400) }),
    querystring: z.strictObject({ port: z.string().min(1).max(256).default(IN) }),
    response: { 200: z.object({ items: z.array(PassingShape) }) },
    tags,
    summary: 'The last ten contacts that came to a node, took one of its ports, or went no further ($out)',
  };
  app.get('/flows/:id/counts/:node/contacts', { config: toSeeChats, schema: last }, async (request) => {
    const { organization } = request.caller;
    const { id, node } = request.params;
    await findFlow(organization, id);
    const passings = await counts.passings(organization, id, node, request.query.port);
    const rows = await conversations.findMany(organization, [...new Set(passings.map((one) => one.conversation))]);
    const [people, written] = await Promise.all([
      contacts.many(organization, [...new Set(rows.map(({ contact }) => contact))]),
      journeys.messages(
        organization,
        passings.flatMap(({ message }) => message ?? []),
      ),
    ]);
    const home = new Map(rows.map((row) => [row._id, row.contact]));
    // Who was deleted leaves nothing behind
    const items = passings.flatMap(({ conversation, message, at }) => {
      const contact = people.get(home.get(conversation) ?? '');
      if (!contact) return [];
      const row = message === null ? undefined : written.get(message);
      const text = row ? (row.text ?? row.type) : null;
      const { name, phone } = contact;
      return { at: at.toISOString(), conversationId: conversation, contact: { id: contact.id, name, phone }, text };
    });
    return { items };
  });

  const way = {
    params,
    querystring: z.strictObject({
      before: z.coerce.number().int().min(0).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(100),
    }),
    response: { 200: JourneyShape },
    tags,
    summary: 'What moved a conversation through its flows, step by step; the newest steps, oldest first',
  };
  app.get('/conversations/:id/journey', { config: toSeeChats, schema: way }, async ({ caller, params, query }) => {
    const { organization } = caller;
    const conversation = await conversations.find(organization, params.id);
    if (!conversation) throw conversationNotFound();
    const { before = null, limit } = query;
    const { rows, more } = await journeys.journal(organization, params.id, { before, limit });
    const passed = [...new Set(rows.flatMap(({ step }) => step?.runs ?? []).map(({ flow }) => flow))];
    const [people, written, ...found] = await Promise.all([
      contacts.many(organization, [conversation.contact]),
      journeys.messages(organization, sentBy(rows)),
      ...passed.map((id) => flows.find(organization, id)),
    ]);
    const contact = people.get(conversation.contact);
    const names = new Map(passed.flatMap((id, index) => (found[index] ? [[id, found[index].name]] : [])));
    return {
      conversation: {
        id: conversation._id,
        contact: { id: conversation.contact, name: contact?.name ?? null, phone: contact?.phone ?? null },
      },
      sessions: sessionsOf(rows, names),
      steps: stepsOf(rows, written),
      variables: before === null ? variablesOf(conversation.session) : null,
      next: more ? (rows[0]?.step?.step ?? null) : null,
    };
  });

  async function findFlow(organization: string, id: string): Promise<void> {
    if (!(await flows.find(organization, id))) throw flowNotFound();
  }

  function rangeOf({ from, to }: z.infer<typeof CountsQuery>): { from: Date; to: Date } {
    const until = to === undefined ? now() : new Date(to);
    const since = from === undefined ? new Date(until.getTime() - USUAL * DAY) : new Date(from);
    if (since >= until) throw invalidField('/from', 'range_backwards', 'Let the range begin before it ends.');
    if (until.getTime() - since.getTime() > LONGEST * DAY)
      throw invalidField('/from', 'range_too_long', `Ask for ${LONGEST} days at most.`);
    return { from: since, to: until };
  }
};
