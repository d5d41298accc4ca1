import { describe, expect, it } from 'vitest';
import type { Flow } from '../flow/flow.ts';
import { inboundText } from '../message/inbound.ts';
import { flowOf, talkTypes } from '../testing/talk.ts';
import type { Simulation, SimulationOptions } from './contract.ts';
import { runScript } from './run-script.ts';
import { scriptSchema } from './script.ts';
import { createSimulation } from './simulation.ts';

const NOW = '2026-03-02T09:00:00.000Z';

function simulated(documents: Flow[], options: Partial<SimulationOptions> = {}): Simulation {
  const flows = documents.map((document, index) => ({
    id: `flw_${index}`,
    version: 1,
    createdAt: new Date(index),
    document,
  }));
  return createSimulation({ flows, nodeTypes: talkTypes, now: NOW, ...options });
}
const lines = ({ transcript }: Simulation): string[] =>
  transcript.map((line) =>
    line.from === 'system'
      ? line.event
      : line.from === 'contact'
        ? `> ${line.message.text}`
        : line.content.kind === 'text'
          ? line.content.text
          : line.content.kind,
  );

describe("a simulation's clock", () => {
  const flow = flowOf(
    {
      a: ['rest', { duration: 'PT1H' }],
      b: ['rest', { duration: 'PT1H' }],
      hi: ['say', { text: '{{now}}' }],
      c: ['rest', { duration: 'PT10H' }],
    },
    ['start.next>a', 'a.next>b', 'b.next>hi', 'hi.next>c'],
  );
  it('fires timers at their own moments, also those that are set on the way', async () => {
    const simulation = simulated([flow]);
    await simulation.say(inboundText('hi'));
    await simulation.wait('P1D');
    expect(lines(simulation)).toEqual(['> hi', '2026-03-02T11:00:00.000Z', 'ended']);
    expect(simulation.transcript.map((line) => line.at)).toEqual([
      NOW,
      '2026-03-02T11:00:00.000Z',
      '2026-03-02T21:00:00.000Z',
    ]);
    expect(simulation.now).toBe('2026-03-03T09:00:00.000Z');
  });
  it('is the same in one wait or many', async () => {
    const [once, often] = [simulated([flow]), simulated([flow])];
    await once.say(inboundText('hi'));
    await once.wait('PT12H');
    await often.say(inboundText('hi'));
    for (let i = 0; i < 24; i++) await often.wait('PT30M');
    expect(often.transcript).toEqual(once.transcript);
  });
  it('lets a timeout of the same moment go before the expiry', async () => {
    const simulation = simulated([
      flowOf(
        { q: ['ask', { text: 'Well?', timeout: 'PT1H' }], late: ['say', { text: 'Late' }] },
        ['start.next>q', 'q.timeout>late'],
        {
          settings: { expireAfter: 'PT1H' },
        },
      ),
    ]);
    await simulation.say(inboundText('hi'));
    await simulation.wait('PT1H');
    expect(lines(simulation)).toEqual(['> hi', 'Well?', 'Late', 'ended']);
  });
  it('refuses what is no duration', () => expect(simulated([flow]).wait('an hour')).rejects.toThrow('not a duration'));
});

