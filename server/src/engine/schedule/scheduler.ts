import type { LiveFlow } from '@parley/runtime';
import type { Log } from '../../plugins/log.ts';
import type { ContactStore } from '../../storage/contacts.ts';
import { derivedId } from '../../storage/ids.ts';
import type { Timers } from '../../timers.ts';
import type { Crashpoint } from '../crashpoint.ts';
import { channelOf, type Place, type Starts } from '../starts.ts';
import { latestDue, nextAfter, type ScheduledNode, scheduledNodes } from './occasions.ts';
import type { Run, ScheduleRow, ScheduleStore } from './schedule-store.ts';

export interface SchedulerDeps {
  schedules: ScheduleStore;
  contacts: Pick<ContactStore, 'audience' | 'groupsNamed'>;
  starts: Pick<Starts, 'start'>;
  live(organization: string): Promise<LiveFlow[]>;
  /** Ids of the organization's enabled channels. */
  channels(organization: string): Promise<string[]>;
  now: () => Date;
  timers: Timers;
  /** ms between two looks. */
  every: number;
  log: Log;
  crashpoint: Crashpoint;
}

const AT_A_TIME = 20; // schedules side by side
const PAGE = 100; // contacts between two notes of how far it has come
const HOLD = 60_000; // ms without a note, after which another worker goes on

/**
 * Begins flows at their times, for each contact of the audience once: the id of a start is made from flow, node, time and
 * contact, so that two servers, or one that dies half-way and comes back, begin nothing twice.
 */
export function createScheduler(deps: SchedulerDeps) {
  const { schedules, now, log } = deps;
  let callOff: (() => void) | null = null;
  let looking: Promise<unknown> = Promise.resolve();
  let stopping = false;
  /** A large audience takes its time, and nobody else's schedule waits for it. */
  const underWay = new Set<Promise<void>>();

  /** Looks, and resolves when all that is under way is done. One look at a time. */
  async function once(): Promise<void> {
    const begun = await look();
    await Promise.all([...underWay, ...begun]);
  }

  function look(): Promise<Promise<void>[]> {
    const next = looking.then(lookAround);
    looking = next.catch(() => undefined);
    return next;
  }

  async function lookAround(): Promise<Promise<void>[]> {
    const begun: Promise<void>[] = [];
    const room = AT_A_TIME - underWay.size;
    for (const row of room > 0 ? await schedules.due(room) : []) {
      const held = await schedules.hold(row, new Date(now().getTime() + HOLD));
      if (!held) continue;
      const work = occur(held).finally(() => underWay.delete(work));
      underWay.add(work);
      begun.push(work);
      // Whoever waits for it is told; else the next look finds it once it is no longer held
      work.catch((error: unknown) => log.error({ err: error, flow: row.flow }, 'a schedule failed; it is tried again'));
    }
    return begun;
  }

  /** Null where the flow was switched off, or lost this trigger, meanwhile. */
  async function current({ organization, flow, node }: ScheduleRow) {
    const live = (await deps.live(organization)).find(({ id }) => id === flow);
    const scheduled = live && scheduledNodes(live.document).find((one) => one.node === node);
    return live && scheduled ? { live, scheduled } : null;
  }

  async function occur(row: ScheduleRow): Promise<void> {
    const found = await current(row);
    if (!found || !row.nextAt) return schedules.forget(row);
    const { live, scheduled } = found;
    const { due, missed } = row.run ? { due: row.run.due, missed: 0 } : latestDue(scheduled, row.nextAt, now());
    if (missed > 0)
      log.warn({ flow: row.flow, node: row.node, missed, due }, 'a schedule was missed: only its latest time runs');
    const run = row.run ?? { due, after: null };
    const end = await walk(row, live, scheduled, run);
    if (end.taken) return;
    if (end.problem) log.warn({ flow: row.flow, node: row.node, problem: end.problem }, 'a schedule reached nobody');
    const last = due > now() ? due : now();
    // It may have been published anew meanwhile, with other times
    const then = await current(row);
    if (!then) return schedules.forget(end.row);
    await schedules.finish(end.row, nextAfter(then.scheduled, last), end.problem);
  }

  /** Through the audience, a page at a time. */
  async function walk(
    held: ScheduleRow,
    live: LiveFlow,
    { schedule }: ScheduledNode,
    from: Run,
  ): Promise<{ taken: true } | { taken: false; row: ScheduleRow; problem: string | null }> {
    const { organization } = held;
    const channel = channelOf(live, await deps.channels(organization));
    if (channel === null) {
      const problem = 'No channel to begin on: choose one in the flow, for there is not exactly one that is enabled.';
      return { taken: false, row: held, problem };
    }
    const groups = await deps.contacts.groupsNamed(organization, schedule.audience.groups);
    const audience = { tags: schedule.audience.tags, groups: groups.map(({ id }) => id) };
    let row = held;
    let { after } = from;
    for (;;) {
      const page = await deps.contacts.audience(organization, audience, after, PAGE);
      for (const contact of page) {
        if (contact.consent.service) await begin(row, { organization, channel, contact }, from.due);
      }
      if (page.length < PAGE) return { taken: false, row, problem: null };
      after = page.at(-1)?.id ?? null;
      const until = stopping ? new Date(0) : new Date(now().getTime() + HOLD);
      if (!(await schedules.progress(row, { due: from.due, after }, until))) return { taken: true };
      row = { ...row, heldUntil: until };
      deps.crashpoint('after schedule page');
      if (stopping) return { taken: true }; // whoever is there next goes on from here
    }
  }

  async function begin({ _id, flow, node }: ScheduleRow, place: Place, due: Date): Promise<void> {
    const id = derivedId('evt', `${_id}\n${due.toISOString()}\n${place.contact.id}`);
    await deps.starts.start(place, { id, flow, node, variables: {}, by: 'schedule' });
    deps.crashpoint('within schedule');
  }

  const loop = () => {
    void look()
      .catch((error: unknown) => log.error({ err: error }, 'the schedules could not be looked at; it is tried again'))
      .then(() => {
        if (callOff) callOff = deps.timers.later(deps.every, loop);
      });
  };

  return {
    once,
    start(): void {
      callOff = deps.timers.later(0, loop);
    },
    async stop(): Promise<void> {
      callOff?.();
      callOff = null;
      stopping = true;
      await looking;
      await Promise.allSettled(underWay);
    },
  };
}
