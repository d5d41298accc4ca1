import { randomBytes } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Failure } from '../../channels/whatsapp/errors/ask.ts';
import { createGraph } from '../../channels/whatsapp/meta/graph.ts';
import {
  exchangeCode,
  hasNumber,
  type MetaApp,
  registerNumber,
  subscribeApp,
} from '../../channels/whatsapp/meta/sign-up.ts';
import { channelExists, invalidField, metaAppMissing } from '../../plugins/errors.ts';
import type { Http } from '../../plugins/http.ts';
import type { ChannelWithSecrets } from '../../storage/channel.ts';
import { isDuplicate } from '../../storage/indexes.ts';
import { granted, Pin } from './meta-routes.ts';
import { newChannel } from './new-channel.ts';
import { APP_REMOVED } from './news-account.ts';
import { ChannelShape, Digits } from './shapes.ts';
import type { ChannelStore } from './store.ts';
import { metaWebhookUrl } from './webhook-urls.ts';

interface Options {
  channels: ChannelStore;
  http: Http;
  newId: (prefix: string) => string;
  publicUrl: string;
  metaGraphUrl: string;
  /** The app that people sign up with; null where none is set. */
  metaApp: MetaApp | null;
  checked(channel: ChannelWithSecrets): Promise<ChannelWithSecrets>;
  present(channel: ChannelWithSecrets): z.infer<typeof ChannelShape>;
}

const TIMEOUT = 15_000; // ms for each of Meta's answers

const Body = z.strictObject({
  code: z.string().trim().min(1).max(2_000),
  phoneNumberId: Digits,
  businessAccountId: Digits,
  name: z.string().trim().min(1).max(100).default('WhatsApp'),
  /** For a number that is not registered yet. */
  pin: Pin.optional(),
});

const StepShape = z.object({
  step: z.enum(['subscribe', 'register']),
  done: z.boolean(),
  message: z.string().nullable(),
  remedy: z.string().nullable(),
});
type Step = z.infer<typeof StepShape>;

/**
 * The end of Meta's embedded sign-up: the browser gives the code, and the number is connected. Only the first step is
 * needed for that; what fails after it stands in `steps` with its remedy, and has an address of its own to repeat it.
 * Signing up again with a number that this organization has connected renews its token.
 */
export const signUpRoutes: FastifyPluginAsyncZod<Options> = async (app, options) => {
  const { channels, http, newId, publicUrl, metaGraphUrl: graphUrl, metaApp, checked, present } = options;
  const meta = { http, graphUrl, timeout: TIMEOUT };

  const schema = {
    body: Body,
    response: { 201: ChannelShape.extend({ steps: z.array(StepShape) }) },
    tags: ['channels'],
    summary: 'Connect a number with the code of Meta’s embedded sign-up',
  };
  app.post('/embedded-signup', { config: { access: 'connection:manage' }, schema }, async (request, reply) => {
    if (!metaApp) throw metaAppMissing();
    const { organization } = request.caller;
    const { accessToken } = granted(await exchangeCode(meta, metaApp, request.body.code));
    await proveOwner(request.body, accessToken);
    const channel = await connect(organization, request.body, accessToken, metaApp);
    const steps = await setUp(channel, request.body);
    return reply
      .code(201)
      .header('location', `/api/channels/${channel.id}`)
      .send({ ...present(await checked(channel)), steps });
  });

  /** The app's secret signs for the numbers of everybody who signed up: whoever named another's would hear it. */
  async function proveOwner(body: z.output<typeof Body>, accessToken: string): Promise<void> {
    if (granted(await hasNumber(createGraph(meta, accessToken), body))) return;
    const message = 'This sign-up gives no access to that number. Begin it again, and send the ids that it ends with.';
    throw invalidField('/phoneNumberId', 'not_in_sign_up', message);
  }

  /** The token of a number that is connected already is renewed, so that a sign-up broken off may be repeated. */
  async function connect(organization: string, body: z.output<typeof Body>, accessToken: string, signer: MetaApp) {
    const appSecret = signer.secret;
    const { phoneNumberId, businessAccountId, name } = body;
    const known = await channels.byPhoneNumberIdOf(organization, phoneNumberId);
    if (known) {
      await channels.change(organization, known, {
        businessAccountId,
        secrets: await renewed(organization, known, { accessToken, appSecret }),
        signedUp: signer.id,
      });
      const { news } = await channels.evidence(organization, known);
      // This sign-up is the remedy that it named; what else Meta told of the account still holds
      if (news.account?.code === APP_REMOVED) await channels.keepNews(organization, known, 'account', null);
      return existing(organization, known);
    }
    const id = newId('chn');
    const verifyToken = newVerifyToken();
    const wanted = {
      provider: 'meta' as const,
      name,
      phoneNumberId,
      businessAccountId,
      accessToken,
      appSecret,
      verifyToken,
    };
    try {
      await channels.create({ ...newChannel(id, organization, wanted), signedUp: signer.id });
    } catch (error) {
      if (isDuplicate(error, 'phoneNumberId')) throw channelExists();
      throw error;
    }
    return existing(organization, id);
  }

  /** The verify token stays, for Meta knows it; one that no key of ours opens any longer has to make room. */
  async function renewed(organization: string, id: string, secrets: { accessToken: string; appSecret: string }) {
    const channel = await channels.withSecrets(organization, id);
    return channel?.secrets ? secrets : { ...secrets, verifyToken: newVerifyToken() };
  }

  async function existing(organization: string, id: string) {
    const channel = await channels.withSecrets(organization, id);
    if (channel?.provider !== 'meta' || !channel.secrets) throw new Error(`channel ${id} is gone or cannot be opened`);
    return { ...channel, secrets: channel.secrets };
  }

  async function setUp(
    { id, secrets }: { id: string; secrets: { accessToken: string; appSecret: string; verifyToken: string } },
    { businessAccountId, phoneNumberId, pin }: z.output<typeof Body>,
  ): Promise<Step[]> {
    const graph = createGraph(meta, secrets.accessToken, { 'app secret': secrets.appSecret });
    const address = { callbackUrl: metaWebhookUrl(publicUrl), verifyToken: secrets.verifyToken };
    const subscribed = await subscribeApp(graph, businessAccountId, address);
    const steps = [stepOf('subscribe', subscribed.ok ? null : subscribed.failure, id)];
    if (pin === undefined) return steps;
    const registered = await registerNumber(graph, phoneNumberId, pin);
    return [...steps, stepOf('register', registered.ok ? null : registered.failure, id)];
  }
};

const newVerifyToken = () => randomBytes(24).toString('base64url');

function stepOf(step: Step['step'], failure: Failure | null, id: string): Step {
  if (!failure) return { step, done: true, message: null, remedy: null };
  const remedy = `${failure.explained.remedy} Then repeat it: POST /api/channels/${id}/${step}.`;
  return { step, done: false, message: failure.explained.words, remedy };
}
