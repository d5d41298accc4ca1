import { nodeTypes } from '@parley/nodes';
import {
  type ContactFacts,
  createSimulation,
  type Flow,
  type HttpReply,
  type HttpRequest,
  type Services,
  type Simulation,
} from '@parley/runtime';
import type { Answer, Turn } from './turn.ts';

/** What a talk begins with. */
export interface Setup {
  flow: Flow;
  /** The flow's own: others may start it by this id, and a lasting share of people is drawn with it. */
  id?: string;
  /** The flows that it runs inside or starts, by id. */
  library: Readonly<Record<string, Flow>>;
  contact?: Partial<ContactFacts>;
  /** Whose limits hold; without it, those of neither. */
  provider?: 'meta' | 'twilio';
  /** ISO 8601: where the talk's own clock begins. */
  now: string;
  /** Ids of a real conversation's sessions: chance decides as it did there. */
  sessions?: readonly string[];
  /** The person wrote just before, so that free words reach them. */
  heard?: boolean;
}

/** One conversation, from its beginning to wherever it is. */
export interface Run {
  setup: Setup;
  simulation: Simulation;
  turns: Turn[];
  /** How many moments there were before each turn. */
  begins: number[];
  /** The moment that is shown; null is the end. */
  cursor: number | null;
  /** How many moments were shown already. */
  seen: number;
  /** Turns that are yet to be played again. */
  again: number;
  /** What other systems answered the last time this turn was played. */
  answers: Answer[];
  /** What they answer at any time, as in a test. */
  pool: Answer[];
  question: HttpRequest | null;
  settle: ((reply: HttpReply | null) => void) | null;
  /** Inputs that wait until what is under way is done. */
  queued: number;
  last: Promise<void>;
  /** Why the simulator itself stopped. */
  crash: string | null;
}

interface Given {
  again: number;
  pool: readonly Answer[];
  ask: (run: Run, request: HttpRequest) => Promise<HttpReply>;
  code: Services['code'] | undefined;
}

/** The id under which the flow that is tried runs in its simulation. */
export const triedIn = ({ id = 'flw_tried' }: Pick<Setup, 'id'>): string => id;

export function beginRun(setup: Setup, { again, pool, ask, code }: Given): Run {
  const { flow, library, now, contact, provider, heard, sessions } = setup;
  const tried = triedIn(setup);
  // What is published of the flow itself stands back behind what is tried
  const published = Object.entries(library).filter(([id]) => id !== tried);
  const others = published.map(([id, document]) => ({
    id,
    version: 1,
    createdAt: new Date(1),
    document,
  }));
  const run: Run = {
    setup,
    simulation: createSimulation({
      flows: [{ id: tried, version: 1, createdAt: new Date(0), document: flow }, ...others],
      nodeTypes,
      now,
      contact,
      provider,
      sessions,
      heardAt: heard ? now : undefined,
      // A flow that serves some channels only is tried on one of them
      channel: flow.settings.channels[0],
      services: { http: (request) => ask(run, request), ...(code && { code }) },
    }),
    turns: [],
    begins: [],
    cursor: null,
    seen: 0,
    again,
    answers: [],
    pool: [...pool],
    question: null,
    settle: null,
    queued: 0,
    last: Promise.resolve(),
    crash: null,
  };
  return run;
}
