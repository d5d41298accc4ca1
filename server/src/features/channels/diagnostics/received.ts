import type { Failure } from '../../../channels/whatsapp/errors/ask.ts';
import { metaWebhookUrl, twilioWebhookUrl } from '../webhook-urls.ts';
import { isPrivate, PUBLIC_ADDRESS } from './address.ts';
import {
  counted,
  type Diagnostic,
  failing,
  NOT_READ,
  notApplicable,
  ok,
  refused,
  SIMULATED,
  unknown,
  untold,
  type Verdict,
  warning,
} from './diagnostic.ts';
import type { Facts, MetaFacts, TwilioFacts } from './facts.ts';

const topic = 'Messages not received' as const;
const SANDBOX = '+14155238886'; // Twilio's number for trying things out; it belongs to no account
const NEARLY = 7 * 86_400_000; // ms before its end from which a token's end is told

/** Whether the provider sends what people write to this server. */
const webhook: Diagnostic = {
  id: 'webhook-configuration',
  topic,
  title: 'Webhook configuration',
  judge(facts) {
    const { channel } = facts;
    if (channel.provider === 'simulator') return SIMULATED;
    const said = facts.meta ? metaWebhook(facts, facts.meta) : facts.twilio ? twilioWebhook(facts, facts.twilio) : null;
    if (said?.result === 'failing') return said;
    return unreachableAddress(facts) ?? said ?? heard(facts);
  },
};

function unreachableAddress({ publicUrl, isRehearsal }: Facts): Verdict | null {
  if (isRehearsal) return null;
  if (isPrivate(publicUrl))
    return warning(`${publicUrl} is an address that no provider can reach from the internet.`, PUBLIC_ADDRESS);
  return publicUrl.startsWith('https:')
    ? null
    : warning('The address of this server is not https; Meta sends nothing to it.', PUBLIC_ADDRESS);
}

function metaWebhook(facts: Facts, { subscribedApps, subscription, token }: MetaFacts): Verdict | null {
  const ours = metaWebhookUrl(facts.publicUrl);
  const paste = `Set the callback address in Meta’s app dashboard, under WhatsApp, Configuration, to ${ours}, with this channel’s verify token.`;
  if (subscribedApps?.ok) {
    const apps = subscribedApps.value;
    if (apps.length === 0)
      return failing(
        'webhook_not_subscribed',
        'No app is subscribed to the WhatsApp account, so Meta sends its messages to nobody.',
        'Subscribe the app: POST /api/channels/{id}/subscribe, or in Meta’s app dashboard.',
      );
    const overrides = apps.flatMap(({ override }) => override ?? []);
    if (overrides.some((url) => sameAddress(url, ours))) return ok('Meta sends the account’s messages to this server.');
    const own = token?.ok ? token.value.appId : null;
    const mine = apps.filter(({ id }) => id === null || own === null || id === own);
    if (mine.length === 0)
      return failing(
        'webhook_not_subscribed',
        'Other apps are subscribed to the WhatsApp account, but not the one of this channel’s token.',
        'Subscribe the app: POST /api/channels/{id}/subscribe, or in Meta’s app dashboard.',
      );
    // The app's own address counts only where no override stands in its way
    if (mine.every(({ override }) => override !== null))
      return failing(
        'webhook_elsewhere',
        `Meta sends the account’s messages to ${hostOf(mine[0]?.override)} instead of this server.`,
        'Subscribe the app again: POST /api/channels/{id}/subscribe.',
      );
  }
  if (!subscription?.ok) return null;
  if (!subscription.value?.callbackUrl)
    return failing('webhook_missing', 'The app at Meta has no address to send messages to.', paste);
  if (!sameAddress(subscription.value.callbackUrl, ours))
    return failing(
      'webhook_elsewhere',
      `The app at Meta sends messages to ${hostOf(subscription.value.callbackUrl)} instead of this server.`,
      paste,
    );
  return subscription.value.active
    ? ok('The app at Meta sends messages to this server.')
    : failing('webhook_inactive', 'The app’s webhook is switched off at Meta.', paste);
}

