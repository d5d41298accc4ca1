import { inboundText } from '@parley/runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { messageElement, sender } from '../../channels/whatsapp/inbound.ts';
import type { Channel } from '../../storage/channel.ts';
import { type Program, startTestApp, type TestApp } from '../../testing/app.ts';
import { createChannelStore } from '../channels/store.ts';

const START = new Date('2026-03-02T09:00:00.000Z');
const HOUR = 3_600_000; // ms

let test: TestApp;
let acme: Program;
let channel: Channel;
let flow: string;
let said = 0;

beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());
beforeEach(async () => {
  test.clock.time = START;
  acme = await test.program();
  const { id } = (await acme.call('POST', '/api/channels', { provider: 'simulator', name: 'Phone' })).json();
  const channels = createChannelStore(test.connection, test.keyring, () => test.clock.time);
  channel = (await channels.find(acme.organization, id)) as Channel;
  flow = (await acme.call('POST', '/api/flows', { document: quiz })).json().id;
  await acme.call('POST', `/api/flows/${flow}/publish`, {});
});

const quiz = {
  format: 'parley.flow/1',
  name: 'Quiz',
  nodes: [
    { id: 'start', type: 'trigger.message', config: { match: 'keyword', keywords: ['hi'] } },
    { id: 'colour', type: 'chat.ask', config: { text: 'Your colour?', answer: 'text', saveAs: 'colour' } },
    { id: 'bye', type: 'chat.send', config: { text: 'Lovely, {{colour}}' } },
  ],
  edges: [
    { id: 'e1', source: 'start', sourceHandle: 'next', target: 'colour' },
    { id: 'e2', source: 'colour', sourceHandle: 'next', target: 'bye' },
  ],
};

async function write(phone: string, text: string): Promise<string> {
  const from = sender({ waId: phone, name: phone === ANA ? 'Ana' : 'Bo' });
  const message = inboundText(text);
  const told = messageElement({ providerId: `wamid.${++said}`, sentAt: null, from, message, raw: null });
  const { conversations } = await test.engine.accept(channel, [told]);
  for (const conversation of conversations) test.engine.wake(conversation);
  await test.engine.settle();
  return conversations[0] ?? '';
}

const ANA = '447700900001';
const BO = '447700900002';
const counts = async (query = '') => (await acme.call('GET', `/api/flows/${flow}/counts${query}`)).json();
const contacts = async (node: string, query = '') =>
  (await acme.call('GET', `/api/flows/${flow}/counts/${node}/contacts${query}`)).json().items;
const later = (hours: number) => {
  test.clock.time = new Date(test.clock.time.getTime() + hours * HOUR);
};

describe('the counts of a flow', () => {
  it('say who came, which port they took, where they ended, and who waits', async () => {
    await write(ANA, 'hi');
    await write(ANA, 'red');
    await write(BO, 'hi');
    later(1);
    expect(await counts()).toMatchObject({
      sessions: 2,
      ended: { done: 1 },
      nodes: {
        start: { entered: 2, waiting: 0 },
        colour: { entered: 2, left: {}, waiting: 1 },
        bye: { entered: 1, left: { done: 1 }, waiting: 0 },
      },
      ports: { 'start next': 2, 'colour next': 1, 'bye next': 1 },
      series: { unit: 'day', points: [{ at: '2026-03-02T00:00:00.000Z', sessions: 2, entered: 0 }] },
    });
  });

  it('go by hours in a short range, by days in a long one, and end with the range', async () => {
    await write(ANA, 'hi');
    later(1);
    await write(BO, 'hi');
    later(30);
    expect((await counts('?from=2026-03-02T00:00:00Z&node=colour')).series).toEqual({
      unit: 'hour',
      points: [
        { at: '2026-03-02T09:00:00.000Z', sessions: 1, entered: 1 },
        { at: '2026-03-02T10:00:00.000Z', sessions: 1, entered: 1 },
      ],
    });
    expect((await counts('?from=2026-03-02T10:00:00Z&to=2026-03-03T00:00:00Z')).sessions).toBe(1);
    expect((await counts('?from=2025-04-01T00:00:00Z')).sessions).toBe(2);
    expect((await counts('?from=2026-02-20T12:00:00Z&to=2026-03-02T10:00:00%2B01:00')).sessions).toBe(0);
  });

  it('tell a long range by hours too, as long as they are kept, with the same sums', async () => {
    await write(ANA, 'hi');
    later(30);
    await write(BO, 'hi');
    later(1);
    const range = '?from=2026-02-20T12:00:00Z&node=colour';
    const byDay = await counts(range);
    const byHour = await counts(`${range}&unit=hour`);
    expect(byHour).toEqual({
      ...byDay,
      series: {
        unit: 'hour',
        points: [
          { at: '2026-03-02T09:00:00.000Z', sessions: 1, entered: 1 },
          { at: '2026-03-03T15:00:00.000Z', sessions: 1, entered: 1 },
        ],
      },
    });
    expect(byDay.series.unit).toBe('day');
    expect((await counts('?from=2026-03-02T00:00:00Z&unit=day')).series).toEqual({
      unit: 'day',
      points: [
        { at: '2026-03-02T00:00:00.000Z', sessions: 1, entered: 0 },
        { at: '2026-03-03T00:00:00.000Z', sessions: 1, entered: 0 },
      ],
    });
    expect(await counts('?from=2025-11-01T00:00:00Z&unit=hour')).toMatchObject({
      status: 422,
      errors: [{ path: '/unit', code: 'hours_gone' }],
    });
  });

  it('keep versions apart', async () => {
    await write(ANA, 'hi');
    const [, ask] = quiz.nodes;
    const document = {
      ...quiz,
      nodes: quiz.nodes.map((node) => (node === ask ? { ...node, config: { ...ask.config, text: 'Which?' } } : node)),
    };
    await acme.call('PUT', `/api/flows/${flow}`, { document });
    await acme.call('POST', `/api/flows/${flow}/publish`, {});
    later(1);
    await write(BO, 'hi');
    later(1);
    expect((await counts('?version=1')).nodes.colour).toMatchObject({ entered: 1, waiting: 1 });
    expect((await counts('?version=2')).nodes.colour).toMatchObject({ entered: 1, waiting: 1 });
    expect((await counts()).sessions).toBe(2);
  });

  it.each([
    ['?from=2026-03-02T09:00:00Z&to=2026-03-01T09:00:00Z', '/from'],
    ['?from=2024-01-01T00:00:00Z', '/from'],
    ['?from=yesterday', '/from'],
    ['?version=one', '/version'],
    ['?other=1', ''],
  ])('refuse %s', async (query, path) => {
    const refused = await acme.call('GET', `/api/flows/${flow}/counts${query}`);
    expect(refused.statusCode).toBe(422);
    expect(refused.json().errors[0].path).toContain(path);
  });

  it('are nobody else’s', async () => {
    const conversation = await write(ANA, 'hi');
    const other = await test.program();
    for (const path of [
      `flows/${flow}/counts`,
      `flows/${flow}/counts/colour/contacts`,
      `conversations/${conversation}/journey`,
    ])
      expect((await other.call('GET', `/api/${path}`)).statusCode).toBe(404);
  });

  it('are seen by who may see bots; people and their words only by who may see chats', async () => {
    const { organization } = acme;
    const maker = await test.program({ organization, scopes: ['whatsapp_bot:view'] });
    expect((await maker.call('GET', `/api/flows/${flow}/counts`)).statusCode).toBe(200);
    expect((await maker.call('GET', `/api/flows/${flow}/counts/colour/contacts`)).statusCode).toBe(403);
    expect((await maker.call('GET', '/api/conversations/cnv_x/journey')).statusCode).toBe(403);
  });
});

