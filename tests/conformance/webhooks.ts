import { isDeepStrictEqual } from 'node:util';
import { startTestApp, type TestApp } from '@parley/server/src/testing/app.ts';
import { APP_SECRET, signatureOf } from '@parley/server/src/testing/meta.ts';
import { type Expected, type Item, type MetaVector, readCorpus } from './corpus.ts';
import { checkExpected } from './differences.ts';
import { checkErrors } from './graph-errors.ts';
import { openHouse, type Stored } from './house.ts';
import { checkSignatures } from './signatures.ts';
import { openTwilioHouse } from './twilio-house.ts';

/** Also what passed, a line each. */
const SHOWS_ALL = process.argv.includes('--all');

/**
 * Reads the collected webhooks of both providers beside what their collectors expected, the error answers and the
 * signatures. Then plays each webhook through the whole app: it is answered 200 and nothing of it is lost; each text of
 * Meta's is stored, runs the flow and gets its one reply at the right address; with one byte changed it is refused, and
 * nothing is stored. `npm run conformance:webhooks`
 */
try {
  process.exitCode = await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}

async function run(): Promise<number> {
  const corpus = readCorpus();
  const rows: { name: string; problems: string[] }[] = [
    { name: 'read as expected', problems: checkExpected(corpus.items) },
    { name: 'error answers', problems: checkErrors(corpus.answers) },
    { name: 'signatures', problems: await checkSignatures(corpus) },
  ];
  const items = corpus.items.filter(({ provider }) => provider === 'meta');
  const forms = corpus.items.filter(({ provider }) => provider === 'twilio');
  const test = await startTestApp();
  try {
    for (const [index, vector] of corpus.meta.entries())
      rows.push({ name: `signature vector ${index + 1}`, problems: await checkVector(test, vector) });
    for (const item of forms)
      rows.push({ name: `${item.kind.padEnd(40)}  ${item.file}`, problems: await checkForm(test, item) });
    for (const item of items)
      rows.push({
        name: `${item.kind.slice(0, 40).padEnd(40)}  ${item.file}`,
        problems: await checkWebhook(test, item),
      });
    const texts = items.filter(({ kind }) => kind.startsWith('message.text'));
    for (const item of texts)
      rows.push({ name: `answered: ${item.kind.padEnd(30)}  ${item.file}`, problems: await checkText(test, item) });
    console.log(`played through the app: ${items.length} of Meta, ${forms.length} of Twilio, ${texts.length} texts`);
  } finally {
    await test.close();
  }
  for (const { name, problems } of rows) {
    if (problems.length > 0 || SHOWS_ALL) console.log(`${problems.length === 0 ? 'pass' : 'FAIL'}  ${name}`);
    for (const problem of problems) console.log(`      ${problem}`);
  }
  const failed = rows.filter(({ problems }) => problems.length > 0).length;
  console.log(`${rows.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** Answered 200 and kept under its id; the same again changes nothing; with one parameter changed it is refused. */
async function checkForm(test: TestApp, { body, expected }: Item): Promise<string[]> {
  const house = await openTwilioHouse(test, body.toString().trim());
  const first = await house.post();
  const rows = await house.rows();
  const again = await house.post();
  const later = await house.rows();
  const changed = await house.post({ changed: true });
  const end = await house.rows();
  await house.close();
  const id = expected[0]?.id ?? '';
  return [
    ...(first === 200 && again === 200 ? [] : [`answered with ${first}, then ${again}`]),
    ...(rows.some((row) => row.includes(id)) ? [] : [`lost: ${id}`]),
    ...(isDeepStrictEqual(rows, later) ? [] : ['the same again changed something']),
    ...(changed === 403 && end.length === later.length ? [] : [`a changed parameter was answered with ${changed}`]),
  ];
}

/** Answered 200, and every element is a message, a status or a row of the log. */
async function checkWebhook(test: TestApp, { body, expected }: Item): Promise<string[]> {
  const house = await openHouse(test, body.toString(), APP_SECRET);
  arriveInTime(test, expected);
  const status = await house.post(body);
  const stored = await house.stored();
  await house.close();
  const lost = expected.filter((element) => !isThere(element, stored));
  return [
    ...(status === 200 ? [] : [`answered with ${status}`]),
    ...lost.map(({ event, id, field }) => `lost: ${event} ${id ?? field ?? ''}`),
  ];
}

/** Stored, answered once at the right address, not again when it comes again, refused with one byte changed. */
async function checkText(test: TestApp, { body, expected }: Item): Promise<string[]> {
  const problems: string[] = [];
  const expect = (what: string, actual: unknown, wanted: unknown) => {
    if (!isDeepStrictEqual(actual, wanted))
      problems.push(`${what}: ${JSON.stringify(actual)}, expected ${JSON.stringify(wanted)}`);
  };
  const house = await openHouse(test, body.toString(), APP_SECRET);
  arriveInTime(test, expected);
  const texts = expected.filter(({ event }) => event === 'message');
  test.provider.sent.length = 0;

  expect('the first answer', await house.post(body), 200);
  const first = await house.stored();
  expect(
    'texts stored',
    first.inbound.map(({ text }) => text),
    texts.map(({ text }) => text),
  );
  const replies = () => test.provider.sent.map(({ body: { biz_opaque_callback_data: _, ...rest } }) => rest);
  const wanted = texts.map((one) => replyTo(one));
  expect('replies', replies(), wanted);

  expect('the answer to the same again', await house.post(body), 200);
  expect('replies after the same again', replies(), wanted);
  expect('rows after the same again', (await house.stored()).counts, first.counts);

  expect('the answer to a changed byte', await house.post(withOneByteChanged(body), signatureOf(body)), 401);
  expect('rows after a changed byte', (await house.stored()).counts, first.counts);
  expect('replies after a changed byte', replies(), wanted);
  await house.close();
  return problems;
}

/** The signature is over the bytes as they came: written anew, the same JSON has another. */
async function checkVector(test: TestApp, vector: MetaVector): Promise<string[]> {
  const house = await openHouse(test, vector.raw_body, vector.app_secret);
  const good = await house.post(vector.raw_body, vector.value);
  const other = await house.post(vector.raw_body, vector.must_fail_if_body_reserialised);
  await house.close();
  return [
    ...(good === 200 ? [] : [`the right signature was answered with ${good}`]),
    ...(other === 401 ? [] : [`the signature of other bytes was answered with ${other}`]),
  ];
}

/** Samples are years old, and a message older than 20 days is never answered: the clock stands where Meta sent it. */
function arriveInTime(test: TestApp, expected: Expected[]): void {
  const moments = expected.map(({ timestamp }) => Number(timestamp)).filter((seconds) => seconds > 0);
  test.clock.time = new Date(moments.length === 0 ? '2026-03-02T09:00:00Z' : Math.max(...moments) * 1_000 + 2_000);
}

function isThere({ event, id, field }: Expected, { inbound, kept }: Stored): boolean {
  const asRow = (what: (one: Stored['kept'][number]) => boolean) => kept.some(what);
  if (event === 'field') return asRow((one) => one.field === field);
  if (event === 'message' && inbound.some((row) => row.providerIds.includes(String(id)))) return true;
  return asRow((one) => id === undefined || id === null || one.text.includes(id));
}

/** A group is answered as a group, a phone in `to`, a person without one by the business-scoped id in `recipient`. */
function replyTo({ group_id, from, wa_id, from_user_id, contact_user_id, text }: Expected): object {
  const phone = from ?? wa_id;
  const person = phone ? { to: phone } : { recipient: from_user_id ?? contact_user_id };
  return {
    messaging_product: 'whatsapp',
    ...(group_id ? { recipient_type: 'group', to: group_id } : { recipient_type: 'individual', ...person }),
    type: 'text',
    text: { body: `Echo: ${text}`, preview_url: false },
  };
}

function withOneByteChanged(body: Buffer): Buffer {
  const changed = Buffer.from(body);
  const middle = Math.floor(changed.length / 2);
  changed[middle] = (changed[middle] ?? 0) ^ 1;
  return changed;
}
