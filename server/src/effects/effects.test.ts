import type { Effect, JsonObject } from '@parley/runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openHome, startEngineWorld } from '../engine/testing/world.ts';
import { createContactStore } from '../storage/contacts.ts';
import { newId } from '../storage/ids.ts';
import { type Program, startTestApp, type TestApp } from '../testing/app.ts';
import { flowOf, publish } from '../testing/flows.ts';

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
const onHi = { id: 'hi', type: 'trigger.message', config: { match: 'keyword', keywords: ['hi'] } };

async function write(text: string, more: object = {}): Promise<string> {
  const body = { from: PHONE, text, ...more };
  const { conversationId } = (await acme.call('POST', `/api/channels/${channel}/inbound`, body)).json();
  await test.engine.settle();
  return conversationId;
}
const texts = async (): Promise<string[]> => {
  const { items } = (
    await acme.call('GET', `/api/channels/${channel}/outbound?to=${encodeURIComponent(PHONE)}`)
  ).json();
  return items.map((one: { text: string }) => one.text);
};
const stores = () => ({ contacts: createContactStore(test.connection, newId, () => test.clock.time) });
const contact = () => test.connection.collection('contacts').findOne({ organization: acme.organization });
const journal = async (): Promise<
  { deeds: { type: string; problem: string | null }[]; fault: unknown; trigger: unknown }[]
> => {
  const { items } = (await acme.call('GET', '/api/webhook-log?limit=100&sort=acceptedAt')).json();
  return items.map(({ step }: { step: never }) => step);
};

describe('what a flow does to a contact', () => {
  it('is there for the next node, the next event of the same turn, and for ever', async () => {
    await publish(
      acme,
      flowOf(onHi, [
        { type: 'contact.tag', config: { add: ['vip', 'new'], remove: ['lost'] } },
        { type: 'contact.group', config: { add: ['Guests'], remove: [] } },
        { type: 'contact.update', config: { fields: { language: 'pt' }, attributes: { size: 3 } } },
        { type: 'contact.consent', config: { marketing: 'given' } },
        { type: 'chat.send', config: { text: '{{contact.tags}} {{contact.groups}} {{contact.attributes.size}}' } },
      ]),
    );
    await write('hi');
    expect(await texts()).toEqual([expect.stringMatching(/vip.*new.*Guests 3/)]);
    expect(await contact()).toMatchObject({
      tags: ['vip', 'new'],
      language: 'pt',
      attributes: { size: 3 },
      consent: { service: true, marketing: true },
      groups: [expect.stringMatching(/^grp_/)],
    });
    await write('hi');
    expect((await contact())?.groups).toHaveLength(1);
  });

  it('is done once for a message that comes twice', async () => {
    await publish(acme, flowOf(onHi, [{ type: 'people.note', config: { text: 'Again' } }]));
    const conversation = await write('hi', { id: 'one' });
    await write('hi', { id: 'one' });
    const { items } = (await acme.call('GET', `/api/conversations/${conversation}/notes`)).json();
    expect(items).toMatchObject([{ text: 'Again', conversationId: conversation, author: { kind: 'bot' } }]);
    expect(await texts()).toEqual([]);
  });
});

describe('what a contact cannot hold', () => {
  const update = async (number: number, attributes: JsonObject) => {
    const { contacts } = stores();
    const id = await contacts.resolve(acme.organization, [{ kind: 'wa_id', value: '447700900123' }]);
    return contacts.update(acme.organization, id, `deed.${number}`, { fields: {}, attributes });
  };

  it.each(['a.b', '$set', 'nul\0'])('is named with a remedy: the key %j', async (key) => {
    expect(await update(0, { inside: { [key]: 1 } })).toContain('cannot be kept. Use letters');
  });

  it('is more than 256,000 bytes of attributes, however they came together', async () => {
    const much = 'é'.repeat(30_000);
    for (let number = 0; number < 4; number++) expect(await update(number, { [`a${number}`]: much })).toBe(null);
    expect(await update(4, { a4: much })).toContain('at most 256000 are kept');
    expect(await update(5, { a3: 'less' })).toBe(null);
  });
});

describe('what a flow does to a conversation', () => {
  it('shows in the API, and an unknown assignee in the journal', async () => {
    const user = await test.accounts.addUser(
      { name: 'Bo', email: `bo@${acme.organization.toLowerCase()}.com`, passwordHash: 'x' },
      acme.organization,
      'admin',
    );
    const sort = { labels: { add: ['late'], remove: [] }, priority: 'high', team: 'Sales' };
    await publish(
      acme,
      flowOf(onHi, [
        { type: 'people.assign', config: { ...sort, assignee: `BO@${acme.organization.toLowerCase()}.com` } },
        { type: 'people.assign', config: { assignee: 'nobody@example.com' } },
        { type: 'people.notify', config: { user: user.id, text: 'Hi Bo' } },
      ]),
    );
    const conversation = await write('hi');
    const shown = (await acme.call('GET', `/api/conversations/${conversation}`)).json();
    expect(shown).toMatchObject({
      assignee: user.id,
      labels: ['late'],
      priority: 'high',
      team: 'Sales',
      owner: { kind: 'bot' },
    });
    const told = await test.connection.collection('notifications').find({ user: user.id }).toArray();
    expect(told).toMatchObject([{ text: 'Hi Bo', organization: acme.organization }]);
    expect((await journal())[0]?.deeds).toMatchObject([
      { type: 'conversation.update', problem: null },
      { type: 'conversation.update', problem: expect.stringContaining('nobody@example.com') },
      { type: 'notification.create', problem: null },
    ]);
  });

  it('knows nobody of another organization', async () => {
    const other = await test.program();
    const account = { name: 'Eve', email: `eve@${other.organization.toLowerCase()}.com`, passwordHash: 'x' };
    const eve = await test.accounts.addUser(account, other.organization, 'admin');
    await publish(
      acme,
      flowOf(onHi, [
        { type: 'people.assign', config: { assignee: eve.id } },
        { type: 'people.notify', config: { user: eve.email, text: 'Hi Eve' } },
      ]),
    );
    const conversation = await write('hi');
    expect((await acme.call('GET', `/api/conversations/${conversation}`)).json().assignee).toBe(null);
    expect(await test.connection.collection('notifications').countDocuments({ user: eve.id })).toBe(0);
  });
});

