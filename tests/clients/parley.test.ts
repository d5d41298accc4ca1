import type { BusinessNumber } from '@parley/server/src/simulator/network/model.ts';
import { rule } from '@parley/server/src/simulator/testing/rule.ts';
import { type RunningSimulator, startSimulator } from '@parley/server/src/simulator/testing/start.ts';
import { until } from '@parley/server/src/testing/until.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, type RunningParley, startParley } from '../browser/support/parley.ts';

// Parley as it is delivered, in a process of its own, between the simulator and its phones: HTTP both ways
const PATIENCE = 15_000; // ms for a message to make its way
const HURRY = '10'; // engine waits are lived ten times as fast

/** A PNG of one pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const EDGES = ['next:start:sure', 'yes:sure:good', 'no:sure:pity'];
const FLOW = {
  format: 'parley.flow/1',
  name: 'Sure?',
  nodes: [
    { id: 'start', type: 'trigger.message', config: { match: 'any' } },
    {
      id: 'sure',
      type: 'chat.buttons',
      config: {
        text: 'Sure, {{contact.firstName}}?',
        buttons: [
          { id: 'yes', title: 'Yes' },
          { id: 'no', title: 'No' },
        ],
      },
    },
    { id: 'good', type: 'chat.send', config: { text: 'Good.' } },
    { id: 'pity', type: 'chat.send', config: { text: 'Pity.' } },
  ],
  edges: EDGES.map((edge, index) => {
    const [sourceHandle, source, target] = edge.split(':');
    return { id: `e${index}`, source, sourceHandle, target };
  }),
};

interface List<Item> {
  items: Item[];
}
interface Connected {
  webhook: { inbound: string; status: string };
}
interface Shown {
  text: string;
  status: string;
  direction: string;
  attachments: { url: string; contentType: string; size: number }[];
}

let simulator: RunningSimulator;
let parley: RunningParley;
let cookie = '';

async function api<Answer = { id: string }>(method: string, path: string, body?: unknown): Promise<Answer> {
  const headers = { cookie, origin: parley.url, ...(body !== undefined && { 'content-type': 'application/json' }) };
  const answer = await fetch(parley.url + path, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const [made] = answer.headers.getSetCookie();
  if (made !== undefined) cookie = made.split(';', 1)[0] ?? '';
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text === '' ? '{}' : text) as Answer;
}

beforeAll(async () => {
  simulator = await startSimulator();
  const env = {
    META_GRAPH_URL: simulator.url,
    TWILIO_API_URL: simulator.url,
    PARLEY_TEST_HURRY: HURRY,
    LOG_LEVEL: 'warn',
  };
  parley = await startParley({ admin: ADMIN, env });
  await api('POST', '/api/auth/login', ADMIN);
  const { id } = await api('POST', '/api/flows', { document: FLOW });
  await api('POST', `/api/flows/${id}/publish`, {});
});
afterAll(async () => {
  await parley?.stop();
  await simulator?.close();
});

/** A number of the provider's, connected to Parley as its owner would. */
const connect = {
  meta: async (): Promise<BusinessNumber> => {
    const number = simulator.addMeta();
    const { id: businessAccountId, accessToken, appSecret } = number.account;
    const facts = {
      phoneNumberId: number.id,
      businessAccountId,
      accessToken,
      appSecret,
      verifyToken: number.verifyToken,
    };
    const channel = await api<Connected>('POST', '/api/channels', { provider: 'meta', name: 'Meta', ...facts });
    const { inbound } = channel.webhook;
    const patched = await simulator.control('PATCH', `/numbers/${number.id}`, { webhookUrl: inbound });
    expect(patched.body).toMatchObject({ webhook: { verified: true } });
    return number;
  },
  twilio: async (): Promise<BusinessNumber> => {
    const number = simulator.addTwilio();
    const { id: accountSid, authToken } = number.account;
    const channel = await api<Connected>('POST', '/api/channels', {
      provider: 'twilio',
      name: 'Twilio',
      from: number.address,
      accountSid,
      authToken,
    });
    const { inbound, status } = channel.webhook;
    await simulator.control('PATCH', `/numbers/${number.id}`, { webhookUrl: inbound, statusUrl: status });
    return number;
  },
};

