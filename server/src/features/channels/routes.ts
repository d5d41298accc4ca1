import { randomBytes } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { channelExists, channelNotFound, invalidRequest, providerUnavailable } from '../../plugins/errors.ts';
import type { Http } from '../../plugins/http.ts';
import { answerPage, listQuery, pageOf } from '../../plugins/paging.ts';
import type { Channel, ChannelWithSecrets } from '../../storage/channel.ts';
import { isDuplicate } from '../../storage/indexes.ts';
import { checkMeta } from './check-meta.ts';
import { ChannelPatch, ChannelShape, NewChannelBody, type NewMeta, presentChannel } from './shapes.ts';
import type { ChannelStore, NewChannel } from './store.ts';

const CHECK_TIMEOUT = 10_000; // ms, when a person asked for it
const FIRST_CHECK_TIMEOUT = 3_000; // ms, while somebody waits for the channel that they just made

interface ChannelOptions {
  channels: ChannelStore;
  http: Http;
  newId: (prefix: string) => string;
  now: () => Date;
  publicUrl: string;
  metaGraphUrl: string;
}

const tags = ['channels'];
const params = z.object({ id: z.string() });
const toSee = { access: 'whatsapp_numbers:view' } as const;
const toManage = { access: 'connection:manage' } as const;

export const channelRoutes: FastifyPluginAsyncZod<ChannelOptions> = async (app, options) => {
  const { channels, http, newId, now, publicUrl, metaGraphUrl } = options;

  const list = { querystring: listQuery(['createdAt', 'name']), response: { 200: pageOf(ChannelShape) }, tags };
  app.get('', { config: toSee, schema: { ...list, summary: 'The connected numbers' } }, ({ query, caller }) =>
    answerPage(channels.list(caller.organization, query), present),
  );

  const see = { params, response: { 200: ChannelShape }, tags, summary: 'One number' };
  app.get('/:id', { config: toSee, schema: see }, async (request) => present(await find(request)));

  const create = { body: NewChannelBody, response: { 201: ChannelShape }, tags, summary: 'Connect a number' };
  app.post('', { config: toManage, schema: create }, async (request, reply) => {
    const { organization } = request.caller;
    const { body } = request;
    if (body.provider === 'twilio') throw providerUnavailable('twilio');
    const id = newId('chn');
    const wanted =
      body.provider === 'meta' ? metaChannel(id, organization, body) : simulator(id, organization, body.name);
    await createOnce(wanted);
    const made = { ...(await existing(organization, id)), secrets: wanted.secrets };
    const checked = await check(made, FIRST_CHECK_TIMEOUT);
    return reply.code(201).header('location', `/api/channels/${id}`).send(present(checked));
  });

  const change = { params, body: ChannelPatch, response: { 200: ChannelShape }, tags, summary: 'Change a channel' };
  app.patch('/:id', { config: toManage, schema: change }, async (request) => {
    const { name, enabled, businessAccountId, settings, ...secrets } = request.body;
    const channel = await find(request);
    if (channel.provider !== 'meta') refuseMetaFields({ businessAccountId, ...secrets });
    await channels.change(channel.organization, channel.id, {
      ...without({ name, enabled, businessAccountId }),
      ...(settings && { settings: { ...channel.settings, ...without(settings) } }),
      secrets: without(secrets),
    });
    return present(await find(request));
  });

  const remove = { params, response: { 204: z.null() }, tags, summary: 'Disconnect a number' };
  app.delete('/:id', { config: toManage, schema: remove }, async (request, reply) => {
    if (!(await channels.remove(request.caller.organization, request.params.id))) throw channelNotFound();
    return reply.code(204).send(null);
  });

  const ask = { params, response: { 200: ChannelShape }, tags, summary: 'Ask the provider whether the number works' };
  app.post('/:id/check', { config: toManage, schema: ask }, async (request) =>
    present(await check(await find(request), CHECK_TIMEOUT)),
  );

  const present = (channel: ChannelWithSecrets) =>
    presentChannel(channel, { publicUrl, verifyToken: channel.secrets?.verifyToken ?? null });

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
      if (isDuplicate(error, 'phoneNumberId')) throw channelExists();
      throw error;
    }
  }

  async function check(channel: ChannelWithSecrets, timeout: number): Promise<ChannelWithSecrets> {
    const { organization, id, phoneNumberId, secrets } = channel;
    const asked =
      secrets && phoneNumberId
        ? await checkMeta({
            http,
            graphUrl: metaGraphUrl,
            phoneNumberId,
            accessToken: secrets.accessToken,
            timeout,
            now: now(),
          })
        : { check: { state: 'ok' as const, at: now(), problems: [] }, address: null };
    const kept = await channels.keepCheck(organization, id, asked.check, asked.address);
    if (!kept) throw channelNotFound();
    return { ...kept, secrets };
  }
};

const metaChannel = (id: string, organization: string, body: NewMeta): NewChannel => {
  const { provider, name, phoneNumberId, businessAccountId, accessToken, appSecret } = body;
  const verifyToken = body.verifyToken ?? randomBytes(24).toString('base64url');
  return {
    id,
    organization,
    provider,
    name,
    phoneNumberId,
    businessAccountId,
    secrets: { accessToken, appSecret, verifyToken },
  };
};

const simulator = (id: string, organization: string, name: string): NewChannel => ({
  id,
  organization,
  provider: 'simulator',
  name,
  phoneNumberId: null,
  businessAccountId: null,
  secrets: null,
});

function refuseMetaFields(fields: Record<string, unknown>): void {
  const given = Object.keys(without(fields));
  if (given.length === 0) return;
  const message = 'Only a channel of Meta has this field.';
  throw invalidRequest(given.map((field) => ({ path: `/${field}`, code: 'unknown_field', message })));
}

/** The fields that were sent: in a merge patch an absent one stays as it is. */
const without = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
