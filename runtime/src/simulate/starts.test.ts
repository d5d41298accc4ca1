import { describe, expect, it } from 'vitest';
import type { Flow } from '../flow/flow.ts';
import { inboundText } from '../message/inbound.ts';
import { flowOf, talkTypes } from '../testing/talk.ts';
import type { Said } from './contract.ts';
import { createSimulation } from './simulation.ts';

const AN_HOUR_AGO = '2026-03-02T08:00:00.000Z';
const talk = (documents: Record<string, Flow>) =>
  createSimulation({
    flows: Object.entries(documents).map(([id, document], at) => ({
      id,
      version: 1,
      createdAt: new Date(at),
      document,
    })),
    nodeTypes: talkTypes,
    now: '2026-03-02T09:00:00.000Z',
    heardAt: AN_HOUR_AGO,
  });
const lines = (transcript: readonly Said[]) =>
  transcript.map((said) =>
    said.from === 'bot' && said.content.kind === 'text'
      ? said.content.text
      : said.from === 'system'
        ? `(${said.event})`
        : '>',
  );
const refused = (transcript: readonly Said[]) =>
  transcript.flatMap((said) => (said.from === 'bot' ? [said.failed] : []));
const { nodes: _, ...empty } = flowOf({}, []);
const flow = (nodes: Record<string, [string, Record<string, unknown>]>, wires: string[]): Flow => {
  const made = flowOf(nodes, wires);
  return { ...empty, nodes: made.nodes.slice(1), edges: made.edges };
};

const paid = flow({ on: ['happening', { name: 'order.paid' }], thanks: ['say', { text: 'Paid {{event.total}}' }] }, [
  'on.next>thanks',
]);

