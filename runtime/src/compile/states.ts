import type { Flow } from '../flow/flow.ts';
import { AGAIN, BACK, END, END_FAILED, FAULT, INSIDE, isWired, REPLACED, TROUBLE } from './outcome.ts';
import { canComeBackTo } from './park.ts';
import { type Place, pathOf } from './place.ts';

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

/** Two sends of one step to a blocked number fail both: the handler is at work already, and hears of it once. */
const SAME_TROUBLE: Move = { guard: act('sameTrouble'), actions: [act('hear')] };

/** The machine of a flow: a node is a state under `$main`, a port an `always` read from the memory, a sub-flow a compound state. */
export function statesOf(flow: Flow, places: ReadonlyMap<string, Place>): State {
  const all = [...places.values()];
  const own = all.filter((place) => place.caller === null);
  const toHandler = handlerOf(flow, null);
  const interrupts = new Set(flow.settings.interrupts.map((one) => one.target));
  const expired = flow.settings.onExpire?.target;
  const to = (id: string, ...actions: Named[]): Move => ({ guard: act('target', id), target: `#${id}`, actions });
  return {
    id: '$flow', // a node may be called flow
    initial: '$idle',
    states: {
      $idle: {
        on: { start: own.filter(({ type }) => type.begins).map(({ path }) => to(path, act('begin'))) },
      },
      $main: {
        on: {
          interrupt: [...interrupts].map((id) => to(id, act('park'), act('hear'))),
          jump: own.map(({ path }) => to(path, act('hear'))),
          expired: [
            ...(expired ? [{ guard: act('notExpired'), target: `#${expired}`, actions: [act('expire')] }] : []),
            { target: '#$done', actions: [act('hear')] },
          ],
          'effect.failed': [
            SAME_TROUBLE,
            ...(toHandler
              ? [{ guard: act('notHandling', ''), target: `#${toHandler}`, actions: [act('failed', '')] }]
              : []),
            { target: '#$failed', actions: [act('failed', '')] },
          ],
        },
        states: { ...childrenOf(all, null), $return: returnState(all) },
        ...(own[0] ? { initial: own[0].path } : {}),
      },
      $done: { id: '$done', type: 'final' },
      $failed: { id: '$failed', type: 'final' },
    },
  };
}

const childrenOf = (places: readonly Place[], caller: string | null): Record<string, State> =>
  Object.fromEntries(
    places
      .filter((place) => place.caller === caller)
      .map((place) => [place.node.id, place.inside ? subflowState(place, places) : stateOf(place)]),
  );

const handlerOf = ({ settings }: Flow, caller: string | null): string | null =>
  settings.onError ? pathOf(caller, settings.onError.target) : null;

/**
 * A sub-flow: `$in` opens its variables, `$out` closes them. Never in the compound's own entry or exit: those also run
 * when an interrupt leaves it and when somebody comes back.
 */
function subflowState(place: Place, places: readonly Place[]): State {
  const { path, inside } = place;
  const handler = inside && handlerOf(inside.flow, path);
  const scope = inside?.scope ?? '';
  return {
    id: path,
    initial: '$in',
    on: {
      'effect.failed': [
        SAME_TROUBLE,
        ...(handler
          ? [{ guard: act('notHandling', scope), target: `#${handler}`, actions: [act('failed', scope)] }]
          : []),
        ...(isWired(place, 'error') ? [{ target: `#${path}/$out`, actions: [act('failedInside', scope)] }] : []),
      ],
    },
    states: {
      $in: {
        id: `${path}/$in`,
        entry: [act('enter', path)],
        always: [...decisionsOf(place), { guard: onPort(INSIDE), target: `#${inside?.entry}` }],
      },
      ...childrenOf(places, path),
      $out: { id: `${path}/$out`, entry: [act('close', path)], always: decisionsOf(place) },
    },
  };
}

/** Where a place was left from is looked up among all that can be come back to. */
function returnState(places: readonly Place[]): State {
  const open = places.filter(canComeBackTo);
  return {
    id: '$return',
    entry: [act('unpark')],
    always: [...open.map(({ path }) => ({ guard: act('resumeAt', path), target: `#${path}` })), { target: '#$failed' }],
  };
}

function stateOf(place: Place): State {
  const { path, type } = place;
  const confirmed = { guard: act('awaited'), actions: [act('confirm', path)] };
  const state: State = {
    id: path,
    entry: [act('enter', path)],
    exit: [act('leave', path)],
    always: decisionsOf(place),
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
    const asks: Move = { guard: act('listens'), target: `#${path}`, reenter: true };
    const goOn: Move[] = heard.has('message') ? [asks] : [{ actions: [act('hear')] }];
    on.resumed = heard.has('resumed') ? take : goOn;
  }
  return state;
}

/** Every way out of a place. `$fault` comes first: a loop has no effects and no handler. */
const decisionsOf = (place: Place): Move[] => [
  { guard: onPort(FAULT), target: '#$failed' },
  { guard: onPort(AGAIN), target: `#${place.path}`, reenter: true },
  { guard: onPort(BACK), target: '#$return' },
  { guard: onPort(END), target: endOf(place) },
  { guard: onPort(END_FAILED), target: failedEndOf(place) },
  { guard: onPort(REPLACED), target: '#$done' },
  ...troubleOf(place, TROUBLE),
  ...[...place.ports].flatMap(([port, target]) => movesOf(place, port, target)),
];

/** The end of a sub-flow is where it was called. */
const endOf = ({ caller }: Place): string => (caller === null ? '#$done' : `#${caller}/$out`);
const failedEndOf = ({ caller }: Place): string => (caller === null ? '#$failed' : `#${caller}/$out`);

/** An unwired `error` goes to the flow's handler, once; the handler's own failure ends the flow. Other unwired ports end it well. */
function movesOf(place: Place, port: string, target: string | null): Move[] {
  // Without `reenter` an edge back to its own node goes nowhere: XState stays inside, and the session hangs.
  if (target !== null) return [{ guard: onPort(port), target: `#${target}`, reenter: target === place.path }];
  if (port !== 'error') return [{ guard: onPort(port), target: endOf(place) }];
  return troubleOf(place, port);
}

function troubleOf(place: Place, port: string): Move[] {
  const { path, scope, caller, flow } = place;
  const handler = handlerOf(flow, caller);
  const handled: Move[] = handler
    ? [
        {
          guard: act('portUnhandled', { port, scope }),
          target: `#${handler}`,
          actions: [act('handle', scope)],
          reenter: handler === path,
        },
      ]
    : [];
  return [...handled, { guard: onPort(port), target: failedEndOf(place) }];
}
