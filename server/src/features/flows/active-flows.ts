import type { Connection } from 'mongoose';

/** A flow that answers messages, in the version that does. */
export interface PublishedFlow {
  flow: string;
  version: number;
  hash: string;
  document: unknown;
  /** Of the flow: the older one wins where two are equal. */
  createdAt: Date;
  organization: string;
}

interface Cache {
  get(organization: string, load: (organization: string) => Promise<PublishedFlow[]>): Promise<PublishedFlow[]>;
  /** At once in this process; others notice within MAX_AGE. */
  forget(organization: string): void;
}

/**
 * Milliseconds. A short age instead of a generation number in the store: that number would cost every message a read,
 * and what it saves is that, in the first second after a publishing, another process may still begin the old version.
 */
const MAX_AGE = 1_000;
const MAX_ORGANIZATIONS = 1_000; // documents are big: those not asked for lately are read again

const caches = new WeakMap<Connection, Cache>();

/** One cache a connection: the routes that publish and the engine that asks hold stores of their own. */
export function activeFlowCache(connection: Connection): Cache {
  const existing = caches.get(connection);
  if (existing) return existing;
  const cache = createCache();
  caches.set(connection, cache);
  return cache;
}

function createCache(): Cache {
  const entries = new Map<string, { flows: Promise<PublishedFlow[]>; readAt: number }>();
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
