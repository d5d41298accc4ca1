import type { CallLog } from './network/log.ts';
import type { BusinessNumber } from './network/model.ts';
import type { Ids } from './network/random.ts';

const PATIENCE = 10_000; // ms

/** Asks a Meta number's webhook whether it is the right one, once; Twilio asks nothing. Source: Meta, "Create a webhook endpoint". */
export const createHandshake =
  ({ fetch, ids, log }: { fetch: typeof globalThis.fetch; ids: Ids; log: CallLog }) =>
  async (number: BusinessNumber): Promise<boolean> => {
    if (number.inbound === null) return false;
    if (number.provider === 'twilio' || number.verified) return true;
    const challenge = ids.digits(10);
    const url = new URL(number.inbound);
    url.searchParams.set('hub.mode', 'subscribe');
    url.searchParams.set('hub.challenge', challenge);
    url.searchParams.set('hub.verify_token', number.verifyToken);
    const entry = { way: 'out', provider: 'meta', method: 'GET', path: url.href, request: null } as const;
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) });
      const response = await answer.text();
      number.verified = answer.status === 200 && response === challenge;
      const note = number.verified ? null : 'the handshake failed: the answer has to be 200 and the challenge itself';
      log.add({ ...entry, status: answer.status, response, note });
    } catch (error) {
      log.add({ ...entry, status: null, response: null, note: error instanceof Error ? error.message : 'no answer' });
    }
    return number.verified;
  };
