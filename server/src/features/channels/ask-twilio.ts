import { isObject } from '@parley/runtime';
import type { Answer } from '../../channels/whatsapp/errors/ask.ts';
import { twilioOf } from '../../channels/whatsapp/twilio/api.ts';
import type { Http } from '../../plugins/http.ts';
import type { TwilioChannel } from '../../storage/channel.ts';
import type { TwilioFacts } from './diagnostics/facts.ts';

interface Options {
  http: Http;
  twilioApiUrl: string;
  /** Milliseconds for each answer. */
  timeout: number;
}

/** Asks Twilio everything that the check wants to know, all at once; each answer comes by itself. */
export function askTwilio(
  options: Options,
  channel: TwilioChannel,
): { [Name in keyof TwilioFacts]: Promise<TwilioFacts[Name]> } {
  const api = twilioOf(options, channel);
  const { address } = channel;
  if (!api || address === null)
    return { account: Promise.resolve(null), incoming: Promise.resolve(null), sender: Promise.resolve(null) };
  return {
    account: change(api.account(), ({ status }) => ({ status: textOf(status) ?? 'active' })),
    incoming: change(api.number(address), ({ incoming_phone_numbers: numbers }) => {
      const [number] = Array.isArray(numbers) ? numbers.filter(isObject) : [];
      return number ? { smsUrl: textOf(number.sms_url) } : null;
    }),
    sender: change(api.senders(), ({ rows }) => {
      const found = rows.filter(isObject).find(({ sender_id: id }) => id === `whatsapp:${address}`);
      return found ? senderOf(found) : null;
    }),
  };
}

function senderOf({ status, webhook, properties, offline_reasons: reasons }: Record<string, unknown>) {
  const hook = isObject(webhook) ? webhook : {};
  const [reason] = Array.isArray(reasons) ? reasons.filter(isObject) : [];
  return {
    status: textOf(status) ?? 'UNKNOWN',
    callbackUrl: textOf(hook.callback_url),
    statusUrl: textOf(hook.status_callback_url),
    quality: isObject(properties) ? textOf(properties.quality_rating) : null,
    reason: textOf(reason?.message),
  };
}

async function change<Body, Value>(asked: Promise<Answer<Body>>, read: (body: Body) => Value): Promise<Answer<Value>> {
  const answer = await asked;
  return answer.ok ? { ok: true, value: read(answer.value) } : answer;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
