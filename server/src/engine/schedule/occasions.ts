import { nextOccurrence, nodeTypes, type Schedule } from '@parley/nodes';
import type { Flow } from '@parley/runtime';

/** A schedule trigger as its node's schema has read it. */
export interface ScheduledNode {
  node: string;
  schedule: Schedule;
  timezone: string;
}

const LONGEST_AWAY = 40 * 86_400_000; // ms; longer than any period, so that the latest occurrence lies within

/** The schedule triggers of a flow; broken ones are left out. */
export function scheduledNodes({ nodes, settings }: Flow): ScheduledNode[] {
  return nodes.flatMap(({ id, type: name, config }) => {
    const type = nodeTypes.get(name);
    const read = type?.begins === 'schedule' ? type.schema.safeParse(config) : null;
    // The schema is the schedule node's own: what it has read is a Schedule
    return read?.success ? [{ node: id, schedule: read.data as Schedule, timezone: settings.timezone ?? 'UTC' }] : [];
  });
}

export function nextAfter({ schedule, timezone }: ScheduledNode, after: Date): Date | null {
  const next = nextOccurrence(schedule, after.toISOString(), timezone);
  return next === null ? null : new Date(next);
}

/** Of the occurrences since `due`, the latest: nobody wants yesterday's message beside today's. */
export function latestDue(scheduled: ScheduledNode, due: Date, now: Date): { due: Date; missed: number } {
  let latest = due;
  let missed = 0;
  const from = new Date(Math.max(due.getTime(), now.getTime() - LONGEST_AWAY));
  for (let next = nextAfter(scheduled, from); next && next <= now; next = nextAfter(scheduled, next)) {
    latest = next;
    missed++;
  }
  return { due: latest, missed };
}
