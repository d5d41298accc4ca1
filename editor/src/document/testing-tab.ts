import { type Edit, type Flow, parseFlow } from '@parley/runtime';
import { SimulatedClock } from 'xstate';
import { createDocument, type FlowServer, type SaveAnswer } from './document.ts';
import type { Journal } from './journal.ts';
import { edited, flowOf } from './testing.ts';

export const hello = flowOf({ hello: ['chat.send', { text: '' }] });
export const says = (text: string): Edit => ({ edit: 'setConfig', id: 'hello', config: { text } });
export const textOf = (flow: Flow) => flow.nodes.find(({ id }) => id === 'hello')?.config.text;
export const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A server as ours is: it takes edits for its own revision, and tells what it has for any other. */
export function serverWith(flow: Flow) {
  const server = {
    flow,
    revision: 1,
    asked: [] as Edit[][],
    /** What becomes of the next savings: not asked, taken without an answer, or refused. */
    next: [] as ('away' | 'lost' | 'refused')[],
    others: (edits: readonly Edit[]) => {
      server.flow = edited(server.flow, edits);
      server.revision++;
    },
    /** Each saving's name, from the second revision on; a short list forgets. */
    savings: [] as string[],
    remembers: 20,
    async saveEdits(revision: number, edits: readonly Edit[], saving: string): Promise<SaveAnswer> {
      const how = server.next.shift();
      if (how === 'away') throw new Error('away');
      server.asked.push([...edits]);
      if (how === 'refused') return { kind: 'refused', error: new Error('Too large.') };
      if (revision !== server.revision)
        return {
          kind: 'conflict',
          current: { revision: server.revision, document: server.flow },
          changes: ['Renamed'],
          ...savedAs(revision, saving),
        };
      server.savings[server.revision + 1] = saving;
      server.others(edits);
      if (how === 'lost') throw new Error('reset');
      return { kind: 'saved', revision: server.revision };
    },
  } satisfies FlowServer & Record<string, unknown>;
  function savedAs(since: number, saving: string) {
    if (server.revision - since > server.remembers) return {};
    const saved = server.savings.indexOf(saving);
    return { saved: saved === -1 ? null : saved };
  }
  return server;
}

/** A browser's tab: what it keeps is there when it is opened again. */
export function tabOf(server: ReturnType<typeof serverWith>) {
  const tab = { kept: null as string | null, hasRoom: true };
  let savings = 0;
  const open = () => {
    const clock = new SimulatedClock();
    const flow = parseFlow(server.flow).flow;
    if (!flow) throw new Error('no flow');
    const document = createDocument({
      id: 'flw_1',
      saved: { flow, revision: server.revision },
      server,
      clock,
      newSaving: () => `${++savings}`,
      journal: {
        found: tab.kept === null ? null : (JSON.parse(tab.kept) as Journal),
        write: (journal) => {
          if (tab.hasRoom) tab.kept = JSON.stringify(journal);
          return tab.hasRoom;
        },
        close: () => {},
      },
    });
    const later = async (ms: number) => {
      clock.increment(ms);
      await settle();
    };
    const state = () => document.store.getSnapshot().context;
    return { document, state, later };
  };
  return { ...tab, tab, open };
}

/** A flow of one step, saved, open in a tab. */
export const begin = () => {
  const server = serverWith(hello);
  const { tab, open } = tabOf(server);
  return { server, tab, open, ...open() };
};
