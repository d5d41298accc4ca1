import { bodyOf } from '@parley/server/src/channels/whatsapp/meta/body.ts';
import { type Batch, drawBatches } from './arbitrary-case.ts';
import type { Played } from './browser-entry.ts';
import { openBrowserSide } from './browser-side.ts';
import type { Case, Effects, Lot } from './case.ts';
import { openServerSide } from './server-side.ts';

const BATCH = 100; // conversations that share a clock
const BATCHES = 10; // of one server: each conversation has an organization of its own, and what is kept of those grows

interface Wanted {
  cases: number;
  seed: number;
  /** Told after each batch. */
  onBatch?: (played: number, differences: readonly string[]) => void;
}

/** Plays the same flows and inputs on both sides. A difference is the whole case, as JSON. */
export async function compareSides({
  cases: count,
  seed,
  onBatch,
}: Wanted): Promise<{ differences: string[]; seen: string }> {
  const [browser, first] = await Promise.all([openBrowserSide(), openServerSide()]);
  let server = first;
  const differences: string[] = [];
  let played = 0;
  let sent = 0;
  let asked = 0;
  const statuses: Record<string, number> = {};
  const reached: Record<string, number> = {};
  try {
    const batches = drawBatches(count, BATCH, seed);
    // The browser follows the server by a batch: it needs the lots that were drawn there
    let ahead = await onServer(server, batches[0]);
    const following = async (number: number) => {
      if (number % BATCHES === 0) {
        await server.close();
        server = await openServerSide();
      }
      return onServer(server, batches[number]);
    };
    for (const [number, { cases, waits }] of batches.entries()) {
      const { now, lots, effects: right } = ahead;
      const [left, next] = await Promise.all([browser.play(cases, waits, now, lots), following(number + 1)]);
      ahead = next;
      for (const [index, one] of cases.entries()) {
        const [inBrowser, inServer] = [asSent(one, left[index] as Played), plain(right[index] as Effects)];
        for (const one of left[index]?.reached ?? []) reached[one] = (reached[one] ?? 0) + 1;
        sent += inServer.sent.length;
        asked += inServer.asked.length;
        statuses[inServer.status] = (statuses[inServer.status] ?? 0) + 1;
        if (JSON.stringify(inBrowser) === JSON.stringify(inServer)) continue;
        differences.push(
          JSON.stringify({ ...one, waits, now, lot: lots[index], inBrowser, onServer: inServer }, null, 1),
        );
      }
      played += cases.length;
      onBatch?.(played, differences);
    }
  } finally {
    await Promise.all([browser.close(), server.close()]);
  }
  return {
    differences,
    seen: `seed ${seed}: ${sent} messages, ${asked} requests, sessions ${JSON.stringify(statuses)}, steps ${JSON.stringify(ordered(reached))}`,
  };
}

interface PlayedOnServer {
  /** ISO 8601: where the clock stood before. */
  now: string;
  effects: Effects[];
  lots: Lot[];
}

async function onServer(
  server: Awaited<ReturnType<typeof openServerSide>>,
  batch: Batch | undefined,
): Promise<PlayedOnServer> {
  const now = server.now();
  return { now, ...(batch ? await server.play(batch.cases, batch.waits) : { effects: [], lots: [] }) };
}

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
  const own = reaction ? { ...body, reaction: { ...reaction, message_id: '' } } : body;
  // A form's token holds the conversation's id
  return JSON.parse(JSON.stringify(own).replaceAll(/"cnv_\w+(?=:\d+")/g, '"cnv'));
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, ordered(one)]));
}
