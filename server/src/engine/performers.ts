import type { Chain } from '@parley/runtime';
import type { ChannelWithSecrets } from '../storage/channel.ts';
import type { ConversationDocument, DeedEffect, DeedType } from './documents.ts';

/** Where an effect comes from. `id` is the same whenever it is performed again. */
export interface About {
  id: string;
  conversation: ConversationDocument;
  channel: ChannelWithSecrets | null;
  chain: Chain | null;
}

export type EffectOf<Type extends DeedType> = Extract<DeedEffect, { type: Type }>;

/**
 * Performs one effect, once however often it is called with the same id. Resolves with null, or with words for the
 * journal where the flow asked for what cannot be done. Rejects where the store is away: then it is called again.
 */
export type Perform<Type extends DeedType> = (effect: EffectOf<Type>, about: About) => Promise<string | null>;

/** Closed: an effect of the language without a performer does not compile. */
export type Performers = { [Type in DeedType]: Perform<Type> };
