import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Program, startTestApp, type TestApp } from '../../testing/app.ts';
import { flowOf, publish } from '../../testing/flows.ts';

let test: TestApp;
let acme: Program;
let channel: string;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());
beforeEach(async () => {
  acme = await test.program();
  channel = (await acme.call('POST', '/api/channels', { provider: 'simulator', name: 'Phone' })).json().id;
});

const PHONE = '+447700900123';
const say = (text: string) => ({ type: 'chat.send', config: { text } });
const hooked = (whenBusy = 'skip') =>
  flowOf({ id: 'hook', type: 'trigger.webhook', config: { phone: 'customer.phone', whenBusy } }, [
    say('Order {{webhook.order}}'),
    { type: 'chat.ask', config: { text: 'Fine?' } },
  ]);

async function addressOf(flow: string): Promise<string> {
  const { webhooks } = (await acme.call('GET', `/api/flows/${flow}`)).json();
  const { pathname, search } = new URL(webhooks[0].url);
  return pathname + search;
}
const call = (url: string, payload: object, headers: Record<string, string> = {}) =>
  test.app.inject({ method: 'POST', url, payload, headers });
const order = (number: number) => ({ order: number, customer: { phone: PHONE } });
async function texts(phone = PHONE): Promise<string[]> {
  await test.engine.settle();
  const { items } = (
    await acme.call('GET', `/api/channels/${channel}/outbound?to=${encodeURIComponent(phone)}`)
  ).json();
  return items.map((one: { text: string }) => one.text);
}
async function decisions(): Promise<unknown[]> {
  const { items } = (await acme.call('GET', '/api/webhook-log?limit=100')).json();
  return items.map(({ step }: { step: { trigger: unknown } | null }) => step?.trigger ?? null);
}

describe('the webhook of a flow', () => {
  it('begins it for the person in the body, who may be new', async () => {
    const url = await addressOf(await publish(acme, hooked()));
    const answer = await call(url, order(7));
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toEqual({ accepted: true, conversationId: expect.stringMatching(/^cnv_/) });
    expect(await texts()).toEqual(['Order 7', 'Fine?']);
  });

  it('leaves a flow alone that is talking, or takes its place where told so; the decision is kept', async () => {
    const patient = await addressOf(await publish(acme, hooked()));
    await call(patient, order(1));
    await texts();
    await call(patient, order(2));
    expect(await texts()).toEqual(['Order 1', 'Fine?']);
    expect(await decisions()).toContainEqual(
      expect.objectContaining({ kind: 'start', by: 'webhook', skipped: 'busy' }),
    );
    const pushy = await addressOf(await publish(acme, hooked('replace')));
    await call(pushy, order(3));
    expect(await texts()).toEqual(['Order 1', 'Fine?', 'Order 3', 'Fine?']);
  });

  it('never talks over a person', async () => {
    const url = await addressOf(await publish(acme, hooked('replace')));
    const { conversationId } = (await call(url, order(1))).json();
    await texts();
    await acme.call('POST', `/api/conversations/${conversationId}/takeover`, {});
    await call(url, order(2));
    expect(await texts()).toEqual(['Order 1', 'Fine?']);
    expect(await decisions()).toContainEqual(expect.objectContaining({ skipped: 'people' }));
  });

  it('begins once for one Idempotency-Key, and refuses another body with it', async () => {
    const url = await addressOf(await publish(acme, hooked('replace')));
    const key = { 'idempotency-key': 'order-1' };
    const [one, two] = await Promise.all([call(url, order(1), key), call(url, order(1), key)]);
    expect([one.statusCode, two.statusCode]).toEqual([202, 202]);
    expect(await texts()).toEqual(['Order 1', 'Fine?']);
    expect((await call(url, order(2), key)).json()).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
  });

  it('accepts one of two bodies that come with one Idempotency-Key at the same moment, and says so', async () => {
    const url = await addressOf(await publish(acme, hooked('replace')));
    const key = { 'idempotency-key': 'order-1' };
    const answers = await Promise.all([1, 2, 3].map((number) => call(url, order(number), key)));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([202, 422, 422]);
    const accepted = answers.findIndex(({ statusCode }) => statusCode === 202) + 1;
    expect(await texts()).toEqual([`Order ${accepted}`, 'Fine?']);
  });

  it('says which field is wrong', async () => {
    const url = await addressOf(await publish(acme, hooked()));
    for (const body of [{}, { customer: { phone: 'none' } }, { customer: 7 }]) {
      const answer = await call(url, body);
      expect(answer.statusCode).toBe(422);
      expect(answer.json().errors[0]).toMatchObject({ path: '/customer/phone', code: 'invalid_phone' });
    }
    const much = { ...order(1), more: 'x'.repeat(200_000) };
    expect((await call(url, much)).statusCode).toBe(413);
    await acme.call('POST', '/api/channels', { provider: 'simulator', name: 'Second' });
    expect((await call(url, order(1))).json()).toMatchObject({ status: 422, code: 'channel_needed' });
  });

  it('is unknown to whoever has no key of just this trigger', async () => {
    const flow = await publish(acme, hooked());
    const url = await addressOf(flow);
    const other = await addressOf(await publish(acme, hooked()));
    const key = new URL(url, 'http://x').searchParams.get('key');
    const wrong = [
      `/webhook/flows/${flow}/hook`,
      `/webhook/flows/${flow}/hook?key=`,
      `/webhook/flows/${flow}/n0?key=${key}`,
      `/webhook/flows/flw_01ARZ3NDEKTSV4RRFFQ69G5FAV/hook?key=${key}`,
      url.replace(key ?? '', new URL(other, 'http://x').searchParams.get('key') ?? ''),
      `${url}&key=${key}`,
    ];
    const answers = await Promise.all(wrong.map((one) => call(one, order(1))));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(wrong.map(() => 404));
    await acme.call('POST', `/api/flows/${flow}/deactivate`, {});
    expect((await call(url, order(1))).statusCode).toBe(404);
    expect(await texts()).toEqual([]);
  });

  it('shows its address to those only who may edit the flow', async () => {
    const flow = await publish(acme, hooked());
    const reader = await test.program({ organization: acme.organization, scopes: ['whatsapp_bot:view'] });
    expect((await reader.call('GET', `/api/flows/${flow}`)).json().webhooks).toBeUndefined();
  });
});

