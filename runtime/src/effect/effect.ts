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
  /** Marks the person's last message as read; `typing` shows them that an answer is being written (Meta: 25 s at most). */
  | { type: 'message.read'; typing: boolean }
  /** Who speaks from now on. `queue` hands over to people; `bot` takes the conversation back. */
  | { type: 'conversation.assign'; to: 'queue' | 'bot'; team: string | null; note: string | null }
  /** Who looks after the conversation and how it is sorted; who speaks stays as it is. What is left out stays as well. */
  | {
      type: 'conversation.update';
      /** A user's id or e-mail; null takes the assignee away. */
      assignee?: string | null;
      team?: string | null;
      labels?: { add: string[]; remove: string[] };
      priority?: 'none' | 'low' | 'normal' | 'high' | 'urgent';
    }
  /** Words for agents only. */
  | { type: 'conversation.note'; text: string }
  /** Tells people of the organization something: one user (id or e-mail), a team, or with neither the admins. */
  | { type: 'notification.create'; user: string | null; team: string | null; text: string }
  | { type: 'contact.update'; fields: ContactFields; attributes: JsonObject }
  | { type: 'contact.tag'; add: string[]; remove: string[] }
  /** Groups by name; one that is not there is made. */
  | { type: 'contact.group'; add: string[]; remove: string[] }
  /** What is left out stays as it is. */
  | { type: 'contact.consent'; marketing?: boolean; service?: boolean; source: string }
  /** Begins another flow in this conversation, in place of the session that asks for it, at one of its triggers or the first. */
  | { type: 'flow.start'; flow: string; trigger: string | null; variables: JsonObject }
  /** A business event of this contact, for flows that begin with `trigger.event`. */
  | { type: 'event.emit'; name: string; data: JsonObject };

/** Fields of a contact that a flow may write; null empties one. */
export interface ContactFields {
  name?: string | null;
  email?: string | null;
  language?: string | null;
}

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
