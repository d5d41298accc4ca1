import { readFile } from 'node:fs/promises';
import { metaMessage, metaWebhookBody } from '@parley/server/src/testing/meta.ts';
import { until } from '@parley/server/src/testing/until.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HURRY, makeTemplate, seconds, startWorld, type Template, type World } from './harness.ts';

/** Asks, calls, says two things, asks with a button, says goodbye: every step of the protocol is walked. */
const flow = {
  format: 'parley.flow/1',
  name: 'Faults',
  nodes: [
    { id: 'start', type: 'trigger.message', config: { match: 'keyword', keywords: ['hi'] } },
    { id: 'ask', type: 'chat.ask', config: { text: 'How many?', answer: 'number', saveAs: 'many' } },
    // An address of our own network is refused: that is an answer too, and needs no second server
    { id: 'look', type: 'http.request', config: { url: 'http://127.0.0.1:9/{{many}}', saveAs: 'found' } },
    { id: 'one', type: 'chat.send', config: { text: 'One {{many}}' } },
    { id: 'tag', type: 'contact.tag', config: { add: ['counted'], remove: [] } },
    { id: 'two', type: 'chat.send', config: { text: 'Two {{many}} {{contact.tags}}' } },
    { id: 'sure', type: 'chat.buttons', config: { text: 'Sure {{many}}?', buttons: [{ id: 'yes', title: 'Yes' }] } },
    { id: 'bye', type: 'chat.send', config: { text: 'Bye {{many}}' } },
  ],
  edges: [
    { id: 'e1', source: 'start', sourceHandle: 'next', target: 'ask' },
    { id: 'e2', source: 'ask', sourceHandle: 'next', target: 'look' },
    { id: 'e3', source: 'look', sourceHandle: 'next', target: 'one' },
    { id: 'e4', source: 'look', sourceHandle: 'error', target: 'one' },
    { id: 'e5', source: 'one', sourceHandle: 'next', target: 'tag' },
    { id: 'e5b', source: 'tag', sourceHandle: 'next', target: 'two' },
    { id: 'e6', source: 'two', sourceHandle: 'next', target: 'sure' },
    { id: 'e7', source: 'sure', sourceHandle: 'yes', target: 'bye' },
  ],
};
const PHONES = ['447700900001', '447700900002'];
const WRITTEN = ['Hi', '7', 'Yes'];
const EXPECTED = ['How many?', 'One 7', 'Two 7 counted', 'Sure 7?', 'Bye 7'];

/** Every place between two writes of the protocol, with the visit at which the process dies. */
const POINTS: Record<string, number> = {
  'before S1': 2,
  'after S1': 2,
  'before 200': 3,
  'after 200': 3,
  'before S2': 2,
  'after S2': 2,
  'before S3': 2,
  'after S3': 2,
  'before S4': 3,
  'after S4': 3,
  'before S5': 3,
  'after S5': 3,
  'before S6': 3,
  'after S6': 5,
  'before S7': 3,
  'after S7': 3,
  'before S8': 3,
  'after S8': 3,
  'before deed': 1,
  'after deed': 1,
  'after deeds': 1,
  'before S9': 2,
  'after S9': 2,
  'before S10': 3,
  'after S10': 4,
  'before S11': 4,
  'after S11': 4,
  'before S12': 4,
  'after S12': 4,
  'before S15': 2,
  'after S15': 2,
  'before S16': 2,
  'after S16': 2,
  'before S19': 2,
  'after S19': 2,
  'before S20': 1,
  'within S20': 1,
  'after S20': 2,
  // The counts: a batch is opened, added to hours and days, to who came last, marked, closed
  'before S21': 1,
  'after S21': 1,
  'after S22': 1,
  'after S23': 1,
  'after S24': 1,
  'after S25': 1,
};

/** These are passed only where a person takes over while a send is open. */
const TAKEOVER_POINTS = [
  'before S13',
  'after S13',
  'before S14',
  'after S14',
  'before S17',
  'after S17',
  'before S18',
  'after S18',
];

/** The second one kills the process that mends what the first one left. */
const PAIRS = [
  'after S6:3 + after S6',
  'after S10:4 + after S3',
  'after S9:2 + before S14',
  'within S20 + before S20',
  'after S22:1 + after S23',
];

interface Outcome {
  point: string;
  lost: number;
  doubled: number;
  order: string;
  seconds: number;
}

/** What takes longer has failed; a machine full of other work is not what is tested. */
const PATIENCE = 90_000; // ms

let template: Template;
const outcomes: Outcome[] = [];

beforeAll(async () => {
  template = await makeTemplate(flow);
});

afterAll(async () => {
  await template?.remove();
  console.table(outcomes.sort((a, b) => a.point.localeCompare(b.point, 'en', { numeric: true })));
});

