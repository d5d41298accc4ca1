import { assign, fromPromise, setup } from 'xstate';

/** What a saving came to. */
export type Saved =
  | { outcome: 'saved'; sent: number; revision: number }
  /** Somebody else saved meanwhile; nothing was overwritten. */
  | { outcome: 'conflict'; conflict: Conflict }
  /** The server cannot be reached; the same edits are sent again later. */
  | { outcome: 'away' }
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
  /** When the flow was opened, the server had gone on without our unsent edits. */
  | { type: 'found'; conflict: Conflict }
  | { type: 'resolved'; isDirty: boolean };

const PAUSE = 800; // ms without an edit before they are sent
const FIRST_RETRY = 2_000; // ms
const LONGEST_RETRY = 60_000; // ms

interface Input {
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
      retry: ({ context }) => Math.min(FIRST_RETRY * 2 ** (context.tries - 1), LONGEST_RETRY),
    },
    guards: { isDirty },
  }).createMachine({
    id: 'autosave',
    context: { conflict: null, reason: null, tries: 0 },
    initial: 'begin',
    on: { found: { target: '.conflict', actions: assign({ conflict: ({ event }) => event.conflict }) } },
    states: {
      begin: { always: [{ guard: 'isDirty', target: 'dirty' }, { target: 'clean' }] },
      clean: { on: { edited: 'dirty' } },
      dirty: {
        after: { pause: 'saving' },
        on: { edited: { target: 'dirty', reenter: true }, save: 'saving' },
      },
      saving: {
        invoke: {
          src: 'save',
          onDone: [
            { guard: ({ event }) => event.output.outcome === 'saved', target: 'begin', actions: assign({ tries: 0 }) },
            {
              guard: ({ event }) => event.output.outcome === 'conflict',
              target: 'conflict',
              actions: assign({
                conflict: ({ event }) => (event.output.outcome === 'conflict' ? event.output.conflict : null),
              }),
            },
            {
              guard: ({ event }) => event.output.outcome === 'refused',
              target: 'refused',
              actions: assign({
                reason: ({ event }) => (event.output.outcome === 'refused' ? event.output.reason : null),
              }),
            },
            { target: 'offline', actions: assign({ tries: ({ context }) => context.tries + 1 }) },
          ],
          onError: { target: 'offline', actions: assign({ tries: ({ context }) => context.tries + 1 }) },
        },
      },
      offline: { after: { retry: 'saving' }, on: { online: 'saving', save: 'saving' } },
      conflict: {
        on: {
          resolved: [
            { guard: ({ event }) => event.isDirty, target: 'dirty', actions: assign({ conflict: null }) },
            { target: 'clean', actions: assign({ conflict: null }) },
          ],
        },
      },
      refused: {
        on: {
          save: { target: 'saving', actions: assign({ reason: null }) },
          edited: { target: 'dirty', actions: assign({ reason: null }) },
          resolved: [
            { guard: ({ event }) => event.isDirty, target: 'dirty', actions: assign({ reason: null }) },
            { target: 'clean', actions: assign({ reason: null }) },
          ],
        },
      },
    },
  });
