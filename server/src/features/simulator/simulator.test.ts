import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rule } from '../../simulator/testing/rule.ts';
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

  it('is heard of by its number', async () => {
    expect((await act({ type: 'text', text: 'hello' })).statusCode).toBe(202);
    expect((await acme.call('GET', `/api/channels/${channel}`)).json().heardFromAt).toBe(test.clock.time.toISOString());
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

  it('lets go wrong what the channel’s script says, until the script is taken away', async () => {
    const trigger = { id: 'start', type: 'trigger.message', config: { match: 'keyword', keywords: ['rehearse'] } };
    await publish(acme, flowOf(trigger, [{ type: 'chat.send', config: { text: 'rehearsed' } }]));
    const playing = (script: object) => acme.call('PATCH', `/api/channels/${channel}`, { settings: { script } });
    const later = rule('later-status', { text: 'rehearsed' }, { code: 131026 });
    const changed = await playing({ rules: [later] });
    expect(changed.json().settings).toMatchObject({ unanswered: 'retry', script: { rules: [later] } });
    await act({ type: 'text', text: 'rehearse' });
    const newest = async () => (await acme.call('GET', `/api/channels/${channel}/outbound`)).json().items.at(-1);
    const ended = (status: string) =>
      until(status, 5_000, async () => {
        const message = await newest();
        return message?.text === 'rehearsed' && message.status === status ? message : null;
      });
    expect(await ended('FAILED')).toMatchObject({ error: { code: '131026', remedy: expect.any(String) } });
    await playing({});
    await act({ type: 'text', text: 'rehearse' });
    await ended('DELIVERED');
  });

  it.each([
    [{ rules: [rule('slow', {}, { times: 0 })] }, '/settings/script/rules/0/times'],
    [{ webhooks: {} }, '/settings/script/webhooks'],
  ])('refuses the script %j by the name of the field', async (script, path) => {
    const answer = await acme.call('PATCH', `/api/channels/${channel}`, { settings: { script } });
    expect([answer.statusCode, answer.json().errors[0].path]).toEqual([422, path]);
  });

  it('plays scripts on trial channels only', async () => {
    const meta = { phoneNumberId: '7001', businessAccountId: '7002', accessToken: 'a', appSecret: 'b' };
    const { id } = (await acme.call('POST', '/api/channels', { provider: 'meta', name: 'Real', ...meta })).json();
    const answer = await acme.call('PATCH', `/api/channels/${id}`, { settings: { script: {} } });
    expect([answer.statusCode, answer.json().errors[0].path]).toEqual([422, '/settings/script']);
  });
});
