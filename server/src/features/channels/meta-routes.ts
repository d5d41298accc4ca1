import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Answer } from '../../channels/whatsapp/errors/ask.ts';
import { type Graph, graphOf } from '../../channels/whatsapp/meta/graph.ts';
import { changeProfile, ProfileChange, readProfile } from '../../channels/whatsapp/meta/profile.ts';
import { registerNumber, requestCode, subscribeApp, verifyCode } from '../../channels/whatsapp/meta/sign-up.ts';
import { channelNotFound, notMeta, providerRefused, secretsMissing } from '../../plugins/errors.ts';
import type { Http } from '../../plugins/http.ts';
import type { ChannelWithSecrets, MetaChannel } from '../../storage/channel.ts';
import { metaWebhookUrl } from './webhook-urls.ts';

interface Options {
  channels: { withSecrets(organization: string, id: string): Promise<ChannelWithSecrets | null> };
  http: Http;
  publicUrl: string;
  metaGraphUrl: string;
}

const TIMEOUT = 15_000; // ms; registering a number takes Meta some seconds

export const Pin = z.string().regex(/^\d{6}$/, 'The PIN is six digits.');
const Done = z.object({ done: z.literal(true) });
const ProfileShape = z.object({
  about: z.string().nullable(),
  address: z.string().nullable(),
  description: z.string().nullable(),
  email: z.string().nullable(),
  websites: z.array(z.string()),
  vertical: z.string().nullable(),
  pictureUrl: z.string().nullable(),
});

const tags = ['channels'];
const params = z.object({ id: z.string() });
const toSee = { access: 'whatsapp_numbers:view' } as const;
const toManage = { access: 'connection:manage' } as const;

/** What only a number of Meta has: its profile, and the steps that register it. Each may be repeated. */
export const metaChannelRoutes: FastifyPluginAsyncZod<Options> = async (
  app,
  { channels, http, publicUrl, metaGraphUrl },
) => {
  const see = { params, response: { 200: ProfileShape }, tags, summary: 'What people see of the business in WhatsApp' };
  app.get('/:id/profile', { config: toSee, schema: see }, async (request) => {
    const { graph, phoneNumberId } = await numberOf(request);
    return granted(await readProfile(graph, phoneNumberId));
  });

  const change = { params, body: ProfileChange, response: { 200: ProfileShape }, tags, summary: 'Change the profile' };
  app.patch('/:id/profile', { config: toManage, schema: change }, async (request) => {
    const { graph, phoneNumberId } = await numberOf(request);
    if (Object.keys(request.body).length > 0) granted(await changeProfile(graph, phoneNumberId, request.body));
    return granted(await readProfile(graph, phoneNumberId));
  });

  const steps = { params, response: { 200: Done }, tags };

  const register = { ...steps, body: z.strictObject({ pin: Pin }), summary: 'Register the number for sending' };
  app.post('/:id/register', { config: toManage, schema: register }, async (request) => {
    const { graph, phoneNumberId } = await numberOf(request);
    return done(await registerNumber(graph, phoneNumberId, request.body.pin));
  });

  const CodeBody = z.strictObject({
    method: z.enum(['SMS', 'VOICE']).default('SMS'),
    language: z
      .string()
      .regex(/^[a-z]{2,3}(_[A-Z]{2})?$/, 'Write a language such as en or en_US.')
      .default('en_US'),
  });
  const code = {
    ...steps,
    body: CodeBody.prefault({}),
    summary: 'Have a code sent to the number, to prove that it is yours',
  };
  app.post('/:id/request-code', { config: toManage, schema: code }, async (request) => {
    const { graph, phoneNumberId } = await numberOf(request);
    return done(await requestCode(graph, phoneNumberId, request.body));
  });

  const VerifyBody = z.strictObject({ code: z.string().regex(/^\d{6}$/, 'Write the six digits without spaces.') });
  const verify = { ...steps, body: VerifyBody, summary: 'Give the code that the number got' };
  app.post('/:id/verify-code', { config: toManage, schema: verify }, async (request) => {
    const { graph, phoneNumberId } = await numberOf(request);
    return done(await verifyCode(graph, phoneNumberId, request.body.code));
  });

  const subscribe = { ...steps, summary: 'Have Meta send the account’s messages to this server' };
  app.post('/:id/subscribe', { config: toManage, schema: subscribe }, async (request) => {
    const { graph, channel, verifyToken } = await numberOf(request);
    if (channel.businessAccountId === null) throw secretsMissing();
    const callbackUrl = metaWebhookUrl(publicUrl);
    return done(await subscribeApp(graph, channel.businessAccountId, { callbackUrl, verifyToken }));
  });

  async function numberOf(request: {
    caller: { organization: string };
    params: { id: string };
  }): Promise<{ channel: MetaChannel; graph: Graph; phoneNumberId: string; verifyToken: string }> {
    const channel = await channels.withSecrets(request.caller.organization, request.params.id);
    if (!channel) throw channelNotFound();
    if (channel.provider !== 'meta') throw notMeta();
    const graph = graphOf({ http, graphUrl: metaGraphUrl, timeout: TIMEOUT }, channel);
    if (!graph || !channel.secrets || channel.phoneNumberId === null) throw secretsMissing();
    return { channel, graph, phoneNumberId: channel.phoneNumberId, verifyToken: channel.secrets.verifyToken };
  }
};

/** What Meta gave, or its refusal as an error in words. */
export function granted<Value>(answer: Answer<Value>): Value {
  if (!answer.ok) throw providerRefused('Meta', answer.failure);
  return answer.value;
}

function done(answer: Answer) {
  granted(answer);
  return { done: true as const };
}
