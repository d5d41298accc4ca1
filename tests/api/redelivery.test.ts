import { startTestApp, type TestApp } from '@parley/server/src/testing/app.ts';
import {
  APP_SECRET,
  BUSINESS_ACCOUNT_ID,
  metaMessage,
  metaWebhookBody,
  PHONE_NUMBER_ID,
  signatureOf,
} from '@parley/server/src/testing/meta.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';

const WEBHOOKS = 100;
const TIMES = 20; // deliveries of each webhook beside the first: Meta tries for days

let test: TestApp;

beforeAll(async () => {
  test = await startTestApp();
  const program = await test.program();
  const channel = {
    provider: 'meta',
    name: 'Support',
    phoneNumberId: PHONE_NUMBER_ID,
    businessAccountId: BUSINESS_ACCOUNT_ID,
    accessToken: 'token',
    appSecret: APP_SECRET,
  };
  expect((await program.call('POST', '/api/channels', channel)).statusCode).toBe(201);
  const document = {
    format: 'parley.flow/1',
    name: 'Echo',
    nodes: [
      { id: 'start', type: 'trigger.message', config: { match: 'any' } },
      { id: 'say', type: 'chat.send', config: { text: 'You said {{message.text}}.' } },
    ],
    edges: [{ id: 'e1', source: 'start', sourceHandle: 'next', target: 'say' }],
  };
  const { id } = (await program.call('POST', '/api/flows', { name: 'Echo', document })).json<{ id: string }>();
  expect((await program.call('POST', `/api/flows/${id}/publish`, {})).statusCode).toBe(200);
});

afterAll(() => test.close());

const message = (number: number) =>
  metaMessage({ id: `wamid.redelivered.${number}`, from: String(447_911_000_000 + number), text: `number ${number}` });
const numbers = Array.from({ length: WEBHOOKS }, (_, index) => index);
const others = { count: 0 };

/** The same message beside one that nobody has sent before, as Meta batches what it owes. */
const inAnotherBatch = (number: number) => {
  const from = String(447_922_000_000 + others.count++);
  const news = metaMessage({ id: `wamid.news.${from}`, from, text: `news ${from}` });
  return number % 2 === 0 ? [news, message(number)] : [message(number), news];
};

async function deliver(messages: object[]): Promise<void> {
  const body = metaWebhookBody({ messages });
  const answer = await test.app.inject({
    method: 'POST',
    url: '/webhook/meta/whatsapp',
    payload: body,
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': signatureOf(body) },
  });
  expect(answer.statusCode).toBe(200);
}

it('answers each of 100 messages once, however often and in whatever company they come again', async () => {
  await Promise.all(numbers.map((number) => deliver([message(number)])));
  await test.engine.settle();
  const [first, second] = [Math.floor(TIMES / 3), Math.floor((TIMES * 2) / 3)];
  for (let time = 0; time < TIMES; time++) {
    if (time < first) for (const number of numbers) await deliver([message(number)]);
    else if (time < second) await Promise.all(numbers.map((number) => deliver([message(number)])));
    else if (time % 2 === 0) await Promise.all(numbers.map((number) => deliver(inAnotherBatch(number))));
    else await deliver(numbers.map(message).toReversed());
  }
  await test.engine.settle();

  const { sent } = test.provider;
  const replies = numbers.map((number) => sent.filter(({ to }) => to === String(447_911_000_000 + number)).length);
  const news = sent.length - replies.reduce((sum, count) => sum + count, 0);
  const deliveries = WEBHOOKS * (TIMES + 1);
  console.log(
    `${deliveries} deliveries of ${WEBHOOKS} messages: ${sent.length - news} replies; ${news} for ${others.count} in other batches`,
  );
  expect(replies).toEqual(numbers.map(() => 1));
  expect(news).toBe(others.count);
  expect(new Set(sent.map(({ reference }) => reference)).size).toBe(sent.length);
  expect(test.provider.texts().slice(0, WEBHOOKS).toSorted()).toEqual(
    numbers.map((number) => `You said number ${number}.`).toSorted(),
  );
});

it('answers a message once that comes twenty times at the same moment before anything of it is stored', async () => {
  test.provider.sent.length = 0;
  const fresh = numbers.map((number) =>
    metaMessage({ id: `wamid.burst.${number}`, from: String(447_933_000_000 + number), text: `burst ${number}` }),
  );
  await Promise.all(fresh.flatMap((one) => Array.from({ length: TIMES }, () => deliver([one]))));
  await test.engine.settle();
  expect(test.provider.texts().toSorted()).toEqual(numbers.map((number) => `You said burst ${number}.`).toSorted());
});