describe('a business event', () => {
  const listens = (text: string, settings: object = {}) =>
    flowOf({ id: 'paid', type: 'trigger.event', config: { name: 'order.paid' } }, [say(text)], settings);
  const tell = (body: object, who = acme) => who.call('POST', '/api/events', body);

  it('begins the flow of higher priority, and keeps those behind it', async () => {
    const low = await publish(acme, listens('Low {{event.total}}'));
    const high = await publish(acme, listens('High {{event.total}}', { priority: 5 }));
    const answer = await tell({ name: 'order.paid', phone: PHONE, data: { total: 12 } });
    expect(answer.statusCode).toBe(202);
    expect(await texts()).toEqual(['High 12']);
    const decision = {
      kind: 'event',
      by: 'order.paid',
      flow: high,
      skipped: null,
      over: [{ flow: low, node: 'paid', because: 'The priority 5 is above 0.' }],
    };
    expect(await decisions()).toContainEqual(expect.objectContaining(decision));
  });

  it('reaches nobody of another organization', async () => {
    const other = await test.program();
    await publish(acme, listens('Paid'));
    await tell({ name: 'order.paid', phone: PHONE });
    await texts();
    const { _id } = (await test.connection.collection('contacts').findOne({ organization: acme.organization })) ?? {};
    expect((await tell({ name: 'order.paid', contactId: _id }, other)).statusCode).toBe(404);
    expect((await tell({ name: 'order.paid', phone: PHONE, channelId: channel }, other)).statusCode).toBe(404);
    expect(await texts()).toEqual(['Paid']);
  });

  it('begins where the person can be reached, not on a channel that was switched off', async () => {
    await publish(acme, listens('Paid'));
    await acme.call('POST', `/api/channels/${channel}/inbound`, { from: PHONE, text: 'hello' });
    await test.engine.settle();
    await acme.call('PATCH', `/api/channels/${channel}`, { enabled: false });
    const second = (await acme.call('POST', '/api/channels', { provider: 'simulator', name: 'Second' })).json().id;
    const { conversationId } = (await tell({ name: 'order.paid', phone: PHONE })).json();
    const { channel: chosen } = (await acme.call('GET', `/api/conversations/${conversationId}`)).json();
    expect(chosen.id).toBe(second);
  });

  it('says what is missing', async () => {
    for (const body of [
      { name: 'x' },
      { name: 'x', phone: '077' },
      { phone: PHONE },
      { name: 'x', phone: PHONE, extra: 1 },
    ])
      expect((await tell(body)).statusCode).toBe(422);
  });
});

describe('a schedule', () => {
  const DAY = 86_400_000;
  const daily = { every: 'day', at: '09:00', audience: { tags: ['vip'], groups: [] } };
  const schedule = (config: object = daily) =>
    flowOf({ id: 'daily', type: 'trigger.schedule', config }, [say('Good morning')]);
  const later = async (milliseconds: number) => {
    test.clock.time = new Date(test.clock.time.getTime() + milliseconds);
    await test.engine.scheduler.once();
  };

  async function everybody(): Promise<string[]> {
    const phones = ['+447700900201', '+447700900202', '+447700900203'];
    for (const from of phones)
      await acme.call('POST', `/api/channels/${channel}/inbound`, {
        from,
        text: from.endsWith('3') ? 'STOP' : 'hello',
      });
    await test.engine.settle();
    const tagged = { organization: acme.organization };
    await test.connection.collection('contacts').updateMany(tagged, { $set: { tags: ['vip'] } });
    return phones;
  }

  it('begins for each of the audience once, without those who said STOP', async () => {
    const [ana = '', ben = '', cem = ''] = await everybody();
    await publish(acme, schedule());
    await later(60_000);
    expect(await texts(ana)).toEqual([]);
    await later(DAY);
    await later(0);
    expect([await texts(ana), await texts(ben)]).toEqual([['Good morning'], ['Good morning']]);
    expect(await texts(cem)).not.toContain('Good morning');
  });

  it('runs only the latest of what was missed, and goes on', async () => {
    const [ana = ''] = await everybody();
    await publish(acme, schedule());
    await later(5 * DAY);
    await later(0);
    expect(await texts(ana)).toEqual(['Good morning']);
    await later(DAY);
    expect(await texts(ana)).toEqual(['Good morning', 'Good morning']);
  });

  it('stops with its flow, and begins again with it', async () => {
    const [ana = ''] = await everybody();
    const flow = await publish(acme, schedule());
    await acme.call('POST', `/api/flows/${flow}/deactivate`, {});
    await later(DAY);
    expect(await texts(ana)).toEqual([]);
    await acme.call('POST', `/api/flows/${flow}/activate`, {});
    await later(DAY);
    expect(await texts(ana)).toEqual(['Good morning']);
    expect((await acme.call('DELETE', `/api/flows/${flow}`)).statusCode).toBe(204);
    expect(await test.connection.collection('schedules').countDocuments({ flow })).toBe(0);
  });
});
