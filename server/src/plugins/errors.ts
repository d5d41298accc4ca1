/** One entry of `errors[]`: `path` is a JSON pointer into what was sent. */
export interface FieldError {
  path: string;
  code: string;
  message: string;
  node?: string | null;
}

interface FlowProblem extends FieldError {
  severity: 'error' | 'warning';
}

interface Extras {
  errors?: FieldError[];
  /** Seconds, for the `Retry-After` header. */
  retryAfter?: number;
  headers?: Record<string, string>;
  /** Further members of the problem document, such as `current` of a conflict. */
  facts?: Record<string, unknown>;
}

/** The caller's mistake: becomes `application/problem+json` (RFC 9457) with this status and code. */
export class AppError extends Error {
  override name = 'AppError';
  readonly code: string;
  readonly status: number;
  readonly extras: Extras;
  /** Fastify reads it where an error passes through its own hands. */
  readonly statusCode: number;

  constructor(code: string, status: number, detail: string, extras: Extras = {}) {
    super(detail);
    this.code = code;
    this.status = status;
    this.statusCode = status;
    this.extras = extras;
  }
}

const SIGN_IN_AGAIN = { headers: { 'www-authenticate': 'Bearer' } };
const STORE_BACK_IN = 5; // seconds; the driver looks for its server about as often

// Requests
export const malformedJson = () => new AppError('malformed_json', 400, 'The body is not JSON.');
export const badRequest = (detail: string) => new AppError('bad_request', 400, detail);
export const invalidRequest = (errors: FieldError[]) =>
  new AppError('invalid_request', 422, errors[0]?.message ?? 'The request is not valid.', { errors });
export const invalidField = (path: string, code: string, message: string) => invalidRequest([{ path, code, message }]);
export const notFound = () => new AppError('not_found', 404, 'There is nothing here.');
export const methodNotAllowed = (allowed: string[]) =>
  new AppError('method_not_allowed', 405, `This address answers to ${allowed.join(', ')}.`, {
    headers: { allow: allowed.join(', ') },
  });
export const tooLarge = () => new AppError('body_too_large', 413, 'The body is larger than this address takes.');
export const notJson = () =>
  new AppError('unsupported_media_type', 415, 'Send the body as JSON, with Content-Type: application/json.');
export const tooManyRequests = (retryAfter: number) =>
  new AppError('too_many_requests', 429, `Try again in ${retryAfter} seconds.`, { retryAfter });
export const storeUnavailable = () =>
  new AppError('store_unavailable', 503, 'The store cannot be reached just now.', { retryAfter: STORE_BACK_IN });
export const storeFull = () =>
  new AppError('store_unavailable', 503, 'The disk of the store has no room. Nothing was changed.', {
    retryAfter: STORE_BACK_IN,
  });
/** The bucket of files is not reached, or refuses; the cause tells why. */
export class FilesAway extends Error {
  override name = 'FilesAway';
}
export const filesUnavailable = () =>
  new AppError('store_unavailable', 503, 'The store of files cannot be reached just now.', {
    retryAfter: STORE_BACK_IN,
  });
export const notReady = () => new AppError('not_ready', 503, 'The server is starting or stopping.', { retryAfter: 2 });
export const bug = () =>
  new AppError('internal_error', 500, 'Something went wrong on our side. The log holds the cause.');

// Idempotency
export const idempotencyKeyReused = () =>
  new AppError('idempotency_key_reused', 422, 'This Idempotency-Key came before with another request. Use a new one.');
export const idempotencyInProgress = () =>
  new AppError('idempotency_in_progress', 409, 'The first request with this Idempotency-Key is still under way.', {
    retryAfter: 1,
  });

// Callers
export const notSignedIn = () => new AppError('not_signed_in', 401, 'Sign in, or send an API key.', SIGN_IN_AGAIN);
export const invalidApiKey = () =>
  new AppError('invalid_api_key', 401, 'This API key is unknown or has expired.', SIGN_IN_AGAIN);
export const invalidCredentials = () =>
  new AppError('invalid_credentials', 401, 'E-mail or password is wrong.', SIGN_IN_AGAIN);
