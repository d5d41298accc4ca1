import { type AnyStateMachine, assign, createMachine } from 'xstate';
import { structureProblems } from '../check/structure.ts';
import type { Flow } from '../flow/flow.ts';
import { hasErrors, type Problem } from '../flow/problem.ts';
import { canonicalJson, quickHash } from '../json.ts';
import type { NodeTypes } from '../node/define-node.ts';
import { type FlowLibrary, initialVariables, placesOf } from './inline.ts';
import { blankMemory, type Context, emptyOut, type FlowEvent } from './memory.ts';
import { leaveForInterrupt, unpark } from './park.ts';
import type { Place } from './place.ts';
import { statesOf } from './states.ts';
import { close } from './subflow.ts';
import { confirm, enter, failed, leave, receive, settle, sinceHeard, type Verb } from './verbs.ts';

/** A flow that is ready to be stepped. `machine` is null where the problems hold an error. */
export interface Compiled {
  flow: Flow;
  machine: AnyStateMachine | null;
  places: ReadonlyMap<string, Place>;
  /** Changes with any behaviour: documents, sub-flows and node versions. */
  hash: string;
  /** Changes with the places a snapshot may name: equal shapes restore each other's snapshots. */
  shape: string;
  problems: Problem[];
}

/**
 * Turns a flow into an XState machine, its sub-flows inlined from the library. Bad flows are answered with problems,
 * never with an exception.
 */
export function compileFlow(flow: Flow, nodeTypes: NodeTypes, library: FlowLibrary = () => null): Compiled {
  const problems = structureProblems(flow, nodeTypes);
  const inlined = hasErrors(problems)
    ? { places: new Map<string, Place>(), problems: [], subflows: [] }
    : placesOf(flow, nodeTypes, library);
  problems.push(...inlined.problems);
  const { places, subflows } = inlined;
  return {
    flow,
    machine: hasErrors(problems) ? null : machineOf(flow, places),
    places,
    hash: hashOf([flow, ...subflows], nodeTypes),
    shape: shapeOf([...places.values()]),
    problems,
  };
}

type Given = { context: Context; event: FlowEvent };

function machineOf(flow: Flow, places: ReadonlyMap<string, Place>): AnyStateMachine {
  // XState's types never see the generated config: a config made from data cannot satisfy them (one of three casts).
  const act = (verb: Verb) =>
    assign((({ context, event }: Given, path: string) => {
      const place = places.get(path);
      return place ? verb(context, place, event) : {};
    }) as never);
  const doing = (work: (context: Context, event: FlowEvent, scope: string) => Partial<Context>) =>
    assign((({ context, event }: Given, scope: string) => work(context, event, scope)) as never);
  const implementations = {
    actions: {
      enter: act(enter),
      leave: act(leave),
      receive: act(receive),
      settle: act(settle),
      confirm: act(confirm),
      close: act(close),
      begin: doing((context, event) => (event.type === 'start' ? begun(flow, context, event) : {})),
      hear: doing(hear),
      park: doing((context, event) => leaveForInterrupt(context, event, places)),
      unpark: doing((context) => unpark(context, places)),
      failed: doing(failed),
      failedInside: doing((context, event, scope) => ({ ...failed(context, event, scope), port: 'error' })),
      handle: doing((context, _, scope) => ({
        handling: [...context.handling, scope],
        handledFrom: context.sent,
      })),
      expire: doing((context) => {
        context.out.handled = true;
        return { walked: 0, silent: 0, expired: true, left: null };
      }),
    },
    guards: {
      port: ({ context }: Given, port: string) => context.port === port,
      portUnhandled: ({ context }: Given, { port, scope }: { port: string; scope: string }) =>
        context.port === port && !context.handling.includes(scope),
      target: ({ event }: Given, id: string) => 'target' in event && event.target === id,
      thisVisit: ({ context, event }: Given) => 'visit' in event && event.visit === context.visit,
      awaited: ({ context, event }: Given) => 'ordinal' in event && context.awaiting.includes(event.ordinal),
      sameTrouble: ({ context, event }: Given) =>
        context.handling.length > 0 && 'ordinal' in event && event.ordinal < context.handledFrom,
      notHandling: ({ context }: Given, scope: string) => !context.handling.includes(scope),
      listens: ({ context }: Given) => context.held === null,
      notExpired: ({ context }: Given) => !context.expired,
      resumeAt: ({ context }: Given, path: string) => context.resume?.at === path,
    },
  };
  const context: Context = { ...blankMemory(), out: emptyOut() };
  return createMachine(
    { ...statesOf(flow, places), context } as never,
    implementations as never,
  ) as unknown as AnyStateMachine;
}

/** What was given for the flow's variables is set by its trigger, which may refuse it. */
const begun = (flow: Flow, { out }: Context, event: Extract<FlowEvent, { type: 'start' }>): Partial<Context> => ({
  ...sinceHeard(event.message),
  session: event.session,
  scopes: { '': initialVariables(flow) },
  out,
});

function hear(context: Context, event: FlowEvent): Partial<Context> {
  context.out.handled = true;
  // Led here from outside, a loop begins anew, also where the person was inside it
  return { ...('message' in event ? sinceHeard(event.message) : { walked: 0 }), left: null };
}

function hashOf(flows: readonly Flow[], nodeTypes: NodeTypes): string {
  const text = canonicalJson(
    flows.map((flow) => {
      const { layout: _, name: __, ...logic } = flow;
      return [logic, flow.nodes.map((node) => nodeTypes.get(node.type)?.version ?? 0)];
    }),
  );
  return [0, 1].map((seed) => quickHash(text, seed).toString(36)).join('-');
}

const shapeOf = (places: Place[]): string =>
  quickHash(
    places
      .map((place) => `${place.path} ${place.type.type} ${place.type.verb.kind}`)
      .sort()
      .join('\n'),
  ).toString(36);