describe.each(['meta', 'twilio'] as const)('over %s', (provider) => {
  let number: BusinessNumber;
  let phones = 0;
  beforeAll(async () => {
    number = await connect[provider]();
  });

  /** A customer who has never written before. */
  function somebody() {
    phones += 1;
    const phone = `+44770090${provider === 'meta' ? '1' : '2'}${String(phones).padStart(3, '0')}`;
    simulator.addCustomer(phone);
    const act = (what: Record<string, unknown>) => simulator.act(number, what, phone);
    const got = async () => (await simulator.chat(number, phone)).filter(({ from }) => from === 'business');
    return {
      phone,
      act,
      says: (text: string) => act({ type: 'text', text }),
      got,
      texts: async () => (await got()).map(({ text }) => text),
      gets: (text: string) =>
        until(`${phone} gets ${text}`, PATIENCE, async () => (await got()).find((one) => one.text === text) ?? null),
    };
  }

  /** What Parley knows of what it sent to this customer. */
  const sentTo = async (phone: string) =>
    (await messagesWith(phone)).filter(({ direction }) => direction === 'OUTBOUND');

  async function messagesWith(phone: string): Promise<Shown[]> {
    const { items } = await api<List<{ id: string; contact: { phone: string } }>>(
      'GET',
      '/api/conversations?limit=200',
    );
    const conversation = items.find(({ contact }) => contact.phone === phone);
    if (!conversation) return [];
    const messages = await api<List<Shown>>('GET', `/api/conversations/${conversation.id}/messages`);
    return messages.items;
  }
  const isSeen = (phone: string, status: string) =>
    until(`${status} at ${phone}`, PATIENCE, async () => {
      const sent = await sentTo(phone);
      return sent.length > 0 && sent.every((one) => one.status === status) ? sent : null;
    });

  it('answers with buttons, hears the press, and knows what was read though it was told out of order', async () => {
    await simulator.script({ statuses: { order: 'shuffled', duplicate: true } });
    const ana = somebody();
    await ana.says('hi');
    const asked = await ana.gets('Sure, Ana?');
    expect(asked).toMatchObject({ interactive: { type: 'buttons', buttons: [{ title: 'Yes' }, { title: 'No' }] } });
    await ana.act({ type: 'button', id: 'no' });
    await ana.gets('Pity.');
    await isSeen(ana.phone, 'DELIVERED');
    await simulator.control('POST', `/phones/${ana.phone}/chats/${number.id}/read`, {});
    await isSeen(ana.phone, 'READ');
  });

  it('tries again after a rate limit', async () => {
    const bo = somebody();
    await simulator.script({ rules: [rule('rate-limit', { provider, to: bo.phone }, { times: 1, status: 429 })] });
    await bo.says('hi');
    await bo.gets('Sure, Ana?');
    expect(await bo.texts()).toEqual(['Sure, Ana?']);
  });

  it('does not say twice what the provider took without an answer', async () => {
    const cy = somebody();
    await simulator.script({ rules: [rule('timeout-after-accept', { provider, to: cy.phone }, { times: 1 })] });
    await cy.says('hi');
    await isSeen(cy.phone, 'DELIVERED');
    await cy.act({ type: 'button', id: 'yes' });
    await cy.gets('Good.');
    expect(await cy.texts()).toEqual(['Sure, Ana?', 'Good.']);
  });

  it('keeps the picture that a customer sends', async () => {
    const ed = somebody();
    const bytes = Buffer.from(PIXEL, 'base64');
    await ed.act({ type: 'image', text: 'look', media: { dataBase64: PIXEL, contentType: 'image/png' } });
    const file = await until('the file', PATIENCE, async () => {
      const messages = await messagesWith(ed.phone);
      return messages.flatMap(({ attachments }) => attachments).find(({ size }) => size > 0) ?? null;
    });
    expect(file.contentType).toBe('image/png');
    const answer = await fetch(new URL(file.url, parley.url), { headers: { cookie } });
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it('shows what failed later', async () => {
    const di = somebody();
    const code = provider === 'meta' ? 131026 : 63024;
    await simulator.script({ rules: [rule('later-status', { provider, to: di.phone }, { code })] });
    await di.says('hi');
    const [sent] = await isSeen(di.phone, 'FAILED');
    expect(sent).toMatchObject({
      error: { code: String(code), reason: expect.any(String), remedy: expect.any(String) },
    });
  });
});
