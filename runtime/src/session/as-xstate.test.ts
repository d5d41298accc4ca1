import { describe, expect, it } from 'vitest';
import { transition } from 'xstate';
import { type Compiled, compileFlow } from '../compile/compile-flow.ts';
import { type Context, emptyOut, type FlowEvent, type Memory } from '../compile/memory.ts';
import { inboundText } from '../message/inbound.ts';
import { ask, say, survey, timer } from '../testing/survey.ts';
import { after, begun, facts, flowOf, frozen, heard, said, talkTypes } from '../testing/talk.ts';
import { advance, type Snapshot } from './advance.ts';

describe('XState', () => {
  /** The exported `transition()`, which builds an actor and runs the initial state at every call. */
  function byTransition({ machine }: Compiled, saved: Snapshot, event: FlowEvent) {
    if (!machine) throw new Error('no machine');
    const snapshot = machine.resolveState({
      value: saved.at.startsWith('$') ? saved.at : { $main: saved.at },
      context: {},
    });
    const [after] = transition(
      machine,
      { ...snapshot, context: { ...saved.memory, out: emptyOut() } } as never,
      event as never,
    );
    const { out, ...memory } = (after as unknown as { context: Context }).context;
    return { value: (after as { value: unknown }).value, memory: memory as Memory, out };
  }
  const stateAt = (at: string) => (at.startsWith('$') ? at : { $main: at });

  it('gives by its public transition() what we get from the machine itself', () => {
    const { compiled, step } = begun(survey);
    const events: FlowEvent[] = [
      heard('stay'),
      heard('again'),
      timer(3, 'timeout'),
      { type: 'resumed', facts },
      heard('Bea'),
      { type: 'jump', target: 'name', facts },
      { type: 'interrupt', target: 'late', message: inboundText('menu'), facts },
    ];
    let at = step.snapshot;
    for (const event of events) {
      const ours = advance(compiled, frozen(at), event);
      expect(byTransition(compiled, at, event)).toEqual({
        value: stateAt(ours.snapshot.at),
        memory: ours.snapshot.memory,
        out: ours.context.out,
      });
      at = ours.snapshot;
    }
    expect(at.at).toBe('$done');
  });
  it('knows a node called flow, or 0, or like a field of a state', () => {
    for (const id of ['flow', '0', 'initial', 'states', 'on', 'main', 'done']) {
      const { compiled, step } = begun(flowOf({ [id]: ask('Well?') }, [`start.next>${id}`, `${id}.next>${id}`]));
      expect(step.snapshot.at).toBe(id);
      expect(said(after(compiled, step, heard('x')))).toEqual(['Well?']);
    }
  });
  it('is not asked about event types: ids are fields', () => {
    const { compiled, step } = begun(survey);
    for (const type of ['xstate.stop', 'xstate.error.actor.x', 'xstate.after.1000.name'])
      expect(after(compiled, step, { type, facts } as unknown as FlowEvent)).toMatchObject({
        handled: false,
        snapshot: step.snapshot,
      });
  });
});

describe('hashes', () => {
  const compiled = (flow = survey) => compileFlow(flow, talkTypes);

  it('the hash follows behaviour, not layout and name', () => {
    const moved = {
      ...survey,
      name: 'Other',
      layout: { ...survey.layout, nodes: { name: [1, 2] as [number, number] } },
    };
    expect(compiled(moved).hash).toBe(compiled().hash);
    expect(compiled({ ...survey, settings: { ...survey.settings, expireAfter: 'P2D' } }).hash).not.toBe(
      compiled().hash,
    );
  });
  it('the shape follows places, not words', () => {
    const reworded = {
      ...survey,
      nodes: survey.nodes.map((node) => (node.id === 'bye' ? { ...node, config: { text: 'Ciao' } } : node)),
    };
    expect(compiled(reworded).shape).toBe(compiled().shape);
    expect(compiled({ ...survey, nodes: survey.nodes.toReversed() }).shape).toBe(compiled().shape);
    expect(compiled(flowOf({ hello: say('x') }, [])).shape).not.toBe(compiled().shape);
  });
});
