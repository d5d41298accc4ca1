import { describe, expect, it } from 'vitest';
import { inboundText } from '../message/inbound.ts';
import { flowOf, talkTypes } from '../testing/talk.ts';
import { createSimulation } from './simulation.ts';

const flow = flowOf(
  {
    a: ['say', { text: 'A' }],
    b: ['say', { text: 'B' }],
    ask: ['ask', { text: 'Name?', saveAs: 'name' }],
    bye: ['say', { text: 'Bye {{name}}' }],
  },
  ['start.next>a', 'a.next>b', 'b.next>ask', 'ask.next>bye'],
);
const talk = () =>
  createSimulation({
    flows: [{ id: 'f', version: 1, createdAt: new Date(0), document: flow }],
    nodeTypes: talkTypes,
    now: '2026-03-02T09:00:00.000Z',
  });

describe('the moments of a conversation', () => {
  it('one for each node that is entered or left, with the lines as they were', async () => {
    const simulation = talk();
    await simulation.say(inboundText('hi'));
    expect(simulation.frames.map(({ kind, node, port, lines }) => [kind, node, port, lines])).toEqual([
      ['entered', 'start', null, 1],
      ['left', 'start', 'next', 1],
      ['entered', 'a', null, 1],
      ['left', 'a', 'next', 2],
      ['entered', 'b', null, 2],
      ['left', 'b', 'next', 3],
      ['entered', 'ask', null, 3],
      ['rest', 'ask', null, 4],
    ]);
  });

  it('hold the variables as they were', async () => {
    const simulation = talk();
    await simulation.say(inboundText('hi'));
    await simulation.say(inboundText('Ana'));
    const bye = simulation.frames.filter(({ node }) => node === 'bye' || node === 'ask');
    expect(bye.map(({ kind, node, variables }) => [kind, node, variables.name ?? null])).toEqual([
      ['entered', 'ask', null],
      ['rest', 'ask', null],
      ['left', 'ask', 'Ana'],
      ['entered', 'bye', 'Ana'],
      ['left', 'bye', 'Ana'],
    ]);
    expect(simulation.frames.at(-1)).toMatchObject({ kind: 'rest', status: 'done', variables: { name: 'Ana' } });
  });

  it('rest where nothing was begun', async () => {
    const simulation = createSimulation({ flows: [], nodeTypes: talkTypes, now: '2026-03-02T09:00:00.000Z' });
    await simulation.say(inboundText('hi'));
    expect(simulation.frames).toMatchObject([{ kind: 'rest', node: null, status: 'idle', lines: 2 }]);
  });
});

describe('playing from a node', () => {
  it('begins there with what is given', async () => {
    const simulation = talk();
    await simulation.say(inboundText('hi'));
    await simulation.playFrom({ node: 'bye', variables: { name: 'Zoë', 'order.number': 7 } });
    expect(simulation.variables).toMatchObject({ name: 'Zoë', order: { number: 7 } });
    expect(simulation.transcript.at(-2)).toMatchObject({ content: { text: 'Bye Zoë' } });
    expect(simulation.status).toBe('done');
  });

  it('waits at a node that waits, and again at the same one', async () => {
    const simulation = talk();
    for (let round = 0; round < 2; round++) {
      await simulation.playFrom({ node: 'ask' });
      expect(simulation).toMatchObject({ status: 'waiting', at: { node: 'ask' } });
    }
    await simulation.say(inboundText('Ana'));
    expect(simulation.status).toBe('done');
  });

  it('a node that is not there is a fault in words', async () => {
    const simulation = talk();
    await simulation.playFrom({ node: 'gone' });
    expect(simulation).toMatchObject({ status: 'failed', fault: { code: 'place_gone' } });
  });
});
