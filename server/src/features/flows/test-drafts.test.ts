import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Program, startTestApp, type TestApp } from '../../testing/app.ts';
import { createFlowStore } from './store.ts';

let test: TestApp;
let acme: Program;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());
beforeEach(async () => {
  acme = await test.program();
});

const PHONE = '+447911123456';
const greeting = (text: string) => ({
  format: 'parley.flow/1',
  name: 'Greeting',
  nodes: [
    { id: 'start', type: 'trigger.message', config: { match: 'any' } },
    { id: 'hello', type: 'chat.send', config: { kind: 'text', text } },
  ],
  edges: [{ id: 'e1', source: 'start', sourceHandle: 'next', target: 'hello' }],
});
const created = async (document: object = greeting('One')): Promise<string> =>
  (await acme.call('POST', '/api/flows', { document })).json().id;
const choose = (id: string, contacts: unknown) => acme.call('PUT', `/api/flows/${id}/testers`, { contacts });
const share = (id: string, body: object = {}) => acme.call('POST', `/api/flows/${id}/test-draft`, body);
const testing = async (id: string) => (await acme.call('GET', `/api/flows/${id}/testers`)).json();
const publish = (id: string) => acme.call('POST', `/api/flows/${id}/publish`, {});
const tested = () => createFlowStore(test.connection).testFlows(acme.organization);

describe('testers of a draft', () => {
  it('are numbers and contacts, each once, however they are written', async () => {
    const id = await created();
    expect(await testing(id)).toEqual({ contacts: [], shared: null });
    const chosen = await choose(id, ['+44 (7911) 123-456', PHONE, 'con_01ABC']);
    expect(chosen.json()).toEqual({ contacts: [PHONE, 'con_01ABC'], shared: null });
    expect(await testing(id)).toEqual(chosen.json());
  });

  it.each([[['07911 123456']], [['Ana']], [['']], [[{ $ne: 1 }]], ['x'], [Array(51).fill(PHONE)]])(
    'refuse %j',
    async (contacts) => {
      const refused = await choose(await created(), contacts);
      expect([refused.statusCode, refused.json().errors[0].path]).toEqual([422, expect.stringMatching(/^\/contacts/)]);
    },
  );

  it('get the draft as it is when it is shared, without a number of the published versions', async () => {
    const id = await created();
    await publish(id);
    await choose(id, [PHONE]);
    await acme.call('PUT', `/api/flows/${id}`, { document: greeting('Two') });
    expect((await share(id)).json()).toMatchObject({ shared: { revision: 2, author: 'test' } });
    await acme.call('PUT', `/api/flows/${id}`, { document: greeting('Three') });
    expect(await tested()).toMatchObject([
      { flow: id, version: -1, testers: [PHONE], document: { nodes: [{}, { config: { text: 'Two' } }] } },
    ]);
    const { items } = (await acme.call('GET', `/api/flows/${id}/versions`)).json();
    expect(items.map(({ version }: { version: number }) => version)).toEqual([1]);
    await share(id);
    expect(await tested()).toMatchObject([{ version: -2 }]);
    expect((await publish(id)).json().version).toBe(2);
  });

  it('get what everybody gets after a publishing, an end, and a deletion', async () => {
    const id = await created();
    await choose(id, [PHONE]);
    await share(id);
    expect(await tested()).toHaveLength(1);
    await publish(id);
    expect([await tested(), await testing(id)]).toEqual([[], { contacts: [PHONE], shared: null }]);
    await share(id);
    await acme.call('DELETE', `/api/flows/${id}/test-draft`);
    expect(await tested()).toEqual([]);
    await share(id);
    await acme.call('DELETE', `/api/flows/${id}`);
    expect(await tested()).toEqual([]);
    // The sessions that pinned it go on
    expect(await createFlowStore(test.connection).version(acme.organization, id, -1)).toMatchObject({ version: -1 });
  });

  it('go on with the draft while the bot is switched off', async () => {
    const id = await created();
    await publish(id);
    await choose(id, [PHONE]);
    await share(id);
    await acme.call('POST', `/api/flows/${id}/deactivate`);
    expect(await tested()).toHaveLength(1);
    await choose(id, []);
    expect(await tested()).toEqual([]);
  });

  it('are asked for, and so is a draft without errors that the caller has seen', async () => {
    const id = await created();
    expect((await share(id)).json().code).toBe('no_testers');
    await choose(id, [PHONE]);
    expect((await share(id, { revision: 7 })).json().code).toBe('revision_conflict');
    const broken = await created({ ...greeting('x'), nodes: [{ id: 'a', type: 'chat.send', config: {} }], edges: [] });
    await choose(broken, [PHONE]);
    expect((await share(broken)).json().code).toBe('flow_has_errors');
  });

  it('are nobody else’s', async () => {
    const id = await created();
    await choose(id, [PHONE]);
    await share(id);
    const other = await test.program();
    const calls = [
      other.call('GET', `/api/flows/${id}/testers`),
      other.call('PUT', `/api/flows/${id}/testers`, { contacts: ['+447900000000'] }),
      other.call('POST', `/api/flows/${id}/test-draft`, {}),
      other.call('DELETE', `/api/flows/${id}/test-draft`),
    ];
    expect((await Promise.all(calls)).map(({ statusCode }) => statusCode)).toEqual([404, 404, 404, 404]);
    expect(await createFlowStore(test.connection).testFlows(other.organization)).toEqual([]);
    expect((await testing(id)).contacts).toEqual([PHONE]);
  });
});
