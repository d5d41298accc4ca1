import type { Flow, FlowNode } from '@parley/runtime';
import type { TFunction } from 'i18next';
import type { Config } from '../../steps/config.ts';

/** What a card says of its node. Texts may hold `{{variables}}` and WhatsApp's marks. */
export interface Summary {
  /** What the person will see in the chat. */
  bubble?: Bubble;
  /** What it does, in words; one thing a line. */
  lines: readonly Line[];
  /** Set where the step cannot work yet: what to fill in. */
  missing?: string;
}

export interface Bubble {
  header?: string;
  media?: { kind: MediaKind; name: string; mediaId?: string };
  text?: string;
  footer?: string;
  /** The word on what opens a list, a form or a page. */
  opener?: string;
}

export type MediaKind = 'image' | 'video' | 'audio' | 'document' | 'sticker';

export interface Line {
  text: string;
  look?: 'quiet' | 'code';
}

/** What a summary is made with: the node's config, the flow for names of other nodes, and the person's language. */
export interface Telling {
  config: Config;
  nameOf: (node: string) => string;
  t: TFunction<'canvas'>;
  /** Words of node types in the person's language. */
  word: (english: string) => string;
  language: string;
}
export type Summarize = (telling: Telling) => Summary;

export const plain = (text: string): Line => ({ text });
export const quiet = (text: string): Line => ({ text, look: 'quiet' });
export const code = (text: string): Line => ({ text, look: 'code' });

/** A node's name for people, by its id. */
export const nameFinder =
  (flow: Flow, named: (node: FlowNode) => string) =>
  (id: string): string => {
    const node = flow.nodes.find((one) => one.id === id);
    return node ? named(node) : id;
  };