describe('what no message began', () => {
  it('a webhook: its body is there under saveAs', async () => {
    const hooked = flow({ hook: ['hook', { saveAs: 'order.body' }], say: ['say', { text: '{{order.body.id}}' }] }, [
      'hook.next>say',
    ]);
    const simulation = talk({ hooked });
    expect(await simulation.begin({ node: 'hook', data: { id: 7 } })).toBe(true);
    expect(lines(simulation.transcript)).toEqual(['7', '(ended)']);
    expect(await simulation.begin({ node: 'gone' })).toBe(false);
    expect(await simulation.begin({ flow: 'gone', node: null })).toBe(false);
  });

  it('another flow is not told of the sends of the one before', async () => {
    const { nodes, edges } = flowOf(
      { a: ['say', { text: 'A' }], b: ['ask', { text: 'B?' }], go: ['other', { flow: 'next' }] },
      ['start.next>a', 'a.next>b'],
    );
    const first = { ...empty, nodes, edges, settings: { ...empty.settings, onError: { target: 'go' } } };
    const next = flow({ on: ['hook', {}], ask: ['ask', { text: 'Next?' }] }, ['on.next>ask']);
    const simulation = talk({ first, next });
    simulation.failNextSend('one');
    simulation.failNextSend('two');
    await simulation.say(inboundText('hi'));
    expect(lines(simulation.transcript)).toEqual(['>', 'A', 'B?', '(ended)', 'Next?']);
    expect(simulation.status).toBe('waiting');
  });

  it('an event: whoever asks for it by name', async () => {
    const simulation = talk({ paid });
    expect(await simulation.happen({ name: 'order.lost', data: {} })).toBe(false);
    expect(await simulation.happen({ name: 'order.paid', data: { total: 12 } })).toBe(true);
    expect(lines(simulation.transcript)).toEqual(['Paid 12', '(ended)']);
  });

  it('begins beside a session only where it says so', async () => {
    const asking = flowOf({ ask: ['ask', { text: 'Well?' }] }, ['start.next>ask']);
    const urgent = structuredClone(paid);
    for (const node of urgent.nodes) if (node.id === 'on') node.config = { ...node.config, whenBusy: 'replace' };
    const polite = talk({ asking, paid });
    await polite.say(inboundText('hi'));
    expect(await polite.happen({ name: 'order.paid', data: { total: 1 } })).toBe(false);
    expect(lines(polite.transcript)).toEqual(['>', 'Well?', '(skipped)']);
    const rude = talk({ asking, urgent });
    await rude.say(inboundText('hi'));
    expect(await rude.happen({ name: 'order.paid', data: { total: 1 } })).toBe(true);
    expect(lines(rude.transcript)).toEqual(['>', 'Well?', 'Paid 1', '(ended)']);
  });

  it('another flow takes over with what it is given', async () => {
    const first = flowOf({ go: ['other', { flow: 'second', variables: { who: 'Ana' } }] }, ['start.next>go']);
    const second = flow({ hook: ['hook', {}], say: ['say', { text: 'Hi {{who}}' }] }, ['hook.next>say']);
    const simulation = talk({ first, second });
    await simulation.say(inboundText('hi'));
    expect(lines(simulation.transcript)).toEqual(['>', '(ended)', 'Hi Ana', '(ended)']);
    const alone = talk({ first });
    await alone.say(inboundText('hi'));
    expect(lines(alone.transcript)).toEqual(['>', '(ended)', '(failed)']);
  });

  it('flows that begin each other for ever are stopped', async () => {
    const circle = flow({ on: ['happening', { name: 'round' }], emit: ['emit', { name: 'round' }] }, ['on.next>emit']);
    const simulation = talk({ circle });
    await simulation.happen({ name: 'round', data: {} });
    expect(lines(simulation.transcript).at(-1)).toBe('(failed)');
    expect(simulation.effects.length).toBeLessThan(20);
  });

  it('each event waits until the calls of the flow before it are over, and begins after those that came first', async () => {
    const eager = (on: string, emits: string[]) =>
      flow(
        {
          on: ['happening', { name: on, whenBusy: 'replace' }],
          ...Object.fromEntries(emits.map((name) => [name, ['emit', { name }] as [string, object]])),
          look: ['look', { what: on }],
          done: ['say', { text: `Done with ${on}` }],
        } as never,
        [
          ...['on', ...emits].map((from, at) => `${from}.next>${emits[at] ?? 'look'}`),
          'look.next>done',
          'look.error>done',
        ],
      );
    const simulation = talk({
      first: eager('first', ['b', 'c']),
      b: eager('b', ['d']),
      c: eager('c', []),
      d: eager('d', []),
    });
    await simulation.happen({ name: 'first', data: {} });
    expect(lines(simulation.transcript).filter((line) => line !== '(ended)')).toEqual(
      ['first', 'b', 'c', 'd'].map((name) => `Done with ${name}`),
    );
  });

  it('what was asked of the world stays asked, also where a refused message ends the flow meanwhile', async () => {
    const asked: string[] = [];
    const document = flowOf(
      { hi: ['say', { text: 'Hi' }], ask: ['look', { what: 'a.example' }], more: ['say', { text: 'More' }] },
      ['start.next>hi', 'hi.next>ask', 'ask.next>more'],
    );
    const simulation = createSimulation({
      flows: [{ id: 'one', version: 1, createdAt: new Date(0), document }],
      nodeTypes: talkTypes,
      now: '2026-03-02T09:00:00.000Z',
      services: {
        http: async ({ url }) => {
          asked.push(url);
          return { status: 200, headers: {}, json: null, text: '' };
        },
      },
    });
    simulation.failNextSend('refused');
    await simulation.say(inboundText('hi'));
    expect(asked).toEqual(['a.example']);
    expect(lines(simulation.transcript)).toEqual(['>', 'Hi', '(failed)']);
  });

  it('a moment that is over already comes before what became of the words that were said with it', async () => {
    const { nodes, edges } = flowOf(
      { hi: ['say', { text: 'Hi' }], rest: ['rest', { duration: 'PT0S' }], go: ['other', { flow: 'next' }] },
      ['start.next>hi', 'hi.next>rest', 'rest.next>go'],
    );
    const next = flow({ on: ['hook', {}], ask: ['ask', { text: 'Next?' }] }, ['on.next>ask']);
    const simulation = talk({ first: { ...empty, nodes, edges }, next });
    simulation.failNextSend('refused');
    await simulation.say(inboundText('hi'));
    expect(lines(simulation.transcript)).toEqual(['>', 'Hi', '(ended)', 'Next?']);
  });

  it('a circle that takes longer than ten minutes is none', async () => {
    const daily = flow(
      { on: ['happening', { name: 'day' }], rest: ['rest', { duration: 'P1D' }], emit: ['emit', { name: 'day' }] },
      ['on.next>rest', 'rest.next>emit'],
    );
    const simulation = talk({ daily });
    await simulation.happen({ name: 'day', data: {} });
    await simulation.wait('P20D');
    expect(lines(simulation.transcript)).toEqual(Array.from({ length: 20 }, () => '(ended)'));
    expect(simulation.status).toBe('waiting');
  });

  it('an effect on the contact is seen by the next node, and stays', async () => {
    const tagging = flowOf(
      {
        tag: ['tag', { tag: 'vip' }],
        ask: ['ask', { text: '{{join contact.tags "+"}}' }],
        bye: ['say', { text: '{{length contact.tags}}' }],
      },
      ['start.next>tag', 'tag.next>ask', 'ask.next>bye'],
    );
    const simulation = talk({ tagging });
    await simulation.say(inboundText('hi'));
    await simulation.say(inboundText('x'));
    expect(lines(simulation.transcript)).toEqual(['>', 'vip', '>', '1', '(ended)']);
    expect(simulation.contact.tags).toEqual(['vip']);
  });
});

