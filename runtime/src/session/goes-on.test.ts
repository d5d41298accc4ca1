import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compileFlow } from '../compile/compile-flow.ts';
import { inboundText } from '../message/inbound.ts';
import { defineNode, nodeTypesOf, portsOf } from '../node/define-node.ts';
import { createSimulation } from '../simulate/simulation.ts';
import { after, facts, flowOf, heard, said, talkTypes } from '../testing/talk.ts';
import { start } from './session.ts';

/** Waits only with `wait`; the same node goes on at once without. */
const offer = defineNode({
  type: 'test.offer',
  title: 'For tests',
  group: 'chat',
  icon: 'test',
  description: 'For tests.',
  config: z.strictObject({ wait: z.boolean().default(false) }),
  sends: true,
  listens: ({ wait }) => wait,
  ports: ({ wait }) => (wait ? ['answered'] : ['next']),
  wait: {
    prompt: ({ config }) => ({
      ...(config.wait ? {} : { port: 'next' }),
      set: { offered: true },
      effects: [{ type: 'message.send', content: { kind: 'text', text: 'Offer' } }],
    }),
    on: ['message', 'timer'],
    timers: () => [{ name: 'over', after: 'PT1H' }],
    receive: ({ event }) => (event.type === 'message' ? { port: 'answered' } : { stay: true }),
  },
});
const nodeTypes = nodeTypesOf([...talkTypes.values(), offer]);

async function played(config: { wait?: boolean }, edges: string[], refused = false) {
  const document = flowOf(
    { o: ['offer', config], bye: ['say', { text: 'Bye' }], sorry: ['say', { text: 'Sorry' }] },
    edges,
  );
  const flows = [{ id: 'flw_1', version: 1, createdAt: new Date(0), document }];
  const simulation = createSimulation({ flows, nodeTypes, now: '2026-03-02T09:00:00.000Z' });
  if (refused) simulation.failNextSend('refused');
  await simulation.say(inboundText('hi'));
  return {
    said: simulation.transcript.flatMap((line) =>
      line.from === 'bot' && line.content.kind === 'text' ? [line.content.text] : [],
    ),
    status: simulation.status,
    offered: simulation.variables.offered,
  };
}

describe('a node that can wait, with a config that expects no answer', () => {
  it('goes on at once, and keeps what it set', async () =>
    expect(await played({}, ['start.next>o', 'o.next>bye'])).toEqual({
      said: ['Offer', 'Bye'],
      status: 'done',
      offered: true,
    }));
  it('waits for the provider first where its error port is wired', async () =>
    expect(await played({}, ['start.next>o', 'o.next>bye', 'o.error>sorry'], true)).toMatchObject({
      said: ['Offer', 'Sorry'],
      status: 'done',
    }));
  it('hears nothing while the provider has not answered, and is not entered again when it is given back', () => {
    const flow = flowOf({ o: ['offer', {}], bye: ['say', { text: 'Bye' }], sorry: ['say', { text: 'Sorry' }] }, [
      'start.next>o',
      'o.next>bye',
      'o.error>sorry',
    ]);
    const compiled = compileFlow(flow, nodeTypes);
    const step = start(compiled, { session: 's1', target: 'start', message: null, facts });
    expect(step.status).toBe('calling');
    for (const event of [heard('well?'), { type: 'resumed' as const, facts }])
      expect(after(compiled, step, event)).toMatchObject({ handled: false, effects: [], snapshot: { at: 'o' } });
    const confirmed = { type: 'effect.settled' as const, ordinal: 0, ok: true, error: null, facts };
    expect(said(after(compiled, step, confirmed))).toEqual(['Bye']);
  });
  it('listens with the other config', async () =>
    expect(await played({ wait: true }, ['start.next>o', 'o.answered>bye'])).toMatchObject({
      said: ['Offer'],
      status: 'waiting',
    }));
  it('has the port timeout only where it listens', () =>
    expect([portsOf(offer, { wait: false }), portsOf(offer, { wait: true })]).toEqual([
      ['next', 'error'],
      ['answered', 'timeout', 'error'],
    ]));
});