describe('who came by last', () => {
  it('is told with what they wrote, the newest first', async () => {
    await write(ANA, 'hi');
    later(1);
    await write(BO, 'hi');
    later(1);
    await write(ANA, 'red');
    const came = await contacts('colour');
    expect(came.map((one: { contact: { name: string }; text: string }) => [one.contact.name, one.text])).toEqual([
      ['Bo', 'hi'],
      ['Ana', 'hi'],
    ]);
    expect(await contacts('colour', '?port=next')).toMatchObject([{ contact: { name: 'Ana' }, text: 'red' }]);
    expect(await contacts('bye', '?port=$out')).toMatchObject([{ contact: { name: 'Ana' } }]);
    expect(await contacts('nowhere')).toEqual([]);
  });

  it('forgets people who were deleted', async () => {
    await write(ANA, 'hi');
    const [{ contact }] = await contacts('colour');
    await test.connection.collection<{ _id: string }>('contacts').deleteOne({ _id: contact.id });
    expect(await contacts('colour')).toEqual([]);
  });
});

describe('the journey of a conversation', () => {
  const journey = async (id: string, query = '') =>
    (await acme.call('GET', `/api/conversations/${id}/journey${query}`)).json();

  it('tells each step: what happened, the way, what was said', async () => {
    const id = await write(ANA, 'hi');
    expect(await journey(id)).toMatchObject({ variables: {}, sessions: [{ ended: null }] });
    await write(ANA, 'red');
    const { steps, sessions, variables, next, conversation } = await journey(id);
    expect(conversation.contact.name).toBe('Ana');
    expect(sessions).toMatchObject([{ flow, flowName: 'Quiz', version: 1, ended: 'done' }]);
    expect(steps).toMatchObject([
      {
        event: { kind: 'message', text: 'hi' },
        visits: [
          { node: 'start', port: null },
          { node: 'start', port: 'next' },
          { node: 'colour', port: null },
        ],
        node: 'colour',
        effects: [{ kind: 'message.send', text: 'Your colour?' }],
        ended: null,
      },
      {
        event: { kind: 'message', text: 'red' },
        visits: [
          { node: 'colour', port: 'next' },
          { node: 'bye', port: null },
          { node: 'bye', port: 'next' },
        ],
        node: 'bye',
        effects: [{ kind: 'message.send', text: 'Lovely, red' }],
        ended: 'done',
        fault: null,
      },
    ]);
    expect([variables, next]).toEqual([null, null]);
  });

  it('is read in pages, and none is cut or told twice', async () => {
    let id = '';
    for (let round = 0; round < 4; round++) {
      id = await write(ANA, 'hi');
      await write(ANA, `answer ${round}`);
    }
    const found: string[] = [];
    let before = '';
    do {
      const page = await journey(id, `?limit=3${before}`);
      found.unshift(...page.steps.map((step: { event: { text: string } }) => step.event.text));
      before = page.next === null ? '' : `&before=${page.next}`;
    } while (before !== '');
    expect(found).toEqual([0, 1, 2, 3].flatMap((round) => ['hi', `answer ${round}`]));
  });

  it('says there is none where there is none', async () => {
    expect((await acme.call('GET', '/api/conversations/cnv_none/journey')).statusCode).toBe(404);
    const id = await write('447700900009', 'nothing that a flow knows');
    expect(await journey(id)).toMatchObject({ steps: [], sessions: [], next: null });
  });
});
