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

const greeting = (text = 'Hello', keyword = 'hi') => ({
  format: 'parley.flow/1',
  name: 'Greeting',
  nodes: [
    { id: 'start', type: 'trigger.message', config: { match: 'keyword', keywords: [keyword] } },
    { id: 'hello', type: 'chat.send', config: { kind: 'text', text } },
  ],
  edges: [{ id: 'e1', source: 'start', sourceHandle: 'next', target: 'hello' }],
});
const BROKEN = { format: 'parley.flow/1', name: 'Broken', nodes: 'none' };

const create = (body: object = { document: greeting() }) => acme.call('POST', '/api/flows', body);
const created = async (body?: object) => (await create(body)).json();
const publish = (id: string, body?: object) => acme.call('POST', `/api/flows/${id}/publish`, body);
const store = () => createFlowStore(test.connection);

describe('saving a flow', () => {
  it('keeps the document as it was sent', async () => {
    const document = { ...greeting(), translations: { 'pt-BR': { 'hello.text': 'Olá' } }, $x: { 'a.b': { $ne: 1 } } };
    const made = await create({ name: 'Greeting', document });
    expect(made.statusCode).toBe(201);
    const { id } = made.json();
    expect(made.headers.location).toBe(`/api/flows/${id}`);
    expect(made.json()).toMatchObject({
      id: expect.stringMatching(/^flw_/),
      name: 'Greeting',
      revision: 1,
      status: 'draft',
      published: null,
    });
    const { body } = await acme.call('GET', `/api/flows/${id}`);
    expect(JSON.stringify(JSON.parse(body).document)).toBe(JSON.stringify(document));
  });

  it('takes the name from the document, or begins an empty one', async () => {
    expect((await created()).name).toBe('Greeting');
    expect(await created({ name: 'New' })).toMatchObject({
      name: 'New',
      document: { format: 'parley.flow/1', name: 'New', nodes: [] },
    });
  });

  it('keeps a broken one, with what is wrong', async () => {
    const made = await created({ document: BROKEN });
    expect(made).toMatchObject({ status: 'draft', document: BROKEN });
    expect(made.problems[0]).toMatchObject({
      severity: 'error',
      path: expect.any(String),
      message: expect.any(String),
    });
  });

  it.each([
    {},
    { name: '' },
    { document: 'text' },
    { document: [] },
    { document: null },
    { name: { $gt: '' } },
    { name: 'x', organization: 'org_other' },
    { name: 'x', id: 'flw_mine' },
    { name: 'x', active: true },
    { name: 'x', published: { version: 9 } },
  ])('refuses %j', async (body) => {
    const refused = await create(body);
    expect(refused.statusCode).toBe(422);
    expect(refused.json().code).toBe('invalid_request');
  });

  it('refuses a document above a megabyte, and a body far above it', async () => {
    const big = await create({ document: { ...greeting('x'.repeat(1_100_000)) } });
    expect(big.statusCode).toBe(422);
    expect(big.json().code).toBe('document_too_large');
    const huge = await create({ document: { ...greeting('x'.repeat(5_000_000)) } });
    expect(huge.statusCode).toBe(413);
    expect(huge.json().code).toBe('body_too_large');
  });

  it('replaces it, and follows its name', async () => {
    const { id } = await created();
    const put = await acme.call('PUT', `/api/flows/${id}`, {
      document: { ...greeting('Hi'), name: 'Renamed' },
      revision: 1,
    });
    expect(put.json()).toMatchObject({ name: 'Renamed', revision: 2, document: { name: 'Renamed' } });
    const again = await acme.call('PUT', `/api/flows/${id}`, { name: 'Mine', document: greeting('Hi') });
    expect(again.json()).toMatchObject({ name: 'Mine', revision: 3 });
  });

  it('is not lost when many save at once without a revision', async () => {
    const { id } = await created();
    const puts = ['a', 'b', 'c'].map((text) => acme.call('PUT', `/api/flows/${id}`, { document: greeting(text) }));
    expect((await Promise.all(puts)).map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect((await acme.call('GET', `/api/flows/${id}`)).json().revision).toBe(4);
  });
});

describe('a saving that came too late', () => {
  it('learns what changed, in words', async () => {
    const { id } = await created();
    await acme.call('PUT', `/api/flows/${id}`, { document: greeting('Hi there'), revision: 1 });
    const late = await acme.call('PUT', `/api/flows/${id}`, { document: greeting('Mine'), revision: 1 });
    expect(late.statusCode).toBe(409);
    expect(late.json()).toMatchObject({
      code: 'revision_conflict',
      current: { revision: 2, document: greeting('Hi there') },
      changes: ['Changed the config of the node hello'],
    });
  });

  it('is told what became of it where it was named and came twice', async () => {
    const { id } = await created();
    const patch = (revision: number, saving: string) =>
      acme.call('PATCH', `/api/flows/${id}`, { revision, saving, edits: [{ edit: 'rename', name: saving }] });
    expect((await patch(1, 'mine')).json()).toMatchObject({ revision: 2 });
    expect((await patch(1, 'mine')).json()).toMatchObject({ current: { revision: 2 }, saved: 2 });
    expect((await patch(2, 'theirs')).json()).toMatchObject({ revision: 3, name: 'theirs' });
    expect((await patch(1, 'mine')).json()).toMatchObject({ current: { revision: 3 }, saved: 2 });
    expect((await patch(1, 'never')).json()).toMatchObject({ saved: null });
    // What nobody can tell is not said: a revision that does not exist, and savings that are no longer listed
    expect((await patch(9, 'never')).json()).not.toHaveProperty('saved');
    for (let revision = 3; revision < 24; revision++) await patch(revision, `more ${revision}`);
    expect((await patch(1, 'mine')).json()).not.toHaveProperty('saved');
    expect((await patch(0, 'mine')).statusCode).toBe(409);
  });

  it('lets one of two with the same revision through', async () => {
    const { id } = await created();
    const puts = ['a', 'b', 'c'].map((text) =>
      acme.call('PUT', `/api/flows/${id}`, { document: greeting(text), revision: 1 }),
    );
    expect((await Promise.all(puts)).map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409]);
  });
});

