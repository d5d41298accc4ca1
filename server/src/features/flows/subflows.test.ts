import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
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

const never = { id: 'on', type: 'trigger.event', config: { name: 'never' } };
const onHi = { id: 'hi', type: 'trigger.message', config: { match: 'keyword', keywords: ['hi'] } };
const say = (text: string) => ({ type: 'chat.send', config: { text } });
const inside = (text: string) => flowOf(never, [say(text)]);
const around = (flow: string, config: object = {}) =>
  flowOf(onHi, [{ type: 'logic.subflow', config: { flow, ...config } }, say('Outside')]);

async function said(from: string): Promise<string[]> {
  await acme.call('POST', `/api/channels/${channel}/inbound`, { from, text: 'hi' });
  await test.engine.settle();
  const { items } = (await acme.call('GET', `/api/channels/${channel}/outbound?to=${encodeURIComponent(from)}`)).json();
  return items.map((one: { text: string }) => one.text);
}
const change = async (flow: string, document: object) => {
  expect((await acme.call('PUT', `/api/flows/${flow}`, { document })).statusCode).toBe(200);
  return (await acme.call('POST', `/api/flows/${flow}/publish`, {})).json();
};

it('runs the sub-flow as it was when its caller was published', async () => {
  const callee = await publish(acme, inside('First'));
  const caller = await publish(acme, around(callee));
  expect(await said('+447700900301')).toEqual(['First', 'Outside']);
  await change(callee, inside('Second'));
  expect(await said('+447700900302')).toEqual(['First', 'Outside']);
  const again = (await acme.call('POST', `/api/flows/${caller}/publish`, {})).json();
  expect(again.version).toBe(2);
  expect(await said('+447700900303')).toEqual(['Second', 'Outside']);
  expect((await acme.call('POST', `/api/flows/${caller}/publish`, {})).json().version).toBe(2);
});

it('takes a version by its number, and what runs inside the inner one', async () => {
  const innermost = await publish(acme, inside('Innermost'));
  const inner = await publish(
    acme,
    flowOf(never, [{ type: 'logic.subflow', config: { flow: innermost } }, say('Inner')]),
  );
  await change(inner, inside('Changed'));
  await publish(acme, around(inner, { version: 1 }));
  expect(await said('+447700900304')).toEqual(['Innermost', 'Inner', 'Outside']);
});

it('refuses to publish around what is not published, or is not ours', async () => {
  const draft = (await acme.call('POST', '/api/flows', { document: inside('Draft') })).json().id;
  const foreign = await publish(await test.program(), inside('Foreign'));
  for (const callee of [draft, foreign, 'flw_none']) {
    const { id } = (await acme.call('POST', '/api/flows', { document: around(callee) })).json();
    const answer = await acme.call('POST', `/api/flows/${id}/publish`, {});
    expect(answer.json()).toMatchObject({ status: 422, code: 'flow_has_errors', problems: [{ code: 'no_such_flow' }] });
    const check = await acme.call('POST', '/api/flows/check', { document: around(callee) });
    expect(check.json()).toMatchObject({ ok: false });
  }
});

it('does not delete a flow that others run or start, and names them', async () => {
  const callee = await publish(acme, inside('Inside'));
  const caller = await publish(acme, around(callee));
  const starter = (
    await acme.call('POST', '/api/flows', {
      name: 'Starter',
      document: flowOf(onHi, [{ type: 'flow.start', config: { flow: callee } }]),
    })
  ).json().id;
  const refused = await acme.call('DELETE', `/api/flows/${callee}`);
  expect(refused.json()).toMatchObject({ status: 409, code: 'flow_in_use', usedBy: ['Flow', 'Starter'] });
  await acme.call('DELETE', `/api/flows/${caller}`);
  await acme.call('DELETE', `/api/flows/${starter}`);
  expect((await acme.call('DELETE', `/api/flows/${callee}`)).statusCode).toBe(204);
});
