import { bodyOf } from '@parley/server/src/channels/whatsapp/meta/body.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawBatches } from './arbitrary-case.ts';
import type { Played } from './browser-entry.ts';
import { openBrowserSide } from './browser-side.ts';
import type { Case, Effects } from './case.ts';
import { openServerSide } from './server-side.ts';

const CASES = Number(process.env.PARLEY_PROPERTY_CASES ?? 1_000);
const SEED = Number(process.env.PARLEY_PROPERTY_SEED ?? 1);
const BATCH = 100; // conversations that share a clock
const SHOWN = 3; // differences that are printed whole
const PATIENCE = 600_000; // ms

let browser: Awaited<ReturnType<typeof openBrowserSide>>;
let server: Awaited<ReturnType<typeof openServerSide>>;

beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowserSide(), openServerSide()]);
});

afterAll(async () => {
  await Promise.all([browser?.close(), server?.close()]);
});

/** What the simulator shows is what production does: the same flow and inputs, the same effects. */
it(
  `has the same effects in a browser and on the server (${CASES} cases, seed ${SEED})`,
  async () => {
    const differences: string[] = [];
    const seen = { sent: 0, asked: 0, statuses: new Map<string, number>() };
    for (const { cases, waits } of drawBatches(CASES, BATCH, SEED)) {
      const now = server.now();
      const [left, right] = [await browser.play(cases, waits, now), await server.play(cases, waits)];
      for (const [index, one] of cases.entries()) {
        const [inBrowser, onServer] = [asSent(one, left[index] as Played), plain(right[index] as Effects)];
        seen.sent += onServer.sent.length;
        seen.asked += onServer.asked.length;
        seen.statuses.set(onServer.status, (seen.statuses.get(onServer.status) ?? 0) + 1);
        if (JSON.stringify(inBrowser) === JSON.stringify(onServer)) continue;
        differences.push(JSON.stringify({ ...one, waits, now, inBrowser, onServer }, null, 1));
      }
    }
    const { sent, asked, statuses } = seen;
    console.log(
      `seed ${SEED}: ${sent} messages, ${asked} requests, sessions ${JSON.stringify(Object.fromEntries(statuses))}`,
    );
    console.log(`${CASES} cases, ${differences.length} differences`);
    expect(differences.slice(0, SHOWN)).toEqual([]);
  },
  PATIENCE,
);

/** What the simulator says, as it would reach the provider. */
const asSent = ({ phone }: Case, { sent, ...rest }: Played): Effects =>
  plain({
    ...rest,
    sent: sent.map((content) =>
      bodyOf({ content, to: { kind: 'phone', value: phone.slice(1) }, reference: '', lastInbound: '', replyTo: null }),
    ),
  });

/** As JSON with its keys in order, without the ids that each side makes up. */
const plain = ({ sent, asked, status, owner, at, fault, variables }: Effects): Effects =>
  ordered({ sent: sent.map(withoutIds), asked, status, owner, at, fault, variables }) as Effects;

function withoutIds(sent: unknown): object {
  const { biz_opaque_callback_data: _, reaction, ...body } = sent as { [part: string]: unknown; reaction?: object };
  return reaction ? { ...body, reaction: { ...reaction, message_id: '' } } : body;
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, ordered(one)]));
}