describe('the 24 hours after the person last wrote', () => {
  const late = flowOf({ rest: ['rest', { duration: 'PT25H' }], say: ['say', { text: 'Still there?' }] }, [
    'start.next>rest',
    'rest.next>say',
  ]);
  const hooked = flow({ hook: ['hook', {}], say: ['say', { text: 'Hi' }] }, ['hook.next>say']);

  it('over, free words are refused as WhatsApp refuses them', async () => {
    const simulation = talk({ late });
    await simulation.say(inboundText('hi'));
    await simulation.wait('PT25H');
    expect(refused(simulation.transcript)).toEqual([expect.stringContaining('131047')]);
  });

  it('have not begun for who never wrote, and hold from when they did', async () => {
    const never = createSimulation({
      flows: [{ id: 'hooked', version: 1, createdAt: new Date(0), document: hooked }],
      nodeTypes: talkTypes,
      now: '2026-03-02T09:00:00.000Z',
    });
    await never.begin({ node: 'hook' });
    expect(refused(never.transcript)).toEqual([expect.stringContaining('131047')]);
    const heard = talk({ hooked });
    await heard.begin({ node: 'hook' });
    expect(refused(heard.transcript)).toEqual([undefined]);
  });
});

describe('who says STOP', () => {
  const asking = flowOf({ ask: ['ask', { text: 'Well?', timeout: 'PT1H' }], late: ['say', { text: 'Too late' }] }, [
    'start.next>ask',
    'ask.timeout>late',
  ]);
  const opted = (text: string) => text.replace(/You will.*/, 'Confirmed');
  const said = (simulation: ReturnType<typeof talk>) => lines(simulation.transcript).map(opted);

  it('gets a confirmation, and no word of a flow until START', async () => {
    const simulation = talk({ asking, paid });
    await simulation.say(inboundText('hi'));
    await simulation.say(inboundText('Stop.'));
    await simulation.wait('PT2H');
    expect(await simulation.happen({ name: 'order.paid', data: { total: 1 } })).toBe(false);
    await simulation.say(inboundText('stop'));
    await simulation.say(inboundText('hello?'));
    expect(said(simulation)).toEqual([
      ...['>', 'Well?', '>', '(opted-out)', 'Confirmed', '(opted-out)', '>', '(opted-out)', '>', '(opted-out)'],
    ]);
    expect(simulation.contact.consent).toEqual({ service: false, marketing: false });
    await simulation.say(inboundText('START'));
    await simulation.say(inboundText('hi'));
    expect(said(simulation).slice(10)).toEqual(['>', '(opted-in)', 'Confirmed', '>', 'Well?']);
  });

  it('is heard by the flow that asks for just that word, and has the last word', async () => {
    const goodbye = flowOf({ bye: ['say', { text: 'Goodbye' }] }, ['start.next>bye']);
    for (const node of goodbye.nodes) if (node.id === 'start') node.config = { kind: 'equals', word: 'stop' };
    const simulation = talk({ goodbye });
    await simulation.say(inboundText('stop'));
    expect(said(simulation)).toEqual(['>', 'Goodbye', '(ended)', '(opted-out)']);
  });

  it('START of who never said STOP is a word like any other', async () => {
    const simulation = talk({ asking });
    await simulation.say(inboundText('start'));
    expect(said(simulation)).toEqual(['>', 'Well?']);
  });
});
