import { type AnyStateMachine, assign, createMachine } from 'xstate';
import { structureProblems } from '../check/structure.ts';
import type { Flow } from '../flow/flow.ts';
import { flowError, hasErrors, type Problem } from '../flow/problem.ts';
import { canonicalJson, quickHash } from '../json.ts';
import { MAX_STATES } from '../limits.ts';
import type { NodeTypes } from '../node/define-node.ts';
import { blankMemory, type Context, emptyOut, type FlowEvent } from './memory.ts';
import { type Place, placeOf } from './place.ts';
import { statesOf } from './states.ts';
import { confirm, enter, failed, leave, receive, settle, sinceHeard, type Verb } from './verbs.ts';

/** A flow that is ready to be stepped. `machine` is null where the problems hold an error. */
export interface Compiled {
  flow: Flow;
  machine: AnyStateMachine | null;
  places: ReadonlyMap<string, Place>;
  /** Changes with any behaviour: document and node versions. */
  hash: string;
  /** Changes with the places a snapshot may name: equal shapes restore each other's snapshots. */
  shape: string;
  problems: Problem[];
}

/** Turns a flow into an XState machine. Bad flows are answered with problems, never with an exception. */
export function compileFlow(flow: Flow, nodeTypes: NodeTypes): Compiled {
  const problems = structureProblems(flow, nodeTypes);
  if (flow.nodes.length + 4 > MAX_STATES)
    problems.push(flowError('too_large', `A flow holds at most ${MAX_STATES} nodes. Split it.`));
  const places = new Map<string, Place>();
  if (!hasErrors(problems)) {
    for (const node of flow.nodes) {
      const type = nodeTypes.get(node.type);
      if (type) places.set(node.id, placeOf(node, type, flow));
    }
  }
  return {
    flow,
    machine: hasErrors(problems) ? null : machineOf(flow, places),
    places,
    hash: hashOf(flow, nodeTypes),
    shape: shapeOf([...places.values()]),
    problems,
  };
}

function machineOf(flow: Flow, places: ReadonlyMap<string, Place>): AnyStateMachine {
  const { language } = flow.settings;
  // XState's types never see the generated config: a config made from data cannot satisfy them (one of three casts).
  const act = (verb: Verb) =>
    assign(({ context, event }: { context: Context; event: FlowEvent }, path: string) => {
      const place = places.get(path);
      return place ? verb(context, place, event, language) : {};
    });
  const hear = ({ context, event }: { context: Context; event: FlowEvent }) => {
    context.out.handled = true;
    return 'message' in event ? sinceHeard(event.message) : { walked: 0 };
  };
  const begin = ({ context, event }: { context: Context; event: FlowEvent }) =>
    event.type === 'start'
      ? {
          ...sinceHeard(event.message),
          session: event.session,
          scopes: { '': initialVariables(flow, event.variables) },
          out: context.out,
        }
      : {};
  const implementations = {
    actions: {
      enter: act(enter),
      leave: act(leave),
      receive: act(receive),
      settle: act(settle),
      confirm: act(confirm),
      begin: assign(begin as never),
      hear: assign(hear as never),
      failed: assign((({ context, event }: { context: Context; event: FlowEvent }) => failed(context, event)) as never),
      handle: assign((() => ({ handling: true })) as never),
    },
    guards: {
      port: ({ context }: { context: Context }, port: string) => context.port === port,
      portUnhandled: ({ context }: { context: Context }, port: string) => context.port === port && !context.handling,
      target: ({ event }: { event: FlowEvent }, id: string) => 'target' in event && event.target === id,
      thisVisit: ({ context, event }: { context: Context; event: FlowEvent }) =>
        'visit' in event && event.visit === context.visit,
      awaited: ({ context, event }: { context: Context; event: FlowEvent }) =>
        'ordinal' in event && context.awaiting.includes(event.ordinal),
      notHandling: ({ context }: { context: Context }) => !context.handling,
    },
  };
  const context: Context = { ...blankMemory(), out: emptyOut() };
  return createMachine(
    { ...statesOf(flow, places), context } as never,
    implementations as never,
  ) as unknown as AnyStateMachine;
}

function initialVariables(flow: Flow, given: Context['scopes'][string]): Context['scopes'][string] {
  const declared = flow.variables.filter((one) => one.initial !== undefined);
  const nested: Context['scopes'][string] = {};
  for (const { name, initial } of declared) {
    const parts = name.split('.');
    let at = nested;
    parts.slice(0, -1).forEach((part) => {
      const child = at[part];
      at = at[part] = typeof child === 'object' && child !== null && !Array.isArray(child) ? child : {};
    });
    at[parts.at(-1) ?? name] = JSON.parse(JSON.stringify(initial));
  }
  return { ...nested, ...given };
}

function hashOf(flow: Flow, nodeTypes: NodeTypes): string {
  const { layout: _, name: __, ...logic } = flow;
  const versions = flow.nodes.map((node) => nodeTypes.get(node.type)?.version ?? 0);
  const text = canonicalJson([logic, versions]);
  return [0, 1].map((seed) => quickHash(text, seed).toString(36)).join('-');
}

const shapeOf = (places: Place[]): string =>
  quickHash(
    places
      .map((place) => `${place.path} ${place.type.type} ${place.type.verb.kind}`)
      .sort()
      .join('\n'),
  ).toString(36);
