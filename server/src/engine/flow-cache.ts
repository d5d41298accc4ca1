import { type Compiled, compileFlow, type Flow, type LiveFlow, type NodeTypes, parseFlow } from '@parley/runtime';
import { type Callee, libraryOf } from './flow-library.ts';
import { isTester, type Tester } from './is-tester.ts';

interface FrozenFlow {
  flow: string;
  version: number;
  createdAt: Date;
  document: unknown;
}
interface TestDraft extends FrozenFlow {
  /** Phone numbers and ids of contacts. */
  testers: string[];
}

/** Where published flows come from; documents are those that were frozen at publishing. */
export interface FlowSource {
  activeFlows(organization: string): Promise<FrozenFlow[]>;
  /** Drafts that some people get instead of what is live, frozen like versions. */
  testFlows?(organization: string): Promise<TestDraft[]>;
  version(
    organization: string,
    flow: string,
    version: number,
  ): Promise<{ document: unknown; callees?: Callee[] } | null>;
}

const MAX_STATES = 100_000; // about 300 MB of machines (research on compiling, section 10)

/** Flows as the engine needs them: read once, compiled once a version. Versions never change, so nothing goes stale. */
export function createFlowCache(source: FlowSource, nodeTypes: NodeTypes) {
  const machines = new Map<string, Compiled | null>();
  const documents = new WeakMap<object, Flow | null>();
  let states = 0;

  function flowOf(document: unknown): Flow | null {
    if (typeof document !== 'object' || document === null) return null;
    const known = documents.get(document);
    if (known !== undefined) return known;
    const { flow } = parseFlow(document);
    documents.set(document, flow);
    return flow;
  }

  const parsed = (flows: readonly FrozenFlow[]): LiveFlow[] =>
    flows.flatMap(({ flow: id, version, createdAt, document: frozen }) => {
      const document = flowOf(frozen);
      return document ? [{ id, version, createdAt, document }] : [];
    });

  return {
    /** What answers everybody. */
    live: async (organization: string): Promise<LiveFlow[]> => parsed(await source.activeFlows(organization)),

    /** What may begin for this person: the flows that are live, and in their place the drafts that the person tests. */
    async liveFor(organization: string, contact: Tester): Promise<LiveFlow[]> {
      const [active, drafts = []] = await Promise.all([
        source.activeFlows(organization),
        source.testFlows?.(organization),
      ]);
      const tested = drafts.filter(({ testers }) => isTester(contact, testers));
      const overtaken = new Set(tested.map(({ flow }) => flow));
      return parsed([...active.filter(({ flow }) => !overtaken.has(flow)), ...tested]);
    },

    /** Null where the version is gone or no longer compiles; a session in it ends visibly. */
    async compiled(organization: string, flow: string, version: number): Promise<Compiled | null> {
      const key = `${organization}.${flow}.${version}`;
      const known = machines.get(key);
      if (known !== undefined) {
        machines.delete(key);
        machines.set(key, known);
        return known;
      }
      const found = await source.version(organization, flow, version);
      const parsed = flowOf(found?.document);
      const compiled = parsed && compileFlow(parsed, nodeTypes, libraryOf(found?.callees ?? []));
      const usable = compiled?.machine ? compiled : null;
      machines.set(key, usable);
      states += usable?.places.size ?? 0;
      for (const [oldest, machine] of machines) {
        if (states <= MAX_STATES || oldest === key) break;
        machines.delete(oldest);
        states -= machine?.places.size ?? 0;
      }
      return usable;
    },
  };
}
