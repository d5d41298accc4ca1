import type { Connection } from 'mongoose';
import type { PublishedFlow } from './published-flow.ts';
import type { TestFlow } from './test-drafts.ts';

interface Cache<Flow> {
  get(organization: string, load: (organization: string) => Promise<Flow[]>): Promise<Flow[]>;
  /** At once in this process; others notice within MAX_AGE. */
  forget(organization: string): void;
}

/**
 * Milliseconds. A short age instead of a generation number in the store: that number would cost every message a read,
 * and what it saves is that, in the first second after a publishing, another process may still begin the old version.
 */
const MAX_AGE = 1_000;
const MAX_ORGANIZATIONS = 1_000; // documents are big: those not asked for lately are read again

/** One cache a connection: the routes that publish and the engine that asks hold stores of their own. */
function onePerConnection<Flow>(): (connection: Connection) => Cache<Flow> {
  const caches = new WeakMap<Connection, Cache<Flow>>();
  return (connection) => {
    const existing = caches.get(connection);
    if (existing) return existing;
    const cache = createCache<Flow>();
    caches.set(connection, cache);
    return cache;
  };
}

export const activeFlowCache = onePerConnection<PublishedFlow>();
/** Drafts that testers get: asked for as often as the flows that answer everybody. */
export const testFlowCache = onePerConnection<TestFlow>();

function createCache<Flow>(): Cache<Flow> {
  const entries = new Map<string, { flows: Promise<Flow[]>; readAt: number }>();
  return {
    get(organization, load) {
      const known = entries.get(organization);
      if (known && performance.now() - known.readAt < MAX_AGE) return known.flows;
      const flows = load(organization);
      entries.delete(organization);
      entries.set(organization, { flows, readAt: performance.now() });
      // A failed reading is not kept; whoever asked gets the failure itself
      flows.catch(() => {
        if (entries.get(organization)?.flows === flows) entries.delete(organization);
      });
      const [oldest] = entries.keys();
      if (entries.size > MAX_ORGANIZATIONS && oldest !== undefined) entries.delete(oldest);
      return flows;
    },
    forget: (organization) => {
      entries.delete(organization);
    },
  };
}
