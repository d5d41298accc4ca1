import type { PhoneNetwork } from '../network/network.ts';

export interface TwilioOptions {
  network: PhoneNetwork;
  /** How this port is reached, without a slash at the end. */
  base: () => string;
}