export const mayNot = (permission: string) =>
  new AppError('forbidden', 403, `This needs the permission ${permission}.`);
export const crossSite = () =>
  new AppError(
    'cross_site',
    403,
    'The Origin of this request is not this site. Use the address of PUBLIC_URL; a program sends it as Origin, or an API key.',
  );
export const sessionsOnly = () => new AppError('forbidden', 403, 'Only a person who signed in may do this.');
export const invalidSetupToken = () =>
  new AppError('invalid_setup_token', 403, 'This is not the token that the server printed when it started.');
export const setupDone = () => new AppError('setup_done', 409, 'This server is set up already. Sign in instead.');
export const organizationNotFound = () => new AppError('organization_not_found', 404, 'There is no such organization.');
export const apiKeyNotFound = () => new AppError('api_key_not_found', 404, 'There is no such API key.');

// Channels
export const templateNotFound = () => new AppError('template_not_found', 404, 'There is no such template.');
export const channelNotFound = () => new AppError('channel_not_found', 404, 'There is no such channel.');
export const channelExists = () =>
  new AppError('channel_exists', 409, 'This number is connected on this server already. Remove that channel first.');

export const notMeta = () =>
  new AppError(
    'not_meta',
    409,
    'Only a number that is connected to Meta directly has this; do it in Twilio’s console.',
  );
export const secretsMissing = () =>
  new AppError('secrets_missing', 409, 'This channel’s keys or ids are missing or cannot be opened. Save them again.');
export const metaAppMissing = () =>
  new AppError('meta_app_missing', 409, 'Set META_APP_ID and META_APP_SECRET on the server, then sign up again.');
/** What a provider refused, or did not answer: its own code, and our words. Never 401 or 403: those are about our caller. */
export const providerRefused = (
  provider: string,
  {
    code,
    said,
    explained,
  }: {
    code: string;
    said: string;
    explained: { words: string; remedy: string; retry: string; afterSeconds: number | null };
  },
) =>
  new AppError('provider_refused', explained.retry === 'never' ? 422 : 503, `${explained.words} ${explained.remedy}`, {
    facts: { provider, providerCode: code, providerSaid: said, remedy: explained.remedy },
    ...(explained.afterSeconds !== null && { retryAfter: explained.afterSeconds }),
  });

// Flows. Each says "no such" without the id, so that unknown and foreign read alike
export const exampleNotFound = () => new AppError('example_not_found', 404, 'There is no such example.');
export const flowNotFound = () => new AppError('flow_not_found', 404, 'There is no such flow.');
export const flowTestNotFound = () => new AppError('flow_test_not_found', 404, 'This flow has no such test.');
export const tooManyFlowTests = (limit: number) =>
  new AppError('too_many_tests', 409, `A flow has at most ${limit} tests. Delete one that is no longer needed.`, {
    facts: { limit },
  });
export const versionNotFound = () => new AppError('version_not_found', 404, 'This flow has no such version.');
export const documentTooLarge = (bytes: number, limit: number) =>
  new AppError('document_too_large', 422, `The document has ${bytes} bytes; a flow holds at most ${limit}.`, {
    errors: [{ path: '/document', code: 'too_long', message: 'Split the flow into sub-flows.' }],
  });
export const flowHasErrors = (problems: readonly FlowProblem[]) =>
  new AppError('flow_has_errors', 422, 'Mend the errors of the flow, then publish it.', {
    facts: { problems },
    errors: problems
      .filter(({ severity }) => severity === 'error')
      .map(({ path, code, message, node }) => ({ path: `/document${path}`, code, message, node })),
  });
export const flowHasWarnings = (problems: readonly unknown[]) =>
  new AppError('flow_has_warnings', 422, 'The flow has warnings, and acceptWarnings is false.', {
    facts: { problems },
  });
export const flowInUse = (names: readonly string[]) =>
  new AppError('flow_in_use', 409, `These flows run or start it: ${names.join(', ')}. Change them first.`, {
    facts: { usedBy: names },
  });
