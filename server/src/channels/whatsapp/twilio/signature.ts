import type { Form } from './form.ts';

export interface SignedRequest {
  /** The address that Twilio called: `PUBLIC_URL` with path and query as they came, never what the Host header says. */
  address: string;
  /** `X-Twilio-Signature`. */
  signature: string;
  /** The parameters of a form. Null for any other body, which is signed by its hash in the address (`bodySHA256`). */
  form: Form | null;
  body: string;
}

export type IsSigned = (request: SignedRequest) => boolean;

/** Its webhook part alone: the whole package takes a quarter of a second to load, this one 8 ms. */
const load = () => import('twilio/lib/webhooks/webhooks.js');
let loaded: ReturnType<typeof load> | null = null;

/**
 * What tells whether a request was signed with an account's token, by Twilio's own package: base64 of HMAC-SHA1 over the
 * address and the sorted parameters, with and without the standard port, compared in constant time. An empty token or
 * signature is refused. Source: Twilio, "Webhooks security"; the package's `validateRequest` and `validateRequestWithBody`.
 */
export async function signedWith(authToken: string): Promise<IsSigned> {
  loaded ??= load();
  const { validateRequest, validateRequestWithBody } = await loaded;
  return ({ address, signature, form, body }) => {
    if (authToken === '' || signature === '' || !URL.canParse(address)) return false;
    return form === null
      ? validateRequestWithBody(authToken, signature, address, body)
      : validateRequest(authToken, signature, address, form);
  };
}
