import type { AnyActorScope, AnyMachineSnapshot, AnyStateMachine, StateValue } from 'xstate';
import type { Compiled } from '../compile/compile-flow.ts';
import { type Context, completeMemory, emptyOut, type FlowEvent, type Memory } from '../compile/memory.ts';
import { withoutLeft } from '../compile/subflow.ts';

/** What is saved of a session: one place and the memory. Plain JSON, the same size for 20 and 1,000 nodes. */
export interface Snapshot {
  at: string;
  memory: Memory;
}

const FINAL = ['$done', '$failed'];
export const isFinal = (at: string): boolean => FINAL.includes(at);

/**
 * One macrostep of XState as a pure function. Not the exported `transition()`: that builds an actor whose initial state
 * is run at every call. The scope is inert; whatever XState wants to do, it cannot.
 */
export function advance(
  compiled: Compiled,
  saved: Snapshot,
  event: FlowEvent,
): { snapshot: Snapshot; context: Context; busy: boolean } {
  const { machine } = compiled;
  if (!machine) throw new Error('A flow with errors has no machine; look at its problems before stepping it.');
  const before = restore(machine, saved);
  const after = machine.transition(before, event as never, INERT) as AnyMachineSnapshot;
  const context = after.context as Context;
  const { out: _, ...memory } = context;
  const at = placeIn(after.value);
  return {
    snapshot: { at, memory: isFinal(at) ? memory : withoutLeft(memory, at) },
    context,
    busy: isBusy(compiled, at, memory),
  };
}

export const INITIAL_PLACE = '$idle';

/** Whether a saved session can go on here. What came to rest as a node that listens may be no such node in this version. */
export function canRestAt(compiled: Compiled, { at, memory }: Snapshot): boolean {
  const kind = compiled.places.get(at)?.type.verb.kind;
  return kind === 'wait' || kind === 'call' || (kind === 'run' && isBusy(compiled, at, memory));
}

/** A node whose way is `held` listens no more, of whatever kind it is. */
const isBusy = (compiled: Compiled, at: string, memory: Memory): boolean =>
  compiled.places.get(at)?.type.verb.kind === 'call' || memory.held !== null;

const INERT = {
  self: {},
  system: { _sendInspectionEvent: () => undefined },
  id: '',
  sessionId: '',
  logger: () => undefined,
  defer: () => undefined,
  emit: () => undefined,
  stopChild: () => undefined,
  actionExecutor: () => undefined,
} as unknown as AnyActorScope;

const blanks = new WeakMap<AnyStateMachine, Map<string, AnyMachineSnapshot>>();

/** Restoring costs the same on a big machine: the blank snapshot of a place is made once, the memory put in afterwards. */
function restore(machine: AnyStateMachine, saved: Snapshot): AnyMachineSnapshot {
  let known = blanks.get(machine);
  if (!known) {
    known = new Map();
    blanks.set(machine, known);
  }
  let blank = known.get(saved.at);
  if (!blank) {
    const value = saved.at.startsWith('$') ? saved.at : { $main: stateFor(saved.at.split('/')) };
    blank = machine.resolveState({ value, context: {} }) as AnyMachineSnapshot;
    known.set(saved.at, blank);
  }
  return { ...blank, context: { ...completeMemory(saved.memory), out: emptyOut() } } as AnyMachineSnapshot;
}

/** `order/ask` is `{ order: 'ask' }` inside `$main`. */
const stateFor = ([head = '', ...rest]: string[]): StateValue =>
  rest.length === 0 ? head : { [head]: stateFor(rest) };

function placeIn(value: StateValue): string {
  if (typeof value === 'string') return value;
  const [inside = ''] = Object.values(value);
  return pathIn(inside);
}

function pathIn(value: StateValue): string {
  if (typeof value === 'string') return value;
  const [[key, inside] = ['', '']] = Object.entries(value);
  return `${key}/${pathIn(inside ?? '')}`;
}