describe.concurrent('a process that is killed', () => {
  const points = Object.entries(POINTS).map(([name, visit]) => `${name}:${visit}`);
  it.for([...points, ...PAIRS])('loses nothing and doubles nothing at %s', async (given) => {
    const crashes = given.split(' + ');
    await inWorld(crashes, async (world) => {
      await Promise.all(PHONES.map((phone) => converse(world, phone)));
      await until('the crash', PATIENCE, () => world.deaths.length >= crashes.length);
      await world.quiet();
      await redeliverAll(world);
      await world.quiet();
      await judgeCounts(world);
      return PHONES.map((phone) => ({ phone, expected: EXPECTED }));
    });
  });

  it.for(TAKEOVER_POINTS)('keeps its word to the person who takes over at %s', async (point) => {
    await inWorld([point], async (world) => {
      const [phone = ''] = PHONES;
      const { provider } = world;
      provider.react = ({ text }) => (text === 'One 7' ? 'hang' : 'accept');
      provider.statuses = ({ text }) => (text === 'One 7' ? [] : ['sent']);
      // On a busy machine the restart takes longer than the usual silence, and the send would be given up as unknown
      await world.ask('PATCH', `/api/channels/${template.channel}`, { settings: { silenceSeconds: 960 } });
      await write(world, phone, 'Hi');
      await write(world, phone, '7');
      const open = await until('a send under way', PATIENCE, () => world.send(phone, 'One 7') ?? null);
      const [conversation] = await world.conversations();
      const taken = await world.ask<{ owner: { kind: string }; inFlight?: string[] }>(
        'POST',
        `/api/conversations/${conversation?.id}/takeover`,
        {},
      );
      expect(taken.owner.kind).toBe('agent');
      expect(taken.inFlight).toEqual([open.reference]);
      const said = provider.sends.length;
      await world.tellStatus({ id: provider.idOf(open), status: 'sent', reference: open.reference, to: phone });
      await world.quiet();
      expect(provider.sends.length, 'sends after the takeover was acknowledged').toBe(said);
      const notes = (await world.messages(conversation?.id ?? '')).map(({ text, note }) => `${text} ${note}`);
      expect(notes).toEqual(expect.arrayContaining(['One 7 null', 'Two 7 counted dropped', 'Sure 7? dropped']));
      await world.ask('POST', `/api/conversations/${conversation?.id}/release`, { to: 'bot' });
      await until('the bot again', PATIENCE, () => world.send(phone, 'Sure 7?') ?? null);
      await write(world, phone, 'Yes');
      await until('the goodbye', PATIENCE, () => world.send(phone, 'Bye 7') ?? null);
      await world.quiet();
      return [{ phone, expected: ['How many?', 'One 7', 'Sure 7?', 'Bye 7'] }];
    });
  });
});

describe('a process that is paused between its permit and its call', () => {
  it('gives the permit back when it wakes too late, and says everything once', async () => {
    const world = await startWorld(template, ['after S9:1:SIGSTOP']);
    try {
      const [phone = ''] = PHONES;
      const talk = converse(world, phone);
      const { pid } = await until('a paused process', PATIENCE, async () => {
        const status = await readFile(`/proc/${world.server().pid}/status`, 'utf8').catch(() => '');
        return /State:\s+T/.test(status) && world.server();
      });
      const paused = performance.now();
      await until('more than START_WITHIN', PATIENCE, () => performance.now() - paused > (2 * 5_000) / HURRY);
      process.kill(pid, 'SIGCONT');
      await talk;
      await until('the goodbye', PATIENCE, () => world.send(phone, 'Bye 7') ?? null);
      await world.quiet();
      expect(world.provider.textsTo(phone)).toEqual(EXPECTED);
      await judgeInbox(world);
      expect(world.deaths).toEqual([]);
    } finally {
      await world.close();
    }
  });
});

/** Meta sends a person's next message when the one before has its 200; what has none comes again. */
async function converse(world: World, phone: string): Promise<void> {
  for (const text of WRITTEN) await write(world, phone, text);
}

const idOf = (phone: string, text: string): string => `wamid.in.${phone}.${text}`;
const written = (phone: string, text: string) =>
  metaMessage({ from: phone, text, id: idOf(phone, text), timestamp: seconds() });

const write = (world: World, phone: string, text: string): Promise<void> =>
  world.deliver(metaWebhookBody({ messages: [written(phone, text)] }));

/** Everything once more: alone, and in one batch turned round. */
async function redeliverAll(world: World): Promise<void> {
  const all = PHONES.flatMap((phone) => WRITTEN.map((text) => written(phone, text)));
  await Promise.all(all.map((message) => world.deliver(metaWebhookBody({ messages: [message] }))));
  await world.deliver(metaWebhookBody({ messages: all.toReversed() }));
}

