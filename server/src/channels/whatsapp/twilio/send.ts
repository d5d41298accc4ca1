import { type OutboundContent, providerContent } from '@parley/runtime';
import type { Twilio } from 'twilio';
import type { TwilioChannel } from '../../../storage/channel.ts';
import { type Gateway, type SendRequest, type SendResult, UNSUPPORTED } from '../gateway.ts';
import { createTwilioClient } from './client.ts';
import { contentBody } from './content.ts';
import type { TwilioContentStore } from './content-store.ts';
import { createContents } from './contents.ts';
import { faultOf, INVALID_CONFIGURATION, preparationFault, refused, sendFault } from './fault.ts';
import { messageOf, type Resource } from './message.ts';
import { templateVariables } from './template-variables.ts';
import { createTemplates } from './templates.ts';

interface Options {
  /** Where Twilio answers: every one of its hosts, where it is not Twilio's own. */
  apiUrl: string;
  /** Statuses come back to it. */
  publicUrl: string;
  fetch: typeof fetch;
  /** Which Content resources there are already. */
  contents: TwilioContentStore;
  now: () => Date;
}

/** Codes of a message whose Content resource may have been deleted at Twilio. */
const MAYBE_DELETED = new Set(['20404', '21655', '63005']);

/** What a send needs before it can go. */
type Prepared = { resource: Resource | null } | Exclude<SendResult, { kind: 'accepted' | 'unknown' }>;
type Job = { client: Twilio; channel: TwilioChannel & { accountSid: string }; content: OutboundContent };

/**
 * Sends through Twilio's Programmable Messaging. There is no idempotency key: what may have gone out is `unknown`, never
 * tried again here. Content resources that a message needs are made first; that is no send.
 */
export function twilioGateway({ apiUrl, publicUrl, fetch, contents: store, now }: Options): Gateway {
  const contents = createContents(store);
  const templates = createTemplates(now);

  async function prepare(job: Job): Promise<Prepared> {
    try {
      return job.content.kind === 'template' ? await template(job, job.content) : await shaped(job);
    } catch (error) {
      return preparationFault(faultOf(error));
    }
  }

  async function shaped({ client, channel, content }: Job): Promise<Prepared> {
    const shape = contentBody(content);
    if (!shape) return { resource: null };
    const made = await contents.sidOf(client, placeOf(channel, shape.shape), shape);
    return 'sid' in made ? { resource: { sid: made.sid, variables: shape.variables } } : made;
  }

  async function template(
    { client, channel }: Job,
    content: Extract<OutboundContent, { kind: 'template' }>,
  ): Promise<Prepared> {
    const { name, language } = content;
    const found = await templates.find(client, accountOf(channel), name, language);
    if ('missing' in found)
      return found.missing === 'template'
        ? refused('21655', `There is no template “${name}” in this account of Twilio.`)
        : refused('63027', `The template “${name}” does not exist in the language ${language}.`);
    const filled = templateVariables(found.template.types, content);
    if (typeof filled === 'string') return refused('63028', filled);
    return { resource: { sid: found.template.sid, variables: filled.variables } };
  }

  async function post(
    job: Job,
    { to, reference, signal }: SendRequest,
    resource: Resource | null,
  ): Promise<SendResult> {
    const { address: from, messagingServiceSid } = job.channel;
    const message = messageOf(job.content, { to, from, messagingServiceSid, reference, publicUrl }, resource);
    if (typeof message === 'string') return refused(UNSUPPORTED, message);
    if (signal.aborted) return preparationFault({ kind: 'unreachable' });
    try {
      const { sid, errorCode, errorMessage } = await job.client.messages.create(message);
      if (errorCode)
        return sendFault({ kind: 'answer', status: 400, code: String(errorCode), message: errorMessage ?? null });
      return sid
        ? { kind: 'accepted', providerId: sid }
        : { kind: 'unknown', reason: 'The answer holds no message id.' };
    } catch (error) {
      return sendFault(faultOf(error));
    }
  }

  async function send(job: Job, request: SendRequest): Promise<SendResult> {
    const ready = await prepare(job);
    if (!('resource' in ready)) return ready;
    const result = await post(job, request, ready.resource);
    if (result.kind !== 'refused' || !MAYBE_DELETED.has(result.code) || !ready.resource) return result;
    if (job.content.kind === 'template') templates.forget(accountOf(job.channel));
    const shape = contentBody(job.content);
    // A refused message did not go out: with a new resource it may
    if (!shape || !(await contents.isGone(job.client, placeOf(job.channel, shape.shape), ready.resource.sid)))
      return result;
    const anew = await prepare(job);
    return 'resource' in anew ? post(job, request, anew.resource) : anew;
  }

  return async (request) => {
    const { channel, signal } = request;
    if (channel.provider !== 'twilio' || !channel.secrets?.authToken || !isAccount(channel) || !isSender(channel))
      return refused('whatsapp_not_configured', INVALID_CONFIGURATION);
    const fit = providerContent(request.content, 'twilio');
    if ('unsupported' in fit) return refused(UNSUPPORTED, fit.unsupported);
    const { authToken } = channel.secrets;
    const client = await createTwilioClient({ apiUrl, fetch, accountSid: channel.accountSid, authToken, signal });
    return send({ client, channel, content: fit.content }, request);
  };
}

const isAccount = (channel: TwilioChannel): channel is TwilioChannel & { accountSid: string } =>
  /^AC\w+$/.test(channel.accountSid ?? '');
const isSender = ({ address, messagingServiceSid }: TwilioChannel): boolean =>
  address !== null || messagingServiceSid !== null;
const accountOf = ({ organization, accountSid }: Job['channel']): string => `${organization}/${accountSid}`;
const placeOf = ({ organization, accountSid }: Job['channel'], shape: string) => ({ organization, accountSid, shape });
