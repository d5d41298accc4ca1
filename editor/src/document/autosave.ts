import { assign, fromPromise, setup } from 'xstate';

/** What a saving came to. */
export type Saved =
  | { outcome: 'saved' }
  /** Somebody else saved meanwhile; nothing was overwritten. */
  | { outcome: 'conflict'; conflict: Conflict }
  /** The server will never take these edits: too large, not allowed, gone. */
  | { outcome: 'refused'; reason: string };

export interface Conflict {
  revision: number;
  document: unknown;
  /** What the other person changed, in words of the server. */
  changes: string[];
}

interface Context {
  conflict: Conflict | null;
  reason: string | null;
  tries: number;
}

type Event =
  | { type: 'edited' }
  | { type: 'save' }
  | { type: 'online' }
  /** A conflict was decided, or the document was replaced by the server's. */
  | { type: 'resolved' };

const PAUSE = 800; // ms without an edit before they are sent
const LONGEST_PAUSE = 5_000; // ms after which edits are sent while others still come
const FIRST_RETRY = 2_000; // ms
const LONGEST_RETRY = 60_000; // ms

interface Input {
  /** Rejects where the server cannot be reached: the same edits are sent again later. */
  save: () => Promise<Saved>;
  /** Whether something is left to send. */
  isDirty: () => boolean;
}

/** When a flow is saved: clean, dirty, saving, offline, conflict, refused. It holds no edits; it says when to send them. */
export const createAutosave = ({ save, isDirty }: Input) =>
  setup({
    types: { context: {} as Context, events: {} as Event },
    actors: { save: fromPromise(save) },
    delays: {
      pause: PAUSE,
      longestPause: LONGEST_PAUSE,
      retry: ({ context }) => Math.min(FIRST_RETRY * 2 ** (context.tries - 1), LONGEST_RETRY),
    },
    guards: { isDirty },
  }).createMachine({
    id: 'autosave',
    context: { conflict: null, reason: null, tries: 0 },
    initial: 'begin',
    states: {
      begin: { always: [{ guard: 'isDirty', target: 'dirty' }, { target: 'clean' }] },
      clean: { on: { edited: 'dirty' } },
      dirty: {
        after: { longestPause: 'saving' },
        on: { save: 'saving', resolved: 'begin' },
        initial: 'pausing',
        states: {
          pausing: { after: { pause: '#autosave.saving' }, on: { edited: { target: 'pausing', reenter: true } } },
        },
      },
      saving: {
        invoke: {
          src: 'save',
          onDone: [
            {
              guard: ({ event }) => event.output.outcome === 'conflict',
              target: 'conflict',
              actions: assign({
                conflict: ({ event }) => (event.output.outcome === 'conflict' ? event.output.conflict : null),
                tries: 0,
              }),
            },
            {
              guard: ({ event }) => event.output.outcome === 'refused',
              target: 'refused',
              actions: assign({
                reason: ({ event }) => (event.output.outcome === 'refused' ? event.output.reason : null),
                tries: 0,
              }),
            },
            { target: 'begin', actions: assign({ tries: 0 }) },
          ],
          onError: { target: 'offline', actions: assign({ tries: ({ context }) => context.tries + 1 }) },
        },
        on: { resolved: 'begin' },
      },
      offline: { after: { retry: 'saving' }, on: { online: 'saving', save: 'saving', resolved: 'begin' } },
      conflict: { on: { resolved: { target: 'begin', actions: assign({ conflict: null }) } } },
      refused: {
        on: {
          save: { target: 'saving', actions: assign({ reason: null }) },
          edited: { target: 'dirty', actions: assign({ reason: null }) },
          resolved: { target: 'begin', actions: assign({ reason: null }) },
        },
      },
    },
  });
