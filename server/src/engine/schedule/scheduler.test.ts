import { Flow } from '@parley/runtime';
import type { Connection } from 'mongoose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { indexes } from '../../app.ts';
import { createLog } from '../../plugins/log.ts';
import { createContactStore } from '../../storage/contacts.ts';
import { newId } from '../../storage/ids.ts';
import { ensureIndexes } from '../../storage/indexes.ts';
import { realTimers } from '../../timers.ts';
import { type Crashpoint, noCrash } from '../crashpoint.ts';
import { createStarts } from '../starts.ts';
import { createEngineStore } from '../store.ts';
import { openHome } from '../testing/world.ts';
import { TIMING } from '../timing.ts';
import { createScheduleStore } from './schedule-store.ts';
import { createScheduler } from './scheduler.ts';

const PEOPLE = 250; // more than two pages
const ORGANIZATION = 'org_test';
const DUE = new Date('2026-03-02T09:00:00.000Z');

const flow = Flow.parse({
  format: 'parley.flow/1',
  nodes: [
    {
      id: 'daily',
      type: 'trigger.schedule',
      config: { every: 'day', at: '09:00', audience: { tags: ['vip'], groups: [] } },
    },
  ],
});
const liveAs = (document: Flow) => async () => [{ id: 'flw_test', version: 1, createdAt: new Date(0), document }];
const live = liveAs(flow);

let home: Awaited<ReturnType<typeof openHome>>;
let databases = 0;
beforeAll(async () => {
  home = await openHome();
});
afterAll(() => home.close());

async function world() {
  const connection: Connection = home.connection.useDb(`schedule${++databases}`);
  await ensureIndexes(connection, indexes);
  const clock = { time: new Date(DUE.getTime() - 1) };
  const now = () => clock.time;
  const contacts = createContactStore(connection, newId, now);
  await Promise.all(
    Array.from({ length: PEOPLE }, (_, n) =>
      contacts.resolve(ORGANIZATION, [{ kind: 'wa_id', value: `44770090${1000 + n}` }]),
    ),
  );
  await connection.collection('contacts').updateMany({}, { $set: { tags: ['vip'] } });
  const schedules = createScheduleStore(connection, now);
  await schedules.follow(ORGANIZATION, 'flw_test', [{ node: 'daily', nextAt: DUE }]);
  clock.time = DUE;
  const scheduler = (crashpoint: Crashpoint = noCrash, flows = live) =>
    createScheduler({
      schedules,
      contacts,
      starts: createStarts(createEngineStore(connection, now, TIMING), () => undefined),
      live: flows,
      channels: async () => ['chn_test'],
      now,
      timers: realTimers,
      every: 1_000,
      log: createLog('silent'),
      crashpoint,
    });
  const begun = () => connection.collection('events').countDocuments({ kind: 'start' });
  return { clock, scheduler, schedules, begun };
}

it('begins once for each contact when two servers look at the same moment', async () => {
  const { scheduler, schedules, begun } = await world();
  await Promise.all([scheduler().once(), scheduler().once()]);
  expect(await begun()).toBe(PEOPLE);
  const [row] = await schedules.of(ORGANIZATION, 'flw_test');
  expect(row).toMatchObject({ nextAt: new Date(DUE.getTime() + 86_400_000), run: null });
});

it.each([
  ['within schedule', 1],
  ['within schedule', 130],
  ['after schedule page', 2],
])('goes on where a server died (%s, %i), and begins nothing twice', async (place, times) => {
  const { clock, scheduler, schedules, begun } = await world();
  let left = times;
  const dying = scheduler((name) => {
    if (name === place && --left === 0) throw new Error('the process died');
  });
  await expect(dying.once()).rejects.toThrow('the process died');
  expect(await begun()).toBeLessThan(PEOPLE);
  await scheduler().once(); // the dead one still holds it
  expect(await begun()).toBeLessThan(PEOPLE);
  clock.time = new Date(DUE.getTime() + 61_000);
  await scheduler().once();
  expect(await begun()).toBe(PEOPLE);
  expect((await schedules.of(ORGANIZATION, 'flw_test'))[0]).toMatchObject({ run: null });
});

it('takes its next time from what was published while it ran', async () => {
  const { scheduler, schedules, begun } = await world();
  const config = { every: 'day', at: '18:00', audience: { tags: ['vip'], groups: [] } };
  const evening = Flow.parse({ ...flow, nodes: [{ id: 'daily', type: 'trigger.schedule', config }] });
  let published = live;
  const publishes: Crashpoint = () => {
    published = liveAs(evening);
  };
  await scheduler(publishes, () => published()).once();
  expect(await begun()).toBe(PEOPLE);
  expect(await schedules.of(ORGANIZATION, 'flw_test')).toMatchObject([
    { nextAt: new Date('2026-03-02T18:00:00.000Z') },
  ]);
});

it('stops within a page of a large audience, and the next server goes on at once', async () => {
  const { clock, scheduler, schedules, begun } = await world();
  const pages: string[] = [];
  let stopped: Promise<void> | null = null;
  const first = scheduler((name) => {
    if (name === 'after schedule page') pages.push(name);
    if (name === 'within schedule') stopped ??= first.stop();
  });
  await first.once();
  await stopped;
  expect(pages).toHaveLength(1);
  expect(await begun()).toBe(100);
  expect(await schedules.of(ORGANIZATION, 'flw_test')).toMatchObject([{ run: { due: DUE }, heldUntil: new Date(0) }]);
  await scheduler().once(); // at the same moment: nobody holds it
  expect(await begun()).toBe(PEOPLE);
  expect(clock.time).toEqual(DUE);
});