const SHOWN_FAULTS = 50; // of a file that is not a flow: nobody mends more at a time
export const importUnreadable = (problems: readonly FlowProblem[]) => {
  const shown = problems.slice(0, SHOWN_FAULTS);
  const errors = shown.map(({ path, code, message, node }) => ({ path: `/document${path}`, code, message, node }));
  const detail = `This file cannot be imported, and nothing was kept. ${shown[0]?.message ?? ''}`;
  return new AppError('import_unreadable', 422, detail, { errors, facts: { problems: shown } });
};
export const unknownSource = (source: string, known: readonly string[]) => {
  const message = `Files of "${source.slice(0, 50)}" cannot be imported. Known now: ${known.join(', ')}.`;
  return new AppError('unknown_source', 422, message, {
    errors: [{ path: '/source', code: 'unknown_source', message }],
    facts: { known },
  });
};
export const flowNotPublished = () =>
  new AppError('flow_not_published', 409, 'Publish the flow before switching it on.');
export const editRefused = (index: number, message: string) => invalidField(`/edits/${index}`, 'edit_refused', message);
export const noTesters = () =>
  new AppError('no_testers', 409, 'Say first who tries the draft: a phone number or a contact.');
export const publishedMeanwhile = (live: number | null) =>
  new AppError(
    'published_meanwhile',
    409,
    live === null ? 'No version is live any more.' : `Somebody published meanwhile: version ${live} is live now.`,
    { facts: { live } },
  );

/**
 * `saved`: the revision that the very same saving became when it came before; null where it never came, absent where nobody
 * knows.
 */
export const revisionConflict = (
  current: { revision: number; document: unknown },
  changes: string[],
  saved?: number | null,
) =>
  new AppError('revision_conflict', 409, `Somebody saved revision ${current.revision} meanwhile.`, {
    facts: { current, changes, ...(saved !== undefined && { saved }) },
  });

// What begins flows without a message
export const contactNotFound = () => new AppError('contact_not_found', 404, 'There is no such contact.');
export const notificationNotFound = () => new AppError('notification_not_found', 404, 'There is no such notification.');
export const channelNeeded = () =>
  new AppError(
    'channel_needed',
    422,
    'Nobody can tell on which channel to write. Choose one in the settings of the flow.',
  );
export const notReachable = () =>
  new AppError(
    'contact_no_valid_phone',
    422,
    'This contact has no number to write to. Give one with its country code.',
  );

// Conversations
export const conversationNotFound = () => new AppError('conversation_not_found', 404, 'There is no such conversation.');
export const conversationHeld = (current: unknown) =>
  new AppError('conversation_held', 409, 'Another person has this conversation. Take it over with force: true.', {
    facts: { current },
  });
export const illegalNode = (legal: string[]) =>
  new AppError('illegal_node', 422, 'The session cannot go on at this node.', {
    facts: { legal },
    errors: [{ path: '/node', code: 'illegal_node', message: 'Choose one of the legal nodes.' }],
  });
export const simulatorOnly = () =>
  new AppError('simulator_only', 409, 'Only a channel of the simulator takes messages this way.');

// Files
export const mediaNotFound = () => new AppError('media_not_found', 404, 'There is no such file.');
export const mediaPending = (retryAfter: number) =>
  new AppError('media_pending', 409, 'The file is still being fetched from the provider. Try again soon.', {
    retryAfter,
  });
export const mediaGone = (reason: string) => new AppError('media_gone', 410, reason);
export const mediaReceived = () =>
  new AppError('media_received', 409, 'A file that came with a message stays with it; only uploads can be removed.');
export const fileNeeded = () =>
  invalidField('/file', 'required', 'Send the file as the field "file" of a form (multipart/form-data).');
export const notAForm = () =>
  new AppError(
    'unsupported_media_type',
    415,
    'Send the file as a form: Content-Type multipart/form-data, field "file".',
  );
export const attachmentRefused = (code: 'attachment_type' | 'attachment_too_large', message: string) =>
  new AppError(code, 422, message, { errors: [{ path: '/file', code, message }] });