function twilioWebhook({ publicUrl, channel }: Facts, { sender, incoming }: TwilioFacts): Verdict | null {
  const ours = twilioWebhookUrl(publicUrl);
  const paste = `In Twilio’s console, under Messaging, Senders, WhatsApp senders, set "a message comes in" to ${ours} (POST).`;
  if (channel.messagingServiceSid !== null)
    return unknown(
      'The number sits in a Messaging Service, whose own address may count.',
      `Check in Twilio’s console that it is ${ours}.`,
    );
  const callbackUrl = sender?.ok ? sender.value?.callbackUrl : null;
  const address = callbackUrl ?? (incoming?.ok && !(sender?.ok && sender.value) ? incoming.value?.smsUrl : null);
  if (address && sameAddress(address, ours)) return ok('Twilio sends what comes in to this server.');
  if (address)
    return failing(
      'webhook_elsewhere',
      `Twilio sends what comes in to ${hostOf(address)} instead of this server.`,
      paste,
    );
  if (sender?.ok && sender.value)
    return failing('webhook_missing', 'Twilio has no address to send what comes in to.', paste);
  return null;
}

/** Our own evidence, where the provider does not tell. */
function heard({ channel }: Facts): Verdict {
  const { heardFromAt } = channel;
  if (heardFromAt) return ok(`The provider reached this server last on ${heardFromAt.toISOString()}.`);
  return unknown(
    'Nothing has come from the provider yet, and it does not say where it sends messages.',
    'Set the webhook address shown with this channel at the provider, then write to the number from a phone.',
  );
}

function sameAddress(one: string, other: string): boolean {
  if (!URL.canParse(one) || !URL.canParse(other)) return false;
  const [a, b] = [new URL(one), new URL(other)];
  return a.origin === b.origin && a.pathname.replace(/\/$/, '') === b.pathname.replace(/\/$/, '');
}
/** Only the host: what follows may be somebody's secret. */
const hostOf = (url: string | null | undefined) => (url && URL.canParse(url) ? new URL(url).host : 'another address');

const token: Diagnostic = {
  id: 'access-token',
  topic,
  title: 'Access token validity',
  judge({ channel, meta, twilio, now }) {
    if (channel.provider === 'simulator') return SIMULATED;
    if (channel.secrets === null) return SECRETS_GONE;
    const answer = meta ? meta.number : (twilio?.account ?? null);
    if (answer && !answer.ok) return tokenRefused(answer.failure);
    if (!answer) return untold(null, 'The provider');
    if (!meta?.token?.ok) return ok('The provider accepts this channel’s token.');
    const { valid, expiresAt, scopes } = meta.token.value;
    if (!valid) return failing('token_invalid', 'Meta says that the access token is not valid any more.', NEW_TOKEN);
    const missing = ['whatsapp_business_messaging', 'whatsapp_business_management'].filter(
      (one) => !scopes.includes(one),
    );
    if (missing.length > 0)
      return failing('permission_missing', `The access token lacks ${missing.join(' and ')}.`, RIGHTS);
    if (expiresAt && expiresAt.getTime() - now.getTime() < NEARLY)
      return warning(`The access token ends on ${expiresAt.toISOString()}.`, NEW_TOKEN);
    return ok('Meta accepts the access token, and it has the rights that it needs.');
  },
};

export const SECRETS_GONE = failing(
  'secrets_missing',
  'This channel’s keys cannot be opened: they were sealed with a secret key that this server no longer has.',
  'Put the old key back into PARLEY_SECRET_KEY, or save the channel’s keys again.',
);
const NEW_TOKEN = 'Make a new access token of a system user and save it here.';
const RIGHTS = 'Give the token whatsapp_business_management and whatsapp_business_messaging.';

function tokenRefused(failure: Failure): Verdict {
  const { explained } = failure;
  if (explained.class === 'credentials')
    return refused('token_invalid', failure, explained.code === '20003' ? explained.remedy : NEW_TOKEN);
  if (explained.class === 'permission') return refused('permission_missing', failure, RIGHTS);
  return untold({ ok: false, failure }, 'The token');
}

