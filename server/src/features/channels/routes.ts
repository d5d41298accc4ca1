import { isObject } from '@parley/runtime';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { MetaApp } from '../../channels/whatsapp/meta/sign-up.ts';
import { channelExists, channelNotFound, invalidField, invalidRequest } from '../../plugins/errors.ts';
import { answerPage, listQuery, pageOf } from '../../plugins/paging.ts';
import type { Channel, ChannelWithSecrets } from '../../storage/channel.ts';
import { isDuplicate } from '../../storage/indexes.ts';
import { type CheckDeps, checkChannel } from './check.ts';
import { metaChannelRoutes } from './meta-routes.ts';
import { newChannel } from './new-channel.ts';
import { ChannelPatch, ChannelShape, NewChannelBody, presentChannel } from './shapes.ts';
import { signUpRoutes } from './sign-up-routes.ts';
import type { ChannelStore, NewChannel } from './store.ts';

const CHECK_TIMEOUT = 10_000; // ms, when a person asked for it
const FIRST_CHECK_TIMEOUT = 3_000; // ms, while somebody waits for the channel that they just made

interface ChannelOptions extends Omit<CheckDeps, 'evidence' | 'log'> {
  channels: ChannelStore;
  newId: (prefix: string) => string;
  metaApp: MetaApp | null;
}

const tags = ['channels'];
const params = z.object({ id: z.string() });
const toSee = { access: 'whatsapp_numbers:view' } as const;
const toManage = { access: 'connection:manage' } as const;

export const channelRoutes: FastifyPluginAsyncZod<ChannelOptions> = async (app, options) => {
  const { channels, http, newId, publicUrl, metaGraphUrl, metaApp, templates } = options;

  const list = { querystring: listQuery(['createdAt', 'name']), response: { 200: pageOf(ChannelShape) }, tags };
  app.get('', { config: toSee, schema: { ...list, summary: 'The connected numbers' } }, ({ query, caller }) =>
    answerPage(channels.list(caller.organization, query), present),
  );

  const see = { params, response: { 200: ChannelShape }, tags, summary: 'One number' };
  app.get('/:id', { config: toSee, schema: see }, async (request) => present(await find(request)));

  const create = { body: NewChannelBody, response: { 201: ChannelShape }, tags, summary: 'Connect a number' };
  app.post('', { config: toManage, schema: create }, async (request, reply) => {
    const { organization } = request.caller;
    const id = newId('chn');
    await createOnce(newChannel(id, organization, request.body));
    const checked = await check(await existing(organization, id), FIRST_CHECK_TIMEOUT);
    return reply.code(201).header('location', `/api/channels/${id}`).send(present(checked));
  });

  const change = { params, body: ChannelPatch, response: { 200: ChannelShape }, tags, summary: 'Change a channel' };
  app.patch('/:id', { config: toManage, schema: change }, async (request) => {
    const { name, enabled, businessAccountId, messagingServiceSid, settings, ...secrets } = request.body;
    const channel = await find(request);
    refuseForeign(channel.provider, request.body);
    const changed = await channels.change(channel.organization, channel.id, {
      ...without({ name, enabled, businessAccountId, messagingServiceSid }),
      ...(settings && { settings: { ...channel.settings, ...without(settings) } }),
      secrets: without(secrets),
    });
    const now = await find(request);
    if (!changed) throw accountIsSignedUp();
    return present(now);
  });

  const remove = { params, response: { 204: z.null() }, tags, summary: 'Disconnect a number' };
  app.delete('/:id', { config: toManage, schema: remove }, async (request, reply) => {
    if (!(await channels.remove(request.caller.organization, request.params.id))) throw channelNotFound();
    await templates.removeOf(request.caller.organization, request.params.id);
    return reply.code(204).send(null);
  });

  const ask = { params, response: { 200: ChannelShape }, tags, summary: 'Ask the provider whether the number works' };
  app.post('/:id/check', { config: toManage, schema: ask }, async (request) =>
    present(await check(await find(request), CHECK_TIMEOUT)),
  );

  await app.register(metaChannelRoutes, { channels, http, publicUrl, metaGraphUrl });
  await app.register(signUpRoutes, {
    channels,
    http,
    newId,
    publicUrl,
    metaGraphUrl,
    metaApp,
    checked: (channel) => check(channel, FIRST_CHECK_TIMEOUT),
    present,
  });

  function present(channel: ChannelWithSecrets) {
    return presentChannel(channel, {
      publicUrl,
      verifyToken: channel.provider === 'meta' ? (channel.secrets?.verifyToken ?? null) : null,
    });
  }

  const find = (request: { caller: { organization: string }; params: { id: string } }) =>
    existing(request.caller.organization, request.params.id);

  async function existing(organization: string, id: string): Promise<ChannelWithSecrets> {
    const channel = await channels.withSecrets(organization, id);
    if (!channel) throw channelNotFound();
    return channel;
  }

  async function createOnce(wanted: NewChannel): Promise<Channel> {
    try {
      return await channels.create(wanted);
    } catch (error) {
      if (isDuplicate(error, 'phoneNumberId') || isDuplicate(error, 'twilioNumber')) throw channelExists();
      throw error;
    }
  }

  async function check(channel: ChannelWithSecrets, timeout: number): Promise<ChannelWithSecrets> {
    const asked = await checkChannel(channel, { ...options, evidence: channels.evidence, log: app.log }, timeout);
    const kept = await channels.keepCheck(channel.organization, channel.id, asked.check, asked.address);
    if (!kept) throw channelNotFound();
    return existing(kept.organization, kept.id);
  }
};

/** Fields that only one provider's channels have. */
const OWN_FIELDS = new Map<string, Channel['provider']>([
  ['businessAccountId', 'meta'],
  ['accessToken', 'meta'],
  ['appSecret', 'meta'],
  ['verifyToken', 'meta'],
  ['authToken', 'twilio'],
  ['messagingServiceSid', 'twilio'],
  ['settings/script', 'simulator'],
]);
const OWNERS: Record<Channel['provider'], string> = { meta: 'Meta', twilio: 'Twilio', simulator: 'the simulator' };

function refuseForeign(provider: Channel['provider'], body: Record<string, unknown>): void {
  const { settings } = body;
  const fields = [
    ...Object.keys(without(body)),
    ...(isObject(settings) ? Object.keys(without(settings)).map((name) => `settings/${name}`) : []),
  ];
  const errors = fields.flatMap((field) => {
    const owner = OWN_FIELDS.get(field);
    if (owner === undefined || owner === provider) return [];
    const message = `Only a channel of ${OWNERS[owner]} has this field.`;
    return [{ path: `/${field}`, code: 'unknown_field', message }];
  });
  if (errors.length > 0) throw invalidRequest(errors);
}

function accountIsSignedUp() {
  const message = 'This number was signed up with its account. Sign up again, or send the secret of your own app too.';
  return invalidField('/businessAccountId', 'signed_up', message);
}

/** The fields that were sent: in a merge patch an absent one stays as it is. */
const without = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