describe('edits', () => {
  const patch = (id: string, body: object) => acme.call('PATCH', `/api/flows/${id}`, body);
  const rename = { edit: 'rename', name: 'Welcome' };

  it('change the document on the revision that they name', async () => {
    const { id } = await created();
    const changed = await patch(id, { revision: 1, edits: [rename] });
    expect(changed.statusCode).toBe(200);
    expect(changed.json()).toMatchObject({ name: 'Welcome', revision: 2, document: { name: 'Welcome' } });
    const late = await patch(id, { revision: 1, edits: [rename] });
    expect(late.statusCode).toBe(409);
    expect(late.json().changes).toEqual(['Changed the name of the flow']);
  });

  it.each([
    { edits: [rename] },
    { revision: 1, edits: [] },
    { revision: 1, edits: ['rename'] },
    { revision: 1, edits: [{ edit: 'explode' }] },
    { revision: '1', edits: [rename] },
    { revision: 1, document: {} },
  ])('are refused as %j', async (body) => {
    const { id } = await created();
    expect((await patch(id, body)).statusCode).toBe(422);
  });

  it('that do not fit are refused by their number, and none is kept', async () => {
    const { id } = await created();
    const refused = await patch(id, { revision: 1, edits: [rename, { edit: 'removeNode', id: 'nowhere' }] });
    expect(refused.statusCode).toBe(422);
    expect(refused.json().errors).toMatchObject([{ path: '/edits/1' }]);
    expect((await acme.call('GET', `/api/flows/${id}`)).json()).toMatchObject({ revision: 1, name: 'Greeting' });
  });
});

describe('publishing', () => {
  it('freezes a version and lets it answer', async () => {
    const { id } = await created();
    const published = await publish(id);
    expect(published.statusCode).toBe(200);
    expect(published.json()).toMatchObject({
      version: 1,
      hash: expect.stringMatching(/^sha256:/),
      status: 'active',
      waiting: [],
    });
    expect((await acme.call('GET', `/api/flows/${id}`)).json()).toMatchObject({
      status: 'active',
      published: { version: 1, at: '2026-03-02T09:00:00.000Z', by: acme.keyId },
    });
    const active = await store().activeFlows(acme.organization);
    expect(active).toMatchObject([{ flow: id, version: 1, document: greeting(), organization: acme.organization }]);
  });

  it('gives the same document the same version, also when it is published twice at once', async () => {
    const { id } = await created();
    const versions = (await Promise.all([publish(id), publish(id), publish(id)])).map((one) => one.json().version);
    expect(versions).toEqual([1, 1, 1]);
    expect((await publish(id)).json().version).toBe(1);
    await acme.call('PUT', `/api/flows/${id}`, { document: greeting('Hi') });
    expect((await publish(id, { note: 'Shorter' })).json().version).toBe(2);
  });

  it('leaves what was published as it was', async () => {
    const { id } = await created();
    await publish(id);
    await acme.call('PUT', `/api/flows/${id}`, { document: BROKEN });
    expect(await store().activeFlows(acme.organization)).toMatchObject([{ version: 1, document: greeting() }]);
    expect((await acme.call('GET', `/api/flows/${id}/versions/1`)).json()).toMatchObject({
      version: 1,
      document: greeting(),
    });
    expect((await acme.call('GET', `/api/flows/${id}`)).json().status).toBe('active');
  });

  it('refuses a broken document with its problems', async () => {
    const { id } = await created({ document: BROKEN });
    const refused = await publish(id);
    expect(refused.statusCode).toBe(422);
    expect(refused.json()).toMatchObject({ code: 'flow_has_errors', problems: [{ severity: 'error' }] });
    expect((await acme.call('GET', `/api/flows/${id}/versions`)).json()).toEqual({ items: [], next: null });
  });

  it('lists its versions, newest first', async () => {
    const { id } = await created();
    await publish(id, { note: 'First' });
    await acme.call('PUT', `/api/flows/${id}`, { document: greeting('Hi') });
    await publish(id);
    const { items } = (await acme.call('GET', `/api/flows/${id}/versions`)).json();
    expect(items).toMatchObject([
      { version: 2, note: null },
      { version: 1, note: 'First' },
    ]);
    expect(items[0]).not.toHaveProperty('document');
    for (const number of ['3', '0', '-1', '1.5', 'x', '$ne']) {
      expect((await acme.call('GET', `/api/flows/${id}/versions/${number}`)).json().code).toBe('version_not_found');
    }
  });

  it('warns of a keyword that another active flow has', async () => {
    const first = await created();
    await publish(first.id);
    const second = await created({ document: { ...greeting('Welcome', 'HI'), name: 'Second' } });
    expect(second.problems).toMatchObject([{ severity: 'warning', code: 'keyword_taken', node: 'start' }]);
    const refused = await publish(second.id, { acceptWarnings: false });
    expect(refused.json()).toMatchObject({ code: 'flow_has_warnings', problems: [{ code: 'keyword_taken' }] });
    expect((await publish(second.id)).json()).toMatchObject({
      status: 'active',
      problems: [{ code: 'keyword_taken' }],
    });
  });

  it('without activating waits to be switched on', async () => {
    const { id } = await created();
    expect((await publish(id, { activate: false })).json().status).toBe('inactive');
    expect(await store().activeFlows(acme.organization)).toEqual([]);
    expect((await acme.call('POST', `/api/flows/${id}/activate`)).json().status).toBe('active');
    expect(await store().activeFlows(acme.organization)).toHaveLength(1);
    expect((await acme.call('POST', `/api/flows/${id}/deactivate`)).json().status).toBe('inactive');
    expect(await store().activeFlows(acme.organization)).toEqual([]);
  });

  it('comes before switching on', async () => {
    const { id } = await created();
    expect((await acme.call('POST', `/api/flows/${id}/activate`)).json().code).toBe('flow_not_published');
  });
});

