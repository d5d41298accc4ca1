import { legalTargets } from '@parley/runtime';
import type { Crashpoint } from './crashpoint.ts';
import type { ConversationDocument, Owner } from './documents.ts';
import type { createFlowCache } from './flow-cache.ts';
import type { EngineStore } from './store.ts';

interface Deps {
  store: EngineStore;
  flows: ReturnType<typeof createFlowCache>;
  wake(conversation: string): void;
  crashpoint: Crashpoint;
  /** ms that a takeover waits for a send under way. */
  wait: number;
}

export type Takeover =
  | { kind: 'taken'; document: ConversationDocument; inFlight: string[] }
  | { kind: 'held'; document: ConversationDocument }
  | { kind: 'unknown' };

export type Release =
  | { kind: 'released'; document: ConversationDocument }
  | { kind: 'illegal'; legal: string[] }
  | { kind: 'unknown' };

const POLL = 50; // ms

/** People take conversations and give them back. After a takeover was acknowledged no bot send leaves but the one it names. */
export function createOwnership({ store, flows, wake, crashpoint, wait }: Deps) {
  /** S17. Answers when no bot send is under way, or after `wait` with the one that is. */
  async function takeover(organization: string, id: string, user: string, force: boolean): Promise<Takeover> {
    crashpoint('before S17');
    const taken = await store.takeover(organization, id, user, force);
    crashpoint('after S17');
    const document = taken ?? (await store.load(id));
    if (document?.organization !== organization) return { kind: 'unknown' };
    if (!taken && !(document.owner.kind === 'agent' && document.owner.user === user)) return { kind: 'held', document };
    wake(id);
    const until = performance.now() + wait;
    let at: ConversationDocument = document;
    while (sending(at) && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, POLL));
      at = (await store.load(id)) ?? at;
    }
    return { kind: 'taken', document: at, inFlight: sending(at) ? [sending(at)].flatMap((one) => one ?? []) : [] };
  }

  /** S18. Tried again while others move the conversation; each try sees the newest state. */
  async function release(organization: string, id: string, to: Owner['kind'], node: string | null): Promise<Release> {
    for (;;) {
      const document = await store.load(id);
      if (document?.organization !== organization) return { kind: 'unknown' };
      if (to === 'bot' && node !== null) {
        const { session } = document;
        const compiled = session && (await flows.compiled(organization, session.flow, session.version));
        const legal = compiled ? legalTargets(compiled) : [];
        if (!legal.includes(node)) return { kind: 'illegal', legal };
      }
      if (document.owner.kind === to) return { kind: 'released', document };
      const owner: Owner =
        to === 'queue' ? { kind: 'queue', team: null } : to === 'bot' ? { kind: 'bot' } : { kind: 'nobody' };
      crashpoint('before S18');
      const released = await store.handBack(document, owner, node);
      crashpoint('after S18');
      if (!released) continue;
      wake(id);
      return { kind: 'released', document: released };
    }
  }

  return { takeover, release };
}

const sending = ({ outbox, head, epoch }: ConversationDocument): string | null => {
  const entry = outbox[`e${head}`];
  return entry?.state === 'sending' && entry.by === 'bot' && entry.epoch < epoch ? entry.id : null;
};
