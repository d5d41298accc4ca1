import type { PhoneNetwork } from '../network/network.ts';

export interface MetaOptions {
  network: PhoneNetwork;
  /** How this port is reached, without a slash at the end. */
  base: () => string;
}
