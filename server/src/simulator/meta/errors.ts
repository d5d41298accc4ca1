/** Title and HTTP status of Meta's codes. Source: Meta, "Error codes" (Cloud API), 2025-11-19. */
const KNOWN: Record<number, [title: string, status: number]> = {
  1: ['API Unknown', 400],
  2: ['API Service', 503],
  3: ['API Method', 500],
  4: ['API Too Many Calls', 400],
  10: ['Permission Denied', 403],
  33: ['Parameter value is not valid', 400],
  100: ['Invalid parameter', 400],
  190: ['Access token has expired', 401],
  200: ['API Permission', 403],
  368: ['Temporarily blocked for policies violations', 403],
  80007: ['Rate limit issues', 400],
  130429: ['Rate limit hit', 400],
  130472: ["User's number is part of an experiment", 400],
  130497: ['Business account is restricted from messaging users in this country.', 403],
  131000: ['Something went wrong', 500],
  131005: ['Access denied', 403],
  131008: ['Required parameter is missing', 400],
  131009: ['Parameter value is not valid', 400],
  131016: ['Service unavailable', 500],
  131021: ['Recipient cannot be sender', 400],
  131026: ['Message undeliverable', 400],
  131030: ['Recipient phone number not in allowed list', 400],
  131031: ['Business account has been locked', 403],
  131036: ['Unable to deliver the message', 400],
  131037: ['WhatsApp provided number needs display name approval before message can be sent.', 400],
  131042: ['Business eligibility payment issue', 400],
  131045: ['Incorrect certificate', 500],
  131047: ['Re-engagement message', 400],
  131048: ['Spam rate limit hit', 400],
  131049: ['This message was not delivered to maintain healthy ecosystem engagement.', 400],
  131050: ['User has stopped receipt of marketing messages', 400],
  131051: ['Unsupported message type', 400],
  131052: ['Media download error', 400],
  131053: ['Media upload error', 400],
  131055: ['Method not allowed', 400],
  131056: ['(Business Account, Consumer Account) pair rate limit hit', 400],
  131057: ['Account in maintenance mode', 500],
  131062: ['Business-scoped user id cannot be used for authentication templates', 400],
  132000: ['Number of parameters does not match the expected number of params', 400],
  132001: ['Template name does not exist in the translation', 404],
  132005: ['Translated text too long', 400],
  132007: ['Template format character policy violated', 400],
  132012: ['Parameter format does not match format in the created template', 400],
  132015: ['Template is paused', 400],
  132016: ['Template is disabled', 400],
  132068: ['Flow is in blocked state', 400],
  132069: ['Flow is in throttled state', 400],
  133000: ['Incomplete deregistration', 500],
  133004: ['Server is temporarily unavailable', 503],
  133005: ['Two step verification PIN mismatch', 400],
  133006: ['Phone number needs to be verified before registering', 400],
  133010: ['Account not registered', 400],
  133015: ['Please wait a few minutes before attempting to register this phone number', 400],
  133016: ['Account register deregister rate limit exceeded', 400],
  134100: ['Only marketing messages supported', 400],
  135000: ['Generic user error', 400],
  136025: ['Verify code error', 400],
};

const DETAILS: Record<number, string> = {
  131026: 'Message Undeliverable.',
  131047:
    'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
  131049: 'In order to maintain a healthy ecosystem engagement, the message failed to be delivered.',
  130429: 'Cloud API message throughput has been reached.',
  131056:
    'Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.',
  133010: 'The account is not registered.',
};

const HREF = 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/';

export const titleOf = (code: number): string => KNOWN[code]?.[0] ?? 'Something went wrong';

/** One of Graph's refusals, thrown by whatever notices it and written by the face. */
export class GraphError extends Error {
  readonly code: number;
  readonly status: number;
  readonly body: (trace: string) => Record<string, unknown>;

  constructor(
    code: number,
    details: string | null = DETAILS[code] ?? null,
    more: { status?: number; subcode?: number; type?: string; message?: string } = {},
  ) {
    super(more.message ?? `(#${code}) ${titleOf(code)}`);
    this.code = code;
    this.status = more.status ?? KNOWN[code]?.[1] ?? 400;
    this.body = (trace) => ({
      error: {
        message: this.message,
        type: more.type ?? 'OAuthException',
        code,
        ...(details !== null && { error_data: { messaging_product: 'whatsapp', details } }),
        ...(more.subcode !== undefined && { error_subcode: more.subcode }),
        fbtrace_id: trace,
      },
    });
  }
}

export const badToken = () =>
  new GraphError(190, null, { message: 'Invalid OAuth access token - Cannot parse access token' });

/** What Graph says of an id that is unknown, or belongs to somebody else. */
export const noSuchObject = (method: string, id: string) =>
  new GraphError(100, null, {
    subcode: 33,
    type: 'GraphMethodException',
    message: `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
  });

export const invalid = (details: string, code = 131009) => new GraphError(code, details);

/** As a failed status carries it. */
export const statusError = (code: number, details: string | null) => ({
  code,
  title: titleOf(code),
  message: titleOf(code),
  error_data: { details: details ?? DETAILS[code] ?? titleOf(code) },
  href: HREF,
});
