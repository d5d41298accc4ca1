import { type Explained, never, type ProviderError, retry } from './explained.ts';
import { explainMeta } from './meta.ts';
import { explainTwilio } from './twilio.ts';

export type { ErrorClass, ProviderError } from './explained.ts';

const NAMES = { meta: 'Meta', twilio: 'Twilio' } as const;

/**
 * Says in words what a provider's code means, whether the same call may be tried again, and what to do about it.
 * An HTTP status may stand in for a code where the answer held none. A code that nobody has told us of is `unknown`
 * and is never tried again: it could send the same message twice.
 * Codes and policies: Meta "Error codes" (2025-11-19), Twilio "Error and Warning Dictionary".
 */
export function explainError(provider: 'meta' | 'twilio', code: string): ProviderError {
  const known = provider === 'meta' ? explainMeta(code) : explainTwilio(code);
  return { code, ...(known ?? explainStatus(provider, code) ?? unheardOf(provider, code)) };
}

function explainStatus(provider: 'meta' | 'twilio', code: string): Explained | null {
  const name = NAMES[provider];
  if (code === '401') {
    return never('credentials', `${name} did not accept our key.`, 'Save a new key in the channel’s settings.');
  }
  if (code === '403') {
    return never('permission', `${name} does not allow this.`, `Check at ${name} what the key may do.`);
  }
  if (code === '429')
    return retry(5, 'busy', `${name} asked us to slow down.`, 'Nothing: it is tried again by itself.');
  if (/^5\d\d$/.test(code)) {
    return retry(5, 'temporary', `${name} had a fault of its own.`, 'Wait some minutes and try again.');
  }
  return null;
}

function unheardOf(provider: 'meta' | 'twilio', code: string): Explained {
  const name = NAMES[provider];
  const shown = /^[\w.-]{1,40}$/.test(code) ? ` ${code}` : '';
  const words = `${name} refused it for a reason that Parley does not know yet (code${shown || ' missing'}).`;
  return never('unknown', words, `Look the code up in ${name}’s list of error codes, then try again.`);
}
