import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Program, startTestApp, type TestApp } from '../../testing/app.ts';

let test: TestApp;
let acme: Program;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());
beforeEach(async () => {
  acme = await test.program();
});

const greeting = (text: string) => ({
  format: 'parley.flow/1',
  name: 'Greeting',
  nodes: [
    { id: 'start', type: 'trigger.message', config: { match: 'keyword', keywords: ['hi'] } },
    { id: 'hello', type: 'chat.send', label: 'Say hello', config: { kind: 'text', text } },
  ],
  edges: [{ id: 'e1', source: 'start', sourceHandle: 'next', target: 'hello' }],
});
const created = async (): Promise<string> =>
  (await acme.call('POST', '/api/flows', { document: greeting('One') })).json().id;
const save = (id: string, text: string) => acme.call('PUT', `/api/flows/${id}`, { document: greeting(text) });
const publish = (id: string, body: object = {}) => acme.call('POST', `/api/flows/${id}/publish`, body);
const versions = async (id: string, query = '') =>
  (await acme.call('GET', `/api/flows/${id}/versions?sort=-createdAt${query}`)).json();

describe('the names of versions', () => {
  it('come with the publishing, and can be changed and taken away', async () => {
    const id = await created();
    await publish(id, { name: 'Summer sale', note: 'Shorter' });
    expect((await versions(id)).items[0]).toMatchObject({
      version: 1,
      name: 'Summer sale',
      note: 'Shorter',
      author: 'test',
    });
    const renamed = await acme.call('PATCH', `/api/flows/${id}/versions/1`, { name: 'Winter sale' });
    expect(renamed.json()).toMatchObject({ version: 1, name: 'Winter sale', note: 'Shorter' });
    const cleared = await acme.call('PATCH', `/api/flows/${id}/versions/1`, { name: '', note: null });
    expect(cleared.json()).toMatchObject({ name: null, note: null });
  });

  it('follow when the same document is published again', async () => {
    const id = await created();
    await publish(id, { name: 'First' });
    expect((await publish(id, { name: 'Still the first' })).json().version).toBe(1);
    expect((await versions(id)).items).toEqual([expect.objectContaining({ version: 1, name: 'Still the first' })]);
    await publish(id);
    expect((await versions(id)).items[0].name).toBe('Still the first');
  });

  it.each([{}, { name: 1 }, { name: 'x'.repeat(101) }, { version: 2 }, { document: {} }])('refuse %j', async (body) => {
    const id = await created();
    await publish(id);
    expect((await acme.call('PATCH', `/api/flows/${id}/versions/1`, body)).statusCode).toBe(422);
  });

  it.each(['0', '2', '-1', '1.5', 'x', '1e9'])('are of no version %s', async (version) => {
    const id = await created();
    await publish(id);
    const refused = await acme.call('PATCH', `/api/flows/${id}/versions/${version}`, { name: 'x' });
    expect([refused.statusCode, refused.json().code]).toEqual([404, 'version_not_found']);
  });

  it('are the own organization’s', async () => {
    const id = await created();
    await publish(id);
    const other = await test.program();
    expect((await other.call('PATCH', `/api/flows/${id}/versions/1`, { name: 'Mine' })).statusCode).toBe(404);
    for (const path of ['people', 'changes', 'testers'])
      expect((await other.call('GET', `/api/flows/${id}/${path}`)).statusCode).toBe(404);
    expect((await versions(id)).items[0].name).toBe(null);
  });

  it('are found by a word, page by page', async () => {
    const id = await created();
    for (let number = 1; number <= 5; number++) {
      await save(id, `Text ${number}`);
      await publish(id, { name: number % 2 ? `Sale ${number}` : `Other ${number}` });
    }
    const first = await versions(id, '&limit=2');
    expect(first.items.map(({ version }: { version: number }) => version)).toEqual([5, 4]);
    const second = await versions(id, `&limit=2&cursor=${first.next}`);
    expect(second.items.map(({ version }: { version: number }) => version)).toEqual([3, 2]);
    expect((await versions(id, '&q=sale')).items).toHaveLength(3);
  });
});

describe('publishing what was looked at', () => {
  it('is refused where somebody saved since', async () => {
    const id = await created();
    await save(id, 'Two');
    const refused = await publish(id, { revision: 1 });
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'revision_conflict']);
    expect(refused.json().current.revision).toBe(2);
    expect((await publish(id, { revision: 2 })).statusCode).toBe(200);
  });

  it('is refused where somebody published since', async () => {
    const id = await created();
    await publish(id);
    await save(id, 'Two');
    const refused = await publish(id, { live: null });
    expect([refused.statusCode, refused.json()]).toEqual([
      409,
      expect.objectContaining({ code: 'published_meanwhile', live: 1 }),
    ]);
    expect((await publish(id, { live: 1 })).json().version).toBe(2);
  });

  it('gives two who do it at once the same version', async () => {
    const id = await created();
    const both = await Promise.all([publish(id, { revision: 1, live: null }), publish(id, { revision: 1 })]);
    expect(both.map((answer) => answer.json().version)).toEqual([1, 1]);
    expect((await versions(id)).items).toHaveLength(1);
  });
});

describe('recent savings', () => {
  it('say who, when and what, the newest first', async () => {
    const id = await created();
    await save(id, 'Two');
    await acme.call('PATCH', `/api/flows/${id}`, {
      revision: 2,
      edits: [{ edit: 'moveNodes', positions: { hello: [10, 20] } }],
    });
    const { changes } = (await acme.call('GET', `/api/flows/${id}/changes`)).json();
    expect(changes).toMatchObject([
      { revision: 3, author: 'test', at: test.clock.time.toISOString(), places: [{ what: 'layout' }] },
      {
        revision: 2,
        author: 'test',
        places: [{ what: 'changed', node: 'hello', label: 'Say hello', type: 'chat.send' }],
      },
    ]);
  });
});
