/**
 * How long the engine waits for what, in ms (research on the engine's protocol, section 3). Passed in, so that a fault
 * test need not sit out a lease; only the ratios matter to the protocol: SILENCE > startWithin + callTimeout.
 */
export interface Timing {
  /** A worker that has not written for so long is taken for dead. Measured by the store's clock. */
  lease: number;
  /** From asking for a permit to calling the provider. */
  startWithin: number;
  /** For the provider's answer. */
  callTimeout: number;
  /** For an upload to the provider before the call. */
  prepareTimeout: number;
  /** One second of a channel's silence. */
  silenceSecond: number;
  /** A takeover waits so long for a send under way. */
  takeoverWait: number;
  /** A status that tells what became of an unknown send is noticed this soon. */
  lookAgain: number;
  /** Longer than a call may take: after that somebody else asks again. */
  callWatch: number;
  /** After finding a conversation taken by another worker. */
  comeBack: number;
  /** After a turn that failed. */
  backOff: number;
  sweepEvery: number;
  /** The sweep leaves younger events to their wake-up. */
  sweepAge: number;
}

export const TIMING: Timing = {
  lease: 30_000,
  startWithin: 5_000,
  callTimeout: 20_000,
  prepareTimeout: 60_000,
  silenceSecond: 1_000,
  takeoverWait: 3_000,
  lookAgain: 5_000,
  callWatch: 45_000,
  comeBack: 250,
  backOff: 5_000,
  sweepEvery: 3_000,
  sweepAge: 2_000,
};

/** The same proportions, lived `times` as fast. */
export function hurried(times: number): Timing {
  const entries = Object.entries(TIMING).map(([name, length]) => [name, Math.ceil(length / times)]);
  return Object.fromEntries(entries) as unknown as Timing;
}
