import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Program, startTestApp, type TestApp } from '../testing/app.ts';

let test: TestApp;
let acme: Program;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());
beforeEach(async () => {
  acme = await test.program();
});

const create = (name: string, key: string, by = acme) =>
  by.call('POST', '/api/flows', { name }, { 'idempotency-key': key });
const count = async (by = acme) => (await by.call('GET', '/api/flows?count=true')).json().total;

describe('the same request with the same key', () => {
  it('gets the first answer again, and has one effect', async () => {
    const first = await create('Orders', 'k1');
    const again = await create('Orders', 'k1');
    expect(again.statusCode).toBe(201);
    expect(again.headers.location).toBe(first.headers.location);
    expect(again.headers['content-type']).toBe(first.headers['content-type']);
    expect(again.body).toBe(first.body);
    expect(await count()).toBe(1);
  });

  it('has one effect when both come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => create('Orders', 'k1')));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => answer.json().id)).size).toBe(1);
    expect(await count()).toBe(1);
  });

  it('gets a refusal again too', async () => {
    const { id } = (await acme.call('POST', '/api/flows', { document: { nodes: 'none' } })).json();
    const publish = () => acme.call('POST', `/api/flows/${id}/publish`, undefined, { 'idempotency-key': 'k1' });
    const [first, again] = [await publish(), await publish()];
    expect(first.statusCode).toBe(422);
    expect(again.body).toBe(first.body);
    expect(again.headers['content-type']).toBe('application/problem+json');
  });

  it('may come mended after it was refused for its form', async () => {
    expect((await create('', 'k1')).statusCode).toBe(422);
    expect((await create('Orders', 'k1')).statusCode).toBe(201);
  });

  it('is new after a day', async () => {
    const first = await create('Orders', 'k1');
    test.clock.time = new Date(test.clock.time.getTime() + 25 * 60 * 60_000);
    expect((await create('Orders', 'k1')).json().id).not.toBe(first.json().id);
  });

  it('is taken up again when the first died with its process', async () => {
    await create('Orders', 'k1');
    await test.connection.collection('answers').updateMany({}, { $set: { state: 'running', sealed: null } });
    test.clock.time = new Date(test.clock.time.getTime() + 2 * 60_000);
    expect((await create('Orders', 'k1')).statusCode).toBe(201);
  });
});

describe('the same key', () => {
  it('for another body is refused', async () => {
    await create('Orders', 'k1');
    const other = await create('Other', 'k1');
    expect(other.statusCode).toBe(422);
    expect(other.json().code).toBe('idempotency_key_reused');
  });

  it('for another address is refused', async () => {
    await create('Orders', 'k1');
    const other = await acme.call(
      'POST',
      '/api/api-keys',
      { name: 'Orders', scopes: ['*'] },
      { 'idempotency-key': 'k1' },
    );
    expect(other.json().code).toBe('idempotency_key_reused');
  });

  it('of another caller is another key, in this organization and in any other', async () => {
    const first = (await create('Orders', 'k1')).json();
    const colleague = await test.program({ organization: acme.organization });
    const stranger = await test.program();
    expect((await create('Orders', 'k1', colleague)).json().id).not.toBe(first.id);
    expect((await create('Orders', 'k1', stranger)).json().id).not.toBe(first.id);
    expect(await count(stranger)).toBe(1);
  });
});

it('a key shown once is shown again, and does not lie open in the store', async () => {
  const make = () => acme.call('POST', '/api/api-keys', { name: 'CRM', scopes: ['*'] }, { 'idempotency-key': 'k1' });
  const { key } = (await make()).json();
  expect((await make()).json().key).toBe(key);
  expect(JSON.stringify(await test.connection.collection('answers').find({}).toArray())).not.toContain(key);
});

it.each(['', 'x'.repeat(101)])('a key of the wrong length is refused', async (key) => {
  expect((await create('Orders', key)).statusCode).toBe(422);
});