describe('a flow that starts another', () => {
  const other = (text: string) =>
    flowOf({ id: 'on', type: 'trigger.event', config: { name: 'never' } }, [{ type: 'chat.send', config: { text } }]);

  it('gives its place to it, with values', async () => {
    const id = await publish(acme, other('Hello {{who}}'));
    await publish(acme, flowOf(onHi, [{ type: 'flow.start', config: { flow: id, variables: { who: 'you' } } }]));
    await write('hi');
    expect(await texts()).toEqual(['Hello you']);
  });

  it('begins none of another organization, nor one that is switched off: the journal says so', async () => {
    const foreign = await publish(await test.program(), other('Foreign'));
    await publish(acme, flowOf(onHi, [{ type: 'flow.start', config: { flow: foreign } }]));
    await write('hi');
    expect(await texts()).toEqual([]);
    expect((await journal()).map((step) => step.fault)).toContainEqual(
      expect.objectContaining({ code: 'flow_unknown' }),
    );
  });

  it('does not go round for ever', async () => {
    const rings = flowOf({ id: 'on', type: 'trigger.event', config: { name: 'ring', whenBusy: 'replace' } }, [
      { type: 'chat.send', config: { text: 'Ring' } },
      { type: 'event.emit', config: { name: 'ring' } },
    ]);
    await publish(acme, rings);
    await publish(acme, flowOf(onHi, [{ type: 'event.emit', config: { name: 'ring' } }]));
    await write('hi');
    expect((await texts()).length).toBe(10);
    const faults = (await journal()).map((step) => step.fault);
    expect(faults).toContainEqual(expect.objectContaining({ code: 'flow_loop' }));
  });
});

describe('two events of one commit', () => {
  it('begin one after the other: the second waits until the calls of the first are over', async () => {
    const paid = (number: number) => ({ type: 'event.emit', config: { name: 'paid', data: { number } } });
    const trigger = { id: 'on', type: 'trigger.event', config: { name: 'paid', whenBusy: 'replace' } };
    const call = { type: 'data.code', config: { code: 'return 1;', saveAs: 'one' } };
    await publish(acme, flowOf(trigger, [call, { type: 'chat.send', config: { text: 'Paid {{event.number}}' } }]));
    await publish(acme, flowOf(onHi, [paid(1), paid(2)]));
    await write('hi');
    expect(await texts()).toEqual(['Paid 1', 'Paid 2']);
  });
});

describe('flows that begin two others each', () => {
  it('are counted all together: no storm of messages', async () => {
    const ring = { type: 'event.emit', config: { name: 'ring' } };
    const trigger = { id: 'on', type: 'trigger.event', config: { name: 'ring', whenBusy: 'replace' } };
    await publish(acme, flowOf(trigger, [{ type: 'chat.send', config: { text: 'Ring' } }, ring, ring]));
    await publish(acme, flowOf(onHi, [ring]));
    await write('hi');
    expect((await texts()).length).toBe(10);
    await write('hi'); // the person is there: from the beginning
    expect((await texts()).length).toBe(20);
  });
});

describe('a process that dies between a commit and its effects', () => {
  const every: Effect['type'][] = ['contact.tag', 'conversation.note', 'event.emit'];
  const flow = flowOf({ id: 'any', type: 'trigger.message', config: { match: 'any' } }, [
    { type: 'contact.tag', config: { add: ['vip'], remove: [] } },
    { type: 'people.note', config: { text: 'Note' } },
    { type: 'event.emit', config: { name: 'happened' } },
    { type: 'chat.send', config: { text: 'Said' } },
  ]);

  for (const [place, times] of [
    ['before deed', 1],
    ['after deed', 1],
    ['after deed', 2],
    ['after deed', every.length],
    ['before S7', 1],
    ['after S7', 1],
    ['after deeds', 1],
  ] as const) {
    it(`does each once, whoever goes on (${place}, ${times})`, async () => {
      const home = await openHome();
      const world = await startEngineWorld(home.connection, { flow, timing: { lease: 20 } });
      try {
        let left: number = times;
        const dying = world.worker({
          crashpoint: (name) => {
            if (name !== place) return;
            left--;
            if (left === 0) throw new Error('the process died');
          },
        });
        const conversation = await world.hear(dying, '447700900001', 'hello');
        await dying.settle().catch(() => undefined);
        world.worker();
        await world.rest();
        expect(left).toBeLessThanOrEqual(0);
        const kept = await world.document(conversation);
        expect(kept).toMatchObject({ deeds: [] });
        expect(world.provider.texts()).toEqual(['Said']);
        expect(await world.database.collection('contacts').findOne({})).toMatchObject({ tags: ['vip'] });
        expect(await world.database.collection('notes').countDocuments({})).toBe(1);
        expect(await world.rows({ kind: 'event' })).toHaveLength(1);
      } finally {
        await world.stop();
        await home.close();
      }
    });
  }
});
