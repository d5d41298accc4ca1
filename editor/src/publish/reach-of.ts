import type { Flow } from '@parley/runtime';
import type { Channel } from '../api/channels.ts';

/** Where people can write to a live bot. */
export interface Reach {
  /** Numbers of WhatsApp on which it answers. */
  numbers: Channel[];
  /** Phones for trying on which it answers. */
  trials: Channel[];
  /** Others could be reached, but the bot's settings or the switched-off numbers keep it from them. */
  closed: Channel[];
}

/** A flow without numbers in its settings answers on all that are switched on. */
export function reachOf(flow: Pick<Flow, 'settings'>, channels: readonly Channel[]): Reach {
  const wanted = flow.settings.channels;
  const isOpen = ({ id, enabled }: Channel) => enabled && (wanted.length === 0 || wanted.includes(id));
  const open = channels.filter(isOpen);
  return {
    numbers: open.filter(({ provider }) => provider !== 'simulator'),
    trials: open.filter(({ provider }) => provider === 'simulator'),
    closed: channels.filter((channel) => !isOpen(channel)),
  };
}
