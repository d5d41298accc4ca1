import type { Flow } from '../flow/flow.ts';
import type { Place } from './place.ts';
import { AGAIN, FAULT } from './verbs.ts';

/** The part of XState's config that we generate; actions and guards are shared functions, named with the place they serve. */
interface Named {
  type: string;
  params: unknown;
}
interface Move {
  guard?: Named;
  target?: string;
  actions?: Named[];
  reenter?: boolean;
}
export interface State {
  id?: string;
  initial?: string;
  type?: 'final';
  tags?: string[];
  entry?: Named[];
  exit?: Named[];
  on?: Record<string, Move[]>;
  always?: Move[];
  states?: Record<string, State>;
}

const onPort = (port: string): Named => ({ type: 'port', params: port });
const act = (type: string, params: unknown = null): Named => ({ type, params });

/** The machine of a flow: a node is a state under `$main`, a port an `always` read from the memory. */
export function statesOf(flow: Flow, places: ReadonlyMap<string, Place>): State {
  const handler = flow.settings.onError?.target ?? null;
  const triggers = [...places.values()].filter((place) => place.type.claims);
  const everywhere = [...places.keys()].map((id) => ({ guard: act('target', id), target: `#${id}` }));
  const interrupts = new Set(flow.settings.interrupts.map((one) => one.target));
  return {
    id: '$flow', // a node may be called flow
    initial: '$idle',
    states: {
      $idle: {
        on: {
          start: triggers.map(({ path }) => ({
            guard: act('target', path),
            target: `#${path}`,
            actions: [act('begin')],
          })),
        },
      },
      $main: {
        on: {
          interrupt: [...interrupts].map((id) => ({
            guard: act('target', id),
            target: `#${id}`,
            actions: [act('hear')],
          })),
          jump: everywhere.map((move) => ({ ...move, actions: [act('hear')] })),
          expired: [{ target: '#$done', actions: [act('hear')] }],
          'effect.failed': [
            ...(handler ? [{ guard: act('notHandling'), target: `#${handler}`, actions: [act('failed')] }] : []),
            { target: '#$failed', actions: [act('failed')] },
          ],
        },
        states: Object.fromEntries([...places.values()].map((place) => [place.path, stateOf(place, handler)])),
        ...(places.size > 0 ? { initial: [...places.keys()][0] } : {}),
      },
      $done: { id: '$done', type: 'final' },
      $failed: { id: '$failed', type: 'final' },
    },
  };
}

function stateOf(place: Place, handler: string | null): State {
  const { path, type } = place;
  const again: Move = { guard: onPort(AGAIN), target: `#${path}`, reenter: true };
  const always: Move[] = [
    { guard: onPort(FAULT), target: '#$failed' },
    again,
    ...[...place.ports].flatMap(([port, target]) => movesOf(place, port, target, handler)),
  ];
  const confirmed = { guard: act('awaited'), actions: [act('confirm', path)] };
  const state: State = {
    id: path,
    entry: [act('enter', path)],
    exit: [act('leave', path)],
    always,
    on: { 'effect.settled': [confirmed] },
  };
  const on = state.on as Record<string, Move[]>;
  if (type.verb.kind === 'call') {
    on['call.settled'] = [{ guard: act('thisVisit'), actions: [act('settle', path)] }];
    on.resumed = [{ target: `#${path}`, reenter: true }];
  }
  if (type.verb.kind === 'wait') {
    const heard = new Set(type.verb.wait.on);
    const take = [{ actions: [act('receive', path)] }];
    on.timer = [{ guard: act('thisVisit'), actions: [act('receive', path)] }];
    if (heard.has('message')) on.message = take;
    if (heard.has('closed')) on.closed = take;
    // Whoever asked when a person took over asks again when the bot is back; a wait for time alone just goes on.
    const goOn: Move[] = heard.has('message') ? [{ target: `#${path}`, reenter: true }] : [{ actions: [act('hear')] }];
    on.resumed = heard.has('resumed') ? take : goOn;
  }
  return state;
}

/** An unwired `error` goes to the flow's handler, once; the handler's own failure ends the session. Other unwired ports end it well. */
function movesOf({ path }: Place, port: string, target: string | null, handler: string | null): Move[] {
  // Without `reenter` an edge back to its own node goes nowhere: XState stays inside, and the session hangs.
  if (target !== null) return [{ guard: onPort(port), target: `#${target}`, reenter: target === path }];
  if (port !== 'error') return [{ guard: onPort(port), target: '#$done' }];
  const toHandler = handler
    ? [
        {
          guard: act('portUnhandled', port),
          target: `#${handler}`,
          actions: [act('handle')],
          reenter: handler === path,
        },
      ]
    : [];
  return [...toHandler, { guard: onPort(port), target: '#$failed' }];
}
