import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Program, startTestApp, type TestApp } from '../../testing/app.ts';
import { createFlowTestStore } from './store.ts';

let test: TestApp;
let acme: Program;
let flow: string;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());
beforeEach(async () => {
  acme = await test.program();
  flow = (await acme.call('POST', '/api/flows', { name: 'Greeting' })).json().id;
});

const script = (text = 'Hello') => ({
  format: 'parley.script/1',
  flow: 'flow.json',
  steps: [{ in: { text: 'hi' } }, { out: { kind: 'text', text } }, { end: { variables: { 'a.b': { $c: 1 } } } }],
});
const address = (id = '') => `/api/flows/${flow}/tests${id && `/${id}`}`;
const add = (body: object = { title: 'Greets', script: script() }) => acme.call('POST', address(), body);

it('keeps tests beside their flow, in order', async () => {
  const made = await add();
  expect(made.statusCode).toBe(201);
  expect(made.headers.location).toBe(address(made.json().id));
  await add({ title: 'Second', script: script() });
  const { items } = (await acme.call('GET', address())).json();
  expect(items.map(({ title }: { title: string }) => title)).toEqual(['Greets', 'Second']);
  expect(items[0].script.steps).toEqual(script().steps);
});

it('changes and deletes one', async () => {
  const { id } = (await add()).json();
  const changed = await acme.call('PUT', address(id), { title: 'Greets well', script: script('Good day') });
  expect(changed.json()).toMatchObject({ id, title: 'Greets well', script: { title: 'Greets well' } });
  expect((await acme.call('DELETE', address(id))).statusCode).toBe(204);
  expect((await acme.call('GET', address())).json()).toEqual({ items: [] });
  expect((await acme.call('DELETE', address(id))).json()).toMatchObject({ status: 404, code: 'flow_test_not_found' });
  const gone = await acme.call('PUT', address(id), { title: 'x', script: script() });
  expect(gone.json().code).toBe('flow_test_not_found');
});

it.each([
  [{ script: script() }, '/title'],
  [{ title: ' ', script: script() }, '/title'],
  [{ title: 'x' }, '/script'],
  [{ title: 'x', script: [] }, '/script'],
  [{ title: 'x', script: { ...script(), steps: [] } }, '/script/steps'],
  [{ title: 'x', script: { ...script(), format: 'parley.script/9' } }, '/script/format'],
  [{ title: 'x', script: { ...script(), steps: [{ jump: 1 }] } }, '/script/steps/0'],
  [{ title: 'x', script: { ...script(), steps: [{ out: { text: 'x'.repeat(300_000) } }] } }, '/script'],
])('refuses what is no test %#', async (body, path) => {
  const refused = await add(body);
  expect(refused.statusCode).toBe(422);
  expect(refused.json().errors[0].path).toBe(path);
});

it('knows no test of a flow that is not there, or of somebody else', async () => {
  const { id } = (await add()).json();
  const other = await test.program();
  for (const [method, path, body] of [
    ['GET', address()],
    ['POST', address(), { title: 'x', script: script() }],
    ['PUT', address(id), { title: 'x', script: script() }],
    ['DELETE', address(id)],
  ] as const)
    expect((await other.call(method, path, body)).json()).toMatchObject({ status: 404, code: 'flow_not_found' });
  expect((await acme.call('GET', address())).json().items).toHaveLength(1);
});

it('holds at most a hundred', async () => {
  for (let count = 0; count < 100; count++) expect((await add()).statusCode).toBe(201);
  expect((await add()).json()).toMatchObject({ status: 409, code: 'too_many_tests' });
});

it('go with their flow', async () => {
  const { id } = (await add()).json();
  expect((await acme.call('DELETE', `/api/flows/${flow}`)).statusCode).toBe(204);
  const rows = await test.connection.collection('flow_scripts').countDocuments({ _id: id as never });
  expect(rows).toBe(0);
  expect(await createFlowTestStore(test.connection).count('org_none', flow)).toBe(0);
});