describe('a simulation', () => {
  it('keeps the first fault, and says once that it failed', async () => {
    const flow = flowOf({ a: ['say', { text: 'One' }], b: ['say', { text: 'Two' }], q: ['ask', { text: 'Well?' }] }, [
      'start.next>a',
      'a.next>b',
      'b.next>q',
    ]);
    const simulation = simulated([flow]);
    simulation.failNextSend('first');
    simulation.failNextSend('second');
    await simulation.say(inboundText('hi'));
    expect(lines(simulation)).toEqual(['> hi', 'One', 'Two', 'Well?', 'failed']);
    expect(simulation.fault).toMatchObject({ code: 'send_failed', message: 'first' });
  });
  it('says once that it ended, also if its last send fails', async () => {
    const simulation = simulated([flowOf({ a: ['say', { text: 'Bye' }] }, ['start.next>a'])]);
    simulation.failNextSend('refused');
    await simulation.say(inboundText('hi'));
    expect(lines(simulation)).toEqual(['> hi', 'Bye', 'ended']);
  });
  it('has a window of 24 hours after the last message', async () => {
    const simulation = simulated([
      flowOf({ a: ['rest', { duration: 'PT5H' }], b: ['say', { text: '{{conversation.windowClosesAt}}' }] }, [
        'start.next>a',
        'a.next>b',
      ]),
    ]);
    await simulation.say(inboundText('hi'));
    await simulation.wait('PT5H');
    expect(lines(simulation)).toContain('2026-03-03T09:00:00.000Z');
  });
  it('answers no call without a world', async () => {
    const simulation = simulated([flowOf({ a: ['look', { what: 'x' }] }, ['start.next>a'])]);
    await simulation.say(inboundText('hi'));
    expect(simulation).toMatchObject({
      status: 'failed',
      fault: { message: 'This simulation answers no HTTP request.' },
    });
  });
  it('says that no flow answers', async () => {
    const simulation = simulated([]);
    await simulation.say(inboundText('hi'));
    expect(lines(simulation)).toEqual(['> hi', 'no-flow']);
  });
  it('lets a word begin anew while only time passes, a catch-all not', async () => {
    const resting = flowOf({ a: ['rest', { duration: 'PT1H' }], b: ['say', { text: 'Rested' }] }, [
      'start.next>a',
      'a.next>b',
    ]);
    const word = flowOf({ a: ['say', { text: 'Order' }] }, ['start.next>a']);
    const keyword = {
      ...word,
      nodes: word.nodes.map((node) =>
        node.id === 'start' ? { ...node, config: { kind: 'equals', word: 'order' } } : node,
      ),
    };
    const simulation = simulated([resting, keyword]);
    await simulation.say(inboundText('hi'));
    await simulation.say(inboundText('hello?'));
    await simulation.say(inboundText('order'));
    await simulation.wait('PT2H');
    expect(lines(simulation)).toEqual(['> hi', '> hello?', 'unheard', '> order', 'Order', 'ended']);
  });
  it('survives JSON at every step', async () => {
    const simulation = simulated([
      flowOf(
        {
          a: ['keep', { assign: { n: '{{divide 1 0}}', z: '{{multiply 0 -1}}', c: '{{contact}}' } }],
          q: ['ask', { text: 'Well?' }],
        },
        ['start.next>a', 'a.next>q'],
      ),
    ]);
    await simulation.say(inboundText('hi'));
    expect(simulation.snapshot).toEqual(JSON.parse(JSON.stringify(simulation.snapshot)));
  });
});

describe('a script', () => {
  const flow = flowOf({ q: ['ask', { text: 'Well?', saveAs: 'a.b' }], bye: ['say', { text: 'Bye' }] }, [
    'start.next>q',
    'q.next>bye',
  ]);
  const played = (steps: unknown[]) =>
    runScript(scriptSchema.parse({ format: 'parley.script/1', flow: {}, steps }), flow, talkTypes);

  it('tells the ports that were taken', async () => {
    const { differences, ports } = await played([
      { in: { text: 'hi' } },
      { out: { text: 'Well?' } },
      { in: { text: 'yes' } },
      { out: { text: 'Bye' } },
    ]);
    expect([differences, ports]).toEqual([[], ['start:next', 'q:next', 'bye:next']]);
  });
  it.each([
    [[{ in: { text: 'hi' } }, { out: { text: 'Well' } }], 'step 2, text: "Well?", expected "Well"'],
    [[{ in: { text: 'hi' } }], 'at the end: the bot also said {"kind":"text","text":"Well?"}'],
    [[{ in: { text: 'hi' } }, { silence: true }], 'step 2: the bot also said {"kind":"text","text":"Well?"}'],
    [[{ out: { text: 'Well?' } }], 'step 1: the bot said nothing, expected {"text":"Well?"}'],
    [[{ end: { status: 'done' } }], 'step 1: the session is idle, expected done'],
    [[{ owner: 'queue' }], 'step 1: the owner is bot, expected queue'],
    [[{ in: { text: 'hi' } }, { out: {} }, { end: { at: 'bye' } }], 'step 3: the session is at q, expected bye'],
    [[{ in: { text: 'hi' } }, { out: {} }, { end: { variables: { 'a.b': 1 } } }], 'step 3: a.b is nothing, expected 1'],
    [
      [{ in: { text: 'hi' } }, { out: {} }, { end: { fault: 'loop' } }],
      'step 3: the fault is undefined, expected loop',
    ],
  ])('tells what differs: %j', async (steps, difference) =>
    expect((await played(steps)).differences).toEqual([difference]),
  );
});
