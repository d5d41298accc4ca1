import type { JsonObject } from '../json.ts';
import type { OutboundContent } from '../message/content.ts';

/**
 * What a flow wants to happen, as data; the server performs it. The union is closed: an effect without a performer in
 * `server/src/effects` does not compile.
 *
 * @example { "type": "message.send", "content": { "kind": "text", "text": "Hi Ana" }, "node": "hello", "answers": false }
 */
export type Effect =
  | { type: 'message.send'; content: OutboundContent }
  /** Who speaks from now on. `queue` hands over to people; `bot` takes the conversation back. */
  | { type: 'conversation.assign'; to: 'queue' | 'bot'; team: string | null; note: string | null };

export type EffectType = Effect['type'];

/** An effect as a step gives it: with the node that asked for it, and whether the machine waits for the outcome. */
export type StepEffect = Effect & { node: string; ordinal: number; answers: boolean };

/** Asks the world a question: the driver runs the node's `call` and delivers `call.settled` with the same visit. */
export interface StepCall {
  visit: number;
  node: string;
  nodeType: string;
  /** The node's config with its templates rendered. */
  config: JsonObject;
}

export type StepTimer =
  | { start: { visit: number; name: string; due: string; whileAway: boolean } }
  | { cancel: number };
