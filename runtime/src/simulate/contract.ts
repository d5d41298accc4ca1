import type { FlowLibrary } from '../compile/inline.ts';
import type { Fault, Visit } from '../compile/memory.ts';
import type { StepEffect } from '../effect/effect.ts';
import type { Json, JsonObject } from '../json.ts';
import type { OutboundContent } from '../message/content.ts';
import type { InboundMessage } from '../message/inbound.ts';
import type { Provider } from '../message/provider-content.ts';
import type { ContactFacts, Services } from '../node/context.ts';
import type { BusinessEvent, NodeTypes } from '../node/define-node.ts';
import type { Snapshot } from '../session/advance.ts';
import type { Step } from '../session/session.ts';
import type { LiveFlow } from '../trigger/choose-trigger.ts';

export interface SimulationOptions {
  flows: readonly LiveFlow[];
  nodeTypes: NodeTypes;
  /** ISO 8601: where the simulation's own clock begins. */
  now: string;
  contact?: Partial<ContactFacts>;
  channel?: string;
  services?: Partial<Services>;
  /** Whose limits hold: what it lacks goes out as something else, or is refused. */
  provider?: Provider;
  /**
   * When the person last wrote before the simulation begins, ISO 8601: free words reach them for 24 hours after it.
   * Without it only templates do, until they write.
   */
  heardAt?: string;
  /** Flows for sub-flows, beside `flows`. */
  library?: FlowLibrary;
  /** Ids of a real conversation's sessions in their order: what chance decides hangs on them, and is as it was there. */
  sessions?: readonly string[];
}

/** A line of the conversation, as the chat window shows it. */
export type Said = { at: string } & (
  | { from: 'contact'; message: InboundMessage }
  /** `node` is null where Parley itself answers, as it does to STOP. */
  | { from: 'bot'; content: OutboundContent; node: string | null; failed?: string }
  | {
      from: 'system';
      event:
        | 'handed-over'
        | 'taken-back'
        | 'ended'
        | 'failed'
        | 'no-flow'
        | 'unheard'
        | 'skipped'
        | 'opted-out'
        | 'opted-in';
      text: string | null;
    }
);

export interface Simulation {
  readonly transcript: readonly Said[];
  readonly status: Step['status'] | 'idle';
  readonly owner: 'bot' | 'queue';
  readonly now: string;
  readonly at: { flow: string; node: string } | null;
  readonly snapshot: Snapshot | null;
  readonly variables: JsonObject;
  readonly fault: Fault | null;
  readonly trace: readonly (Visit & { flow: string })[];
  /** Every moment so far, for who shows the conversation bit by bit or goes back in it. */
  readonly frames: readonly Frame[];
  /** What runs, the next first; some rest while people own the conversation. */
  readonly timers: readonly Timer[];
  /** When free words stop reaching the person, ISO 8601; null before they ever wrote. */
  readonly windowClosesAt: string | null;
  /** What the flow wanted done besides sending. */
  readonly effects: readonly Exclude<StepEffect, { type: 'message.send' }>[];
  /** The contact as the flow's effects left it. */
  readonly contact: ContactFacts;
  /** When the next timer fires, ISO 8601; null where none runs. */
  readonly nextTimer: string | null;
  /** The person writes. Resolves when the bot has nothing more to do. */
  say(message: InboundMessage): Promise<void>;
  /** Lets the clock run on; timers fire at their own moments. */
  wait(duration: string): Promise<void>;
  /** An agent gives the conversation back, or closes it. */
  resume(): Promise<void>;
  close(): Promise<void>;
  /** A business event of this contact; false where no flow takes it. */
  happen(event: BusinessEvent): Promise<boolean>;
  /** A webhook or a schedule begins a flow at one of its triggers; false where there is none, or somebody is at work. */
  begin(start: { flow?: string; node: string | null; data?: Json; variables?: JsonObject }): Promise<boolean>;
  /** Begins at any node, as if a session had come there with these variables: to try a part of a flow. */
  playFrom(start: { node: string; variables?: JsonObject }): Promise<void>;
  /** The provider refuses the next send with this reason. */
  failNextSend(reason: string): void;
}

/** A timer that runs. */
export interface Timer {
  visit: number;
  name: string;
  due: string;
  whileAway: boolean;
}

/** One moment of a conversation: a node was entered or left, or the bot had nothing more to do. `lines` and the rest are as they were just then. */
export interface Frame {
  kind: 'entered' | 'left' | 'rest';
  /** The flow and the path of the node; null at rest before anything began. */
  flow: string | null;
  node: string | null;
  /** The port that was taken; null unless `left`. */
  port: string | null;
  now: string;
  /** `running` where the session is between two nodes. */
  status: Step['status'] | 'idle' | 'running';
  owner: 'bot' | 'queue';
  variables: JsonObject;
  /** Variables of the flows that run inside, by the path of the node that runs each: `order`, `order/pay`. */
  inside: Readonly<Record<string, JsonObject>>;
  contact: ContactFacts;
  windowClosesAt: string | null;
  timers: readonly Timer[];
  /** How many lines of the transcript, and how many effects, there were. */
  lines: number;
  effects: number;
}