const numberId: Diagnostic = {
  id: 'phone-number-id',
  topic,
  title: 'Phone number',
  judge({ channel, meta, twilio }) {
    if (meta) return metaNumber(meta);
    if (twilio && channel.provider === 'twilio') return twilioNumber(channel.address, twilio);
    return channel.provider === 'simulator' ? SIMULATED : untold(null, 'The provider');
  },
};

function metaNumber({ number, inAccount }: MetaFacts): Verdict {
  if (number && !number.ok && ['100', '33'].includes(number.failure.code))
    return refused(
      'number_unknown',
      number.failure,
      'Copy the phone number id (not the number) from Meta, and use a token of the same business.',
    );
  if (!number?.ok) return untold(number, 'The number');
  if (inAccount?.ok && !inAccount.value)
    return failing(
      'number_elsewhere',
      'The phone number id belongs to another WhatsApp account than the one of this channel.',
      'Copy both ids from the same page of WhatsApp Manager.',
    );
  return ok(`Meta knows the number${number.value.address ? ` as ${number.value.address}` : ''}.`);
}

function twilioNumber(address: string | null, { account, sender, incoming }: TwilioFacts): Verdict {
  if (!account?.ok) return untold(account, 'The number');
  if (address === SANDBOX)
    return warning(
      'This is Twilio’s sandbox: only people who have joined it can be written to.',
      'Send "join" and the sandbox’s code from a phone, or connect a number of your own.',
    );
  if (!sender?.ok) return untold(sender, 'The number');
  if (sender.value?.status.startsWith('ONLINE'))
    return ok('The number is a WhatsApp sender of the account, and online.');
  const remedy = 'Open the number in Twilio’s console, under WhatsApp senders, and finish its registration.';
  if (sender.value) {
    const why = sender.value.reason ? `: ${sender.value.reason}` : '';
    return failing('sender_offline', `The number is not online at Twilio (${sender.value.status})${why}.`, remedy);
  }
  return incoming?.ok && incoming.value
    ? failing('sender_missing', 'The number is the account’s, but not registered for WhatsApp.', remedy)
    : failing('number_unknown', 'The number is not one of this account’s WhatsApp senders.', remedy);
}

const log: Diagnostic = {
  id: 'webhook-log',
  topic,
  title: 'Errors in the webhook log',
  judge({ channel, own, evidence, meta }) {
    if (channel.provider === 'simulator') return notApplicable('A simulator has no webhook.');
    if (!own.log) return NOT_READ;
    const { refused: last } = evidence;
    const refusals = last
      ? `${counted(last.count, 'webhook')} for this number came with a wrong signature, the last on ${last.at.toISOString()}.`
      : '';
    const isLatest = last !== null && (!channel.heardFromAt || last.at > channel.heardFromAt);
    // Anybody may send one, and thereby no stranger shall make a number look broken that Meta itself calls right
    if (isLatest && channel.heardFromAt && meta?.subscription?.ok)
      return warning(
        `${refusals} The app secret is right: most likely they are not Meta’s.`,
        'Nothing, as long as what people write arrives. Else look which app Meta sends this number’s messages through.',
      );
    if (isLatest)
      return failing(
        'signature_refused',
        refusals,
        channel.provider === 'meta'
          ? 'Copy the app secret from Meta’s app dashboard, App settings, Basic, and save it here.'
          : 'Save the auth token again, and set PUBLIC_URL to the very address that Twilio calls.',
      );
    const [first] = own.log;
    if (!first) return ok('Nothing went wrong with a webhook in the last 24 hours.');
    return failing(
      'webhook_log_errors',
      `${counted(own.log.length, 'thing')} in the webhook log could not be handled in the last 24 hours. The newest: ${first.problem}`,
      'Open GET /api/webhook-log?state=parked and ?state=raw, and report what it shows.',
    );
  },
};

export const received: Diagnostic[] = [webhook, token, numberId, log];
