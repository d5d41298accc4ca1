import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Program, startTestApp, type TestApp } from '../../testing/app.ts';
import { flowOf, publish } from '../../testing/flows.ts';
import { until } from '../../testing/until.ts';

const ANA = '+447700900001';

let test: TestApp;
let acme: Program;
let channel: string;

beforeAll(async () => {
  test = await startTestApp();
  acme = await test.program();
  channel = (await acme.call('POST', '/api/channels', { provider: 'simulator', name: 'Trial' })).json().id;
});
afterAll(() => test.close());

const act = (body: Record<string, unknown>) =>
  acme.call('POST', `/api/channels/${channel}/inbound`, { from: ANA, ...body });
const messages = async (conversation: string): Promise<Record<string, unknown>[]> =>
  (await acme.call('GET', `/api/conversations/${conversation}/messages`)).json().items;
/** The message as the conversation shows it, once it does. */
const shown = ({ messageId, conversationId }: { messageId: string; conversationId: string }) =>
  until('the message', 5_000, async () => (await messages(conversationId)).find(({ id }) => id === messageId) ?? null);

describe('the phone of a trial', () => {
  it.each([
    [
      { type: 'text', text: 'hello' },
      { type: 'TEXT', text: 'hello' },
    ],
    [
      { type: 'list', payload: 'r1', text: 'Row' },
      { type: 'INTERACTIVE', text: 'Row' },
    ],
    [{ type: 'contacts', contacts: [{ name: { formatted_name: 'Bo' } }] }, { type: 'CONTACTS' }],
    [{ type: 'location', location: { latitude: 1, longitude: 2, name: 'Shop' } }, { type: 'LOCATION' }],
    [{ type: 'order', order: { catalog_id: 'c' } }, { type: 'ORDER' }],
    [{ type: 'flow', answers: { size: 'L' } }, { type: 'INTERACTIVE' }],
    [{ type: 'voice', media: { url: 'https://files.example/a.ogg' } }, { type: 'AUDIO' }],
  ])('%j reaches the conversation', async (what, wanted) => {
    const answer = await act(what);
    expect(answer.statusCode).toBe(202);
    expect(await shown(answer.json())).toMatchObject({ direction: 'INBOUND', ...wanted });
  });

  it('changes what it wrote, and answers with the message that it is about', async () => {
    const first = (await act({ type: 'text', text: 'helo', id: 'sim-1' })).json();
    await shown(first);
    const edit = await act({ type: 'edit', target: 'sim-1', text: 'hello' });
    expect(edit.json()).toEqual(first);
    await until('the change', 5_000, async () => (await shown(first)).text === 'hello');
    expect((await act({ type: 'revoke', target: 'sim-1' })).statusCode).toBe(202);
  });

  it.each([
    [{ type: 'text' }, 'text'],
    [{ type: 'button' }, 'payload'],
    [{ type: 'flow' }, 'answers'],
    [{ type: 'edit', text: 'a' }, 'target'],
    [{ type: 'fax' }, 'type'],
  ])('%j is refused by the name of the field', async (what, field) => {
    const answer = await act(what);
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors[0].path).toContain(field);
  });

  it('says that a message has arrived, and that it is read', async () => {
    const trigger = { id: 'start', type: 'trigger.message', config: { match: 'keyword', keywords: ['ping'] } };
    await publish(acme, flowOf(trigger, [{ type: 'chat.send', config: { text: 'pong' } }]));
    await act({ type: 'text', text: 'ping' });
    const got = async () =>
      (await acme.call('GET', `/api/channels/${channel}/outbound?to=${encodeURIComponent(ANA)}`)).json();
    const has = (status: string) => until(status, 5_000, async () => (await got()).items.at(-1)?.status === status);
    await has('DELIVERED');
    expect((await acme.call('POST', `/api/channels/${channel}/read`, { from: ANA })).statusCode).toBe(204);
    await has('READ');
  });
});
