import type { MarkRead } from '../channels/whatsapp/gateway.ts';
import type { Perform } from '../engine/performers.ts';
import type { ChannelWithSecrets } from '../storage/channel.ts';

const PATIENCE = 3_000; // ms; the words that follow wait for it

export type Readers = Record<ChannelWithSecrets['provider'], MarkRead>;

/** Blue ticks, and "typing" until the next words. A courtesy: tried once, and what comes of it stops nobody. */
export const markRead =
  (readers: Readers): Perform<'message.read'> =>
  async ({ typing }, { conversation: { lastInboundId }, channel }) => {
    if (!channel?.enabled) return 'The channel is gone or switched off.';
    if (lastInboundId === null) return 'The person has not written yet.';
    const signal = AbortSignal.timeout(PATIENCE);
    return readers[channel.provider]({ channel, messageId: lastInboundId, typing, signal });
  };