/** Runs the scenario in a world that dies at these points, and judges by the provider's log and by the journal. */
async function inWorld(
  crashes: string[],
  scenario: (world: World) => Promise<{ phone: string; expected: string[] }[]>,
): Promise<void> {
  const world = await startWorld(template, crashes);
  const began = performance.now();
  try {
    const people = await scenario(world);
    const elapsed = Math.round((performance.now() - began) / 100) / 10;
    const references = world.provider.sends.map(({ reference }) => reference);
    const got = people.map(({ phone, expected }) => ({ expected, texts: world.provider.textsTo(phone) }));
    const lost = got.flatMap(({ expected, texts }) => expected.filter((text) => !texts.includes(text))).length;
    const kept = got.every(({ expected, texts }) => expected.join() === [...new Set(texts)].join());
    const doubled =
      references.length - new Set(got.flatMap(({ texts }, person) => texts.map((one) => person + one))).size;
    outcomes.push({ point: crashes.join(' + '), lost, doubled, order: kept ? 'kept' : 'broken', seconds: elapsed });
    for (const { expected, texts } of got) expect(texts).toEqual(expected);
    expect(references).toHaveLength(new Set(references).size);
    await judgeInbox(world);
    expect(world.deaths, `${crashes.join(' + ')} was never reached`).toEqual(crashes.map(() => 'SIGKILL'));
    await judgeJournal(
      world,
      people.map(({ phone }) => phone),
    );
  } catch (error) {
    throw new Error(`${crashes.join(' + ')}\n${await stateOf(world)}`, { cause: error });
  } finally {
    await world.close();
  }
}

/** What a failure is understood by. */
async function stateOf(world: World): Promise<string> {
  const lines = (await world.conversations()).map(async ({ id, contact }) => {
    const shown = (await world.messages(id)).map(({ text, status, note }) => `${text} ${status} ${note ?? ''}`);
    return `${contact.phone}: ${shown.join(', ')}`;
  });
  return [...(await Promise.all(lines)), world.server().said()].join('\n');
}

/** What people see is what was said: every message once, in the order of the commits. */
async function judgeInbox(world: World): Promise<void> {
  for (const { id, contact } of await world.conversations()) {
    const phone = contact.phone.slice(1);
    const shown = (await world.messages(id)).filter(({ note }) => note !== 'dropped');
    const textsOf = (direction: string) => shown.filter((one) => one.direction === direction).map(({ text }) => text);
    expect(textsOf('INBOUND')).toEqual(WRITTEN);
    expect(textsOf('OUTBOUND')).toEqual(world.provider.textsTo(phone));
    expect(shown.filter(({ status }) => status === 'PENDING')).toEqual([]);
  }
}

/** What the flow's numbers say is what was written: nobody lost, nobody twice. */
async function judgeCounts(world: World): Promise<void> {
  const people = PHONES.length;
  const expected = {
    sessions: people,
    ended: { done: people },
    entered: flow.nodes.map(({ id }) => `${id} ${people}`).toSorted(),
    ports: ['start next', 'ask next', 'look error', 'one next', 'tag next', 'two next', 'sure yes', 'bye next']
      .map((port) => `${port} ${people}`)
      .toSorted(),
  };
  const [saved] = (await world.ask<{ items: { id: string }[] }>('GET', '/api/flows')).items;
  const counts = await until('all counts', PATIENCE, async () => {
    const found = await world.ask<CountsShown>('GET', `/api/flows/${saved?.id}/counts`);
    return (found.ended.done ?? 0) >= people && found;
  });
  expect({
    sessions: counts.sessions,
    ended: counts.ended,
    entered: Object.entries(counts.nodes)
      .map(([node, { entered }]) => `${node} ${entered}`)
      .toSorted(),
    ports: Object.entries(counts.ports)
      .map(([port, count]) => `${port} ${count}`)
      .toSorted(),
  }).toEqual(expected);
}

interface CountsShown {
  sessions: number;
  ended: Record<string, number>;
  nodes: Record<string, { entered: number }>;
  ports: Record<string, number>;
}

/** N1 to N3 and N7: each accepted event is in one committed step, in order, and each send belongs to exactly one. */
async function judgeJournal(world: World, phones: string[]): Promise<void> {
  const rows = await world.log();
  const told = rows.flatMap(({ step }) => step?.effects ?? []);
  expect(told).toHaveLength(new Set(told).size);
  for (const { reference } of world.provider.sends) expect(told).toContain(reference);
  for (const phone of phones) {
    const steps = WRITTEN.map((text) => {
      const found = rows.filter(({ id }) => id === `${template.channel}:${idOf(phone, text)}`);
      expect(found.map(({ state }) => state)).toEqual(['done']);
      return found[0]?.step?.step ?? 0;
    });
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    expect(steps[0]).toBeGreaterThan(0);
  }
}
