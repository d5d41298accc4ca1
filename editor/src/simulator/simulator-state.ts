import type { Flow } from '@parley/runtime';
import { createStore } from '@xstate/store';
import { createCodeService } from '../document/code-service.ts';
import type { OpenFlow } from '../document/use-document.ts';
import { type AnswerMemory, createAnswerMemory } from './answer-memory.ts';
import { factsOf, keepContacts, type MadeUpContact, readContacts } from './contacts.ts';
import { createTalk, type Talk } from './talk/create-talk.ts';

interface Preferences {
  contacts: readonly MadeUpContact[];
  contact: string;
  provider: 'any' | 'meta' | 'twilio';
  /** Whether one talks to the draft or to what customers get. */
  plays: 'draft' | 'live';
  /** Whether the canvas moves to where the talk is. */
  follows: boolean;
  /** Templates that are looked at while the talk goes on. */
  watches: readonly string[];
}

export type Simulator = ReturnType<typeof createSimulator>;

/** A talk lives as long as its flow is open, also while another panel is shown. */
const simulators = new WeakMap<OpenFlow, Simulator>();

export function simulatorOf(open: OpenFlow, flow: Flow, library: Readonly<Record<string, Flow>>): Simulator {
  const made = simulators.get(open) ?? createSimulator(open, flow, library);
  simulators.set(open, made);
  return made;
}

export const openSimulator = (open: OpenFlow): Simulator | null => simulators.get(open) ?? null;

function createSimulator({ document, workbench }: OpenFlow, flow: Flow, library: Readonly<Record<string, Flow>>) {
  const contacts = readContacts(localStorage);
  const [first] = contacts;
  const preferences = createStore({
    context: {
      contacts,
      contact: first?.id ?? '',
      provider: 'any',
      plays: 'draft',
      follows: true,
      watches: [],
    } as Preferences,
    on: { changed: (state, { change }: { change: Partial<Preferences> }) => ({ ...state, ...change }) },
  });
  const answers: AnswerMemory = createAnswerMemory(document.id, localStorage);
  const talk: Talk = createTalk({
    setup: { flow, id: document.id, library, contact: first && factsOf(first), now: new Date().toISOString() },
    code: createCodeService(),
    answerFor: answers.automatic,
    breakpoints: () => workbench.store.getSnapshot().context.breakpoints,
  });
  preferences.subscribe(({ context }) => keepContacts(localStorage, context.contacts));
  return {
    talk,
    answers,
    preferences,
    change: (change: Partial<Preferences>) => preferences.trigger.changed({ change }),
  };
}
