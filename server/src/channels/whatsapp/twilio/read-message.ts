import { explainError } from '../errors/index.ts';
import type { MarkRead } from '../gateway.ts';
import { createTwilioClient } from './client.ts';
import { faultOf } from './fault.ts';

interface Options {
  apiUrl: string;
  fetch: typeof fetch;
}

/** Shows "typing" for 25 s or until the next message; Twilio marks a message as read in no other way. */
export const twilioReader =
  ({ apiUrl, fetch }: Options): MarkRead =>
  async ({ channel, messageId, typing, signal }) => {
    if (channel.provider !== 'twilio' || !channel.secrets?.authToken || !channel.accountSid?.startsWith('AC'))
      return 'This channel has no account and token of Twilio.';
    if (!typing) return 'Twilio marks a message as read only together with "typing". Turn typing on in the node.';
    const { authToken } = channel.secrets;
    const client = await createTwilioClient({ apiUrl, fetch, accountSid: channel.accountSid, authToken, signal });
    try {
      const { success } = await client.messaging.v2.typingIndicator.create({ channel: 'whatsapp', messageId });
      return success ? null : 'Twilio did not show that somebody writes.';
    } catch (error) {
      const fault = faultOf(error);
      if (fault.kind !== 'answer') return 'Twilio gave no answer.';
      return explainError('twilio', fault.code ?? String(fault.status)).words;
    }
  };