describe('deleting a flow', () => {
  it('stops it, and keeps its versions for the conversations in it', async () => {
    const { id } = await created();
    await publish(id);
    expect((await acme.call('DELETE', `/api/flows/${id}`)).statusCode).toBe(204);
    expect((await acme.call('GET', `/api/flows/${id}`)).statusCode).toBe(404);
    expect((await acme.call('GET', `/api/flows/${id}/versions/1`)).statusCode).toBe(404);
    expect(await store().activeFlows(acme.organization)).toEqual([]);
    expect(await store().version(acme.organization, id, 1)).toMatchObject({ document: greeting() });
  });
});

describe('checking a document', () => {
  it.each([greeting(), BROKEN, null, 'text', 7, [], {}])('always answers 200: %j', async (document) => {
    const checked = await acme.call('POST', '/api/flows/check', { document });
    expect(checked.statusCode).toBe(200);
    expect(checked.json().ok).toBe(JSON.stringify(document) === JSON.stringify(greeting()));
  });
});

describe('the list of flows', () => {
  it('goes on where it ended, and leaves the documents out', async () => {
    for (const name of ['one', 'two', 'three']) {
      await created({ name });
      test.clock.time = new Date(test.clock.time.getTime() + 1_000);
    }
    const first = (await acme.call('GET', '/api/flows?limit=2&count=true')).json();
    expect(first).toMatchObject({ items: [{ name: 'three' }, { name: 'two' }], total: 3 });
    expect(first.items[0]).not.toHaveProperty('document');
    const rest = (await acme.call('GET', `/api/flows?limit=2&cursor=${first.next}`)).json();
    expect(rest).toEqual({ items: [expect.objectContaining({ name: 'one' })], next: null });
    const sorted = (await acme.call('GET', '/api/flows?sort=name&q=t')).json();
    expect(sorted.items.map(({ name }: { name: string }) => name)).toEqual(['three', 'two']);
  });

  it('finds letters, not patterns', async () => {
    await created({ name: 'a.c (50%)' });
    await created({ name: 'abc' });
    const find = async (q: string) =>
      (await acme.call('GET', `/api/flows?q=${encodeURIComponent(q)}`)).json().items.length;
    expect(await find('A.C (')).toBe(1);
    expect(await find('.*')).toBe(0);
    expect(await find('(a+)+$')).toBe(0);
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=many',
    'limit[$gt]=1',
    'sort=document',
    'sort=-organization',
    'sort[$ne]=x',
    'q[$regex]=.*',
    'q=a&q=b',
    'cursor=x',
    `cursor=${Buffer.from('["-createdAt",{"$ne":1},"x"]').toString('base64url')}`,
    `cursor=${Buffer.from('["name","x","flw_1"]').toString('base64url')}`,
    'count=yes',
    'organization=org_other',
    'fields=document',
  ])('refuses ?%s', async (query) => {
    const refused = await acme.call('GET', `/api/flows?${query}`);
    expect(refused.statusCode).toBe(422);
    expect(refused.json().errors[0].path).toMatch(/^\//);
  });
});
