import { type CallOutcome, type Compiled, callOf, type Facts, type HttpRequest, type Services } from '@parley/runtime';
import type { Log } from '../plugins/log.ts';
import { type Contact, factsOf } from '../storage/contacts.ts';
import type { CallState, ConversationDocument } from './documents.ts';
import type { EngineStore } from './store.ts';

interface Deps {
  store: EngineStore;
  services: (organization: string) => Services;
  compiled(organization: string, flow: string, version: number): Promise<Compiled | null>;
  contact(organization: string, id: string): Promise<Contact | null>;
  now: () => Date;
  wake(conversation: string): void;
  log: Log;
  crashpoint: (name: string) => void;
}

export interface RunCalls {
  /** `all`: also those that another process may still be at, for it has died. */
  (document: ConversationDocument, all: boolean): void;
  /** Resolves when no call runs any more. */
  idle(): Promise<void>;
  busy(): boolean;
}

/**
 * S20: asks the world beside the turn. A call may run twice (its id is the idempotency key); its answer is a row like
 * any other, and counts only while the conversation still waits for it.
 */
export function createRunCalls(deps: Deps): RunCalls {
  const running = new Map<string, Promise<void>>();

  const runCalls = (document: ConversationDocument, all: boolean): void => {
    for (const call of document.calls) {
      if (running.has(call.id) || !(all || call.until <= deps.now())) continue;
      const work = run(document, call)
        .catch((error: unknown) => deps.log.error({ err: error, call: call.id }, 'a call could not be answered'))
        .finally(() => running.delete(call.id));
      running.set(call.id, work);
    }
  };

  async function run(document: ConversationDocument, call: CallState): Promise<void> {
    const { organization, session, _id } = document;
    if (!session) return;
    const compiled = await deps.compiled(organization, session.flow, session.version);
    const contact = await deps.contact(organization, document.contact);
    if (!contact) throw new Error(`the contact ${document.contact} of ${_id} is gone`);
    const facts: Facts = {
      now: deps.now().toISOString(),
      contact: factsOf(contact),
      conversation: { id: _id, channel: document.channel, windowClosesAt: null },
      flow: { id: session.flow, name: compiled?.flow.name ?? '', version: session.version },
    };
    deps.crashpoint('before S20');
    const world = { facts, services: deps.services(organization), idempotencyKey: call.id };
    const outcome: CallOutcome = compiled
      ? await callOf(compiled, session.snapshot, call, world)
      : { port: 'error', error: `Version ${session.version} of the flow cannot be read.` };
    const { port, set = {}, error = null } = outcome;
    deps.crashpoint('within S20');
    await deps.store.accept([
      {
        id: `answer.${call.id}`,
        organization,
        conversation: _id,
        payload: { kind: 'answer', call: call.id, visit: call.visit, port, set, error },
      },
    ]);
    deps.crashpoint('after S20');
    deps.wake(_id);
  }

  return Object.assign(runCalls, {
    idle: async () => void (await Promise.all(running.values())),
    busy: () => running.size > 0,
  });
}

export type { HttpRequest };
