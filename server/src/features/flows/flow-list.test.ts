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

const greeting = (keyword = 'hi', name = 'Greeting') => ({
  format: 'parley.flow/1',
  name,
  nodes: [
    { id: 'start', type: 'trigger.message', config: { match: 'keyword', keywords: [keyword] } },
    { id: 'hello', type: 'chat.send', config: { kind: 'text', text: 'Hello' } },
  ],
  edges: [{ id: 'e1', source: 'start', sourceHandle: 'next', target: 'hello' }],
});
const create = async (body: object) => (await acme.call('POST', '/api/flows', body)).json();
const patch = (id: string, body: object) => acme.call('PATCH', `/api/flows/${id}`, body);
const publish = (id: string) => acme.call('POST', `/api/flows/${id}/publish`, {});
const names = async (query: string, program = acme) =>
  (await program.call('GET', `/api/flows?sort=name&${query}`)).json().items.map(({ name }: { name: string }) => name);

describe('tags', () => {
  it('are trimmed, kept once whatever their case, and change no revision', async () => {
    const { id, updatedAt } = await create({ document: greeting() });
    test.clock.time = new Date(test.clock.time.getTime() + 1_000);
    const tagged = await patch(id, { tags: [' Sales ', 'sales', 'Ação', '🥐'] });
    expect(tagged.json()).toMatchObject({ tags: ['Sales', 'Ação', '🥐'], revision: 1, updatedAt });
  });

  it('can be given with a new flow, and beside a new name', async () => {
    const made = await create({ name: 'One', tags: ['a'] });
    expect(made.tags).toEqual(['a']);
    expect((await patch(made.id, { name: 'Two', tags: [] })).json()).toMatchObject({ name: 'Two', tags: [] });
  });

  it.each([
    { tags: 'sales' },
    { tags: [''] },
    { tags: ['x'.repeat(41)] },
    { tags: Array.from({ length: 21 }, (_, i) => `t${i}`) },
    { tags: [{ $ne: 1 }] },
  ])('are refused as %j', async (body) => {
    const { id } = await create({ document: greeting() });
    expect((await patch(id, body)).statusCode).toBe(422);
  });

  it('are counted, however they are written', async () => {
    await create({ name: 'One', tags: ['Sales', 'ads'] });
    test.clock.time = new Date(test.clock.time.getTime() + 1_000);
    await create({ name: 'Two', tags: ['SALES'] });
    const { items } = (await acme.call('GET', '/api/flows/tags')).json();
    expect(items).toEqual([
      { tag: 'ads', count: 1 },
      { tag: 'Sales', count: 2 },
    ]);
  });

  it('of a flow of another organization are out of reach', async () => {
    const other = await test.program();
    const { id } = await create({ name: 'Mine', tags: ['secret'] });
    expect((await other.call('PATCH', `/api/flows/${id}`, { tags: [] })).statusCode).toBe(404);
    expect((await other.call('GET', '/api/flows/tags')).json().items).toEqual([]);
    for (const path of ['clashes', 'dependents'])
      expect((await other.call('GET', `/api/flows/${id}/${path}`)).statusCode).toBe(404);
  });
});

describe('the list', () => {
  it('is narrowed by tag, by state and by problems, and searched by name and tag', async () => {
    const live = await create({ document: greeting('live', 'Live'), tags: ['Sales (EU)'] });
    await publish(live.id);
    const off = await create({ document: greeting('off', 'Off') });
    await publish(off.id);
    await acme.call('POST', `/api/flows/${off.id}/deactivate`);
    await create({ document: { ...greeting('x', 'Faulty'), edges: [] }, tags: ['other'] });
    expect(await names('tag=sales%20(eu)')).toEqual(['Live']);
    expect(await names('tag=sales')).toEqual([]);
    expect(await names('status=active')).toEqual(['Live']);
    expect(await names('status=inactive')).toEqual(['Off']);
    expect(await names('status=draft')).toEqual(['Faulty']);
    expect(await names('problems=true')).toEqual(['Faulty']);
    expect(await names('problems=false')).toEqual(['Live', 'Off']);
    expect(await names('q=OTH')).toEqual(['Faulty']);
    await create({ document: greeting('accents', 'Café order line') });
    expect(await names('q=cafe%20ord')).toEqual(['Café order line']);
    expect((await acme.call('GET', '/api/flows?status=gone')).statusCode).toBe(422);
  });

  it('renames the flow and its document together', async () => {
    const { id } = await create({ document: greeting() });
    expect((await patch(id, { name: 'New' })).json()).toMatchObject({ name: 'New', document: { name: 'New' } });
  });
});

describe('what a flow is to others', () => {
  it('names the flows that run it', async () => {
    const { id } = await create({ document: greeting() });
    const start = { id: 'go', type: 'flow.start', config: { flow: id } };
    const caller = await create({ document: { ...greeting('x', 'Caller'), nodes: [...greeting().nodes, start] } });
    expect((await acme.call('GET', `/api/flows/${id}/dependents`)).json()).toEqual({
      flows: [{ id: caller.id, name: 'Caller' }],
      inside: 0,
    });
  });

  it('says which of two wins a message, of the version that is live', async () => {
    const first = await create({ document: greeting('order', 'First') });
    await publish(first.id);
    test.clock.time = new Date(test.clock.time.getTime() + 1_000);
    const second = await create({ document: greeting('Order ', 'Second') });
    const { clashes } = (await acme.call('GET', `/api/flows/${second.id}/clashes`)).json();
    expect(clashes).toEqual([
      {
        trigger: { node: 'start', kind: 'equals', value: 'Order ' },
        otherTrigger: { node: 'start', kind: 'equals', value: 'order' },
        other: { id: first.id, name: 'First' },
        wins: 'other',
        because: 'older',
        priority: { this: 0, other: 0 },
        example: 'Order ',
      },
    ]);
  });
});
