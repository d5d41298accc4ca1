import type { Channel } from '../../../storage/channel.ts';
import type { Timers } from '../../../timers.ts';
import type { Gateway } from '../gateway.ts';
import { type InboundElement, statusElement } from '../inbound.ts';

interface Options {
  /** What the phone tells of itself, the way of every webhook. */
  tell(channel: Channel, elements: InboundElement[]): Promise<unknown>;
  timers: Pick<Timers, 'later'>;
  now: () => Date;
  /** A status that could not be told: nothing tells it again. */
  failed(error: unknown): void;
}

const ARRIVES_AFTER = 50; // ms: the answer to the send is recorded before, as with a real provider

export const simulatedId = (reference: string): string => `simulated.${reference}`;

/**
 * The provider of trials: takes every message at once, and tells shortly after that it has arrived. What the phone got is
 * read from the conversation's messages.
 */
export const simulatorGateway =
  ({ tell, timers, now, failed }: Options): Gateway =>
  async ({ channel, reference }) => {
    const providerId = simulatedId(reference);
    timers.later(ARRIVES_AFTER, () => {
      const arrived = statusElement({ providerId, reference, status: 'DELIVERED', at: now(), raw: null });
      tell(channel, [arrived]).catch(failed);
    });
    return { kind: 'accepted', providerId };
  };
