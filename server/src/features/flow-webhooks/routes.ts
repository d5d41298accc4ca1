import { isDeepStrictEqual } from 'node:util';
import { nodeTypes, recipientOf } from '@parley/nodes';
import type { FlowNode, JsonObject, LiveFlow } from '@parley/runtime';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Engine } from '../../engine/engine.ts';
import { channelOf } from '../../engine/starts.ts';
import { nested } from '../../engine/step/begin.ts';
import { webhookName } from '../../engine/webhook-name.ts';
import { createAttempts } from '../../plugins/attempts.ts';
import {
  channelNeeded,
  idempotencyKeyReused,
  invalidField,
  notFound,
  notReachable,
  tooManyRequests,
} from '../../plugins/errors.ts';
import type { ContactStore } from '../../storage/contacts.ts';
import type { Keyring } from '../../storage/credentials.ts';
import { derivedId } from '../../storage/ids.ts';

interface Options {
  flows: { ownerOf(id: string): Promise<string | null> };
  engine: Pick<Engine, 'starts' | 'live' | 'store'>;
  contacts: Pick<ContactStore, 'resolve' | 'find'>;
  channels: { enabledIds(organization: string): Promise<string[]> };
  keyring: Pick<Keyring, 'isSigned'>;
  newId: (prefix: string) => string;
  now: () => Date;
}

const MAX_BODY = 100_000; // bytes; the body is remembered by the session, which holds 256 kB
const MAX_CALLS = 600; // a minute and webhook: each may send messages
const MINUTE = 60_000; // ms
const MAX_KEY = 100;

const Params = z.object({ flow: z.string(), node: z.string() });
const Query = z.object({ key: z.string().max(200).catch('') });

/** Other systems begin a flow for a person: `POST /webhook/flows/:flow/:node?key=`, the body as `trigger.webhook` reads it. */
export async function flowWebhooks(app: FastifyInstance, options: Options): Promise<void> {
  const { flows, engine, contacts, channels, keyring, newId, now } = options;
  const attempts = createAttempts(MAX_CALLS, MINUTE);

  app.post('/:flow/:node', { bodyLimit: MAX_BODY, schema: { hide: true } }, async (request, reply) => {
    const { flow, node } = Params.parse(request.params);
    const { key } = Query.parse(request.query);
    // Before the store is asked anything: who has no key learns nothing, not even by the time it takes
    if (!keyring.isSigned(webhookName(flow, node), key)) throw notFound();
    const organization = await flows.ownerOf(flow);
    const live = organization === null ? undefined : (await engine.live(organization)).find(({ id }) => id === flow);
    const trigger = live && webhookTrigger(live, node);
    if (organization === null || !live || !trigger) throw notFound();
    const wait = attempts.begin(`${flow}.${node}`, now());
    if (wait > 0) throw tooManyRequests(wait);

    const { body } = request;
    const found = recipientOf(trigger.config, body);
    if ('problem' in found) throw invalidField(pathOf(trigger.config), 'invalid_phone', found.problem);
    const channel = channelOf(live, await channels.enabledIds(organization));
    if (channel === null) throw channelNeeded();
    const identity = { kind: 'wa_id' as const, value: found.phone.replace(/^\+/, '') };
    const contact = await contacts.find(
      organization,
      await contacts.resolve(organization, [identity], { name: found.name, source: 'webhook' }),
    );
    if (!contact) throw notReachable();
    const variables = nested(trigger.saveAs, body as JsonObject);
    const known = eventId(request.headers['idempotency-key'], flow, node);
    const start = { id: known ?? newId('evt'), flow, node, variables, by: 'webhook' as const };
    const conversationId = await engine.starts.start({ organization, channel, contact }, start);
    if (conversationId === null) throw notReachable();
    // Afterwards, for of two at the same moment only the store knows the first
    const first = known === null ? null : await engine.store.payloadOf(known);
    if (first?.kind === 'start' && !isDeepStrictEqual(first.variables, variables)) throw idempotencyKeyReused();
    return reply.code(202).send({ accepted: true, conversationId });
  });
}

function webhookTrigger(live: LiveFlow, node: string): { config: FlowNode['config']; saveAs: string } | null {
  const found = live.document.nodes.find(({ id }) => id === node);
  const type = found && nodeTypes.get(found.type);
  if (!found || type?.begins !== 'webhook') return null;
  const read = type.schema.safeParse(found.config);
  return read.success ? { config: found.config, saveAs: String(read.data.saveAs ?? 'webhook') } : null;
}

const pathOf = ({ phone }: FlowNode['config']): string =>
  `/${(typeof phone === 'string' ? phone : 'phone').replaceAll('.', '/')}`;

/** The same key is the same event, kept as long as events are. */
function eventId(key: string | string[] | undefined, flow: string, node: string): string | null {
  if (key === undefined) return null;
  if (typeof key !== 'string' || key === '' || key.length > MAX_KEY)
    throw invalidField('/Idempotency-Key', 'invalid_key', `An Idempotency-Key has 1 to ${MAX_KEY} characters.`);
  return derivedId('evt', `${flow}\n${node}\n${key}`);
}
