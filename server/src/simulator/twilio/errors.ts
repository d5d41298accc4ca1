/** Words and HTTP status of Twilio's codes. Source: Twilio, error dictionary. */
const KNOWN: Record<number, [message: string, status: number]> = {
  20003: ['Authenticate', 401],
  20001: ['Invalid parameter', 400],
  20404: ['The requested resource was not found', 404],
  20429: ['Too Many Requests', 429],
  20500: ['An internal server error has occurred', 500],
  21211: ["Invalid 'To' Phone Number", 400],
  21408: ['Permission to send an SMS has not been enabled for the region', 400],
  21602: ['Message body is required.', 400],
  21603: ["A 'From' phone number is required.", 400],
  21604: ["A 'To' phone number is required.", 400],
  21606: ['The From phone number is not a valid, SMS-capable inbound phone number for your account.', 400],
  21610: ['Attempt to send to unsubscribed recipient', 400],
  21611: ["This 'From' number has exceeded the maximum number of queued messages", 429],
  21617: ['The concatenated message body exceeds the 1600 character limit', 400],
  21620: ['Invalid media URL(s)', 400],
  21623: ['Number of media files exceeds allowed limit', 400],
  21654: ['ContentSid Required', 400],
  21655: ['The ContentSid is Invalid', 400],
  21656: ['The ContentVariables Parameter is invalid', 400],
  21703: ['The Messaging Service does not have a phone number available to send a message', 400],
  21705: ['The Messaging Service Sid is invalid', 400],
  21910: ['Invalid From and To pair. From and To should be of the same channel', 400],
  30008: ['Unknown error', 400],
  35111: ['SendAt cannot be in the past', 400],
  35118: ['MessagingServiceSid is required to schedule a message', 400],
  63007: ['Twilio could not find a Channel with the specified From address', 400],
  63012: ['Channel provider returned an internal service error', 400],
  63015: ['Channel Sandbox can only send messages to phone numbers that have joined the Sandbox', 400],
  63016: [
    'Failed to send freeform message because you are outside the allowed window. If you are using WhatsApp, please use a Message Template.',
    400,
  ],
  63018: ['Rate limit exceeded for Channel', 429],
  63019: ['Media failed to download', 400],
  63021: ['Channel invalid content error', 400],
  63024: ['Invalid message recipient', 400],
  63028: ['Number of parameters provided does not match the expected number of parameters', 400],
  63033: ['Recipient blocked to receive message from this sender', 400],
  63041: ['The WhatsApp Message Template is paused', 400],
  63049: ['Meta chose not to deliver this WhatsApp marketing message', 400],
};

export const messageOfCode = (code: number): string => KNOWN[code]?.[0] ?? 'Unknown error';

/** One of Twilio's refusals, thrown by whatever notices it and written by the face. */
export class TwilioError extends Error {
  readonly code: number;
  readonly status: number;

  constructor(code: number, message: string | null = null, more: { status?: number } = {}) {
    super(message ?? messageOfCode(code));
    this.code = code;
    this.status = more.status ?? KNOWN[code]?.[1] ?? 400;
  }

  get body() {
    const { code, message, status } = this;
    return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
  }
}

export const notFound = (path: string) => new TwilioError(20404, `The requested resource ${path} was not found`);
