import { previewOf, type Visit } from '@parley/runtime';
import type { EventPayload, EventRow, Run } from '../../engine/documents.ts';
import type { MessageRow } from '../../storage/messages.ts';
import type { Journey, JourneyStep } from './shapes.ts';

type Step = NonNullable<EventRow['step']>;

/** Journal rows as people follow them: one step for each session that an event moved. */
export const stepsOf = (rows: readonly EventRow[], messages: ReadonlyMap<string, MessageRow>): JourneyStep[] =>
  rows.flatMap((row) => {
    const { step } = row;
    const runs = step?.runs ?? [];
    return runs.map((run, index) => {
      const isLast = index === runs.length - 1;
      return {
        id: `${row._id} ${index}`,
        at: (step?.at ?? row.acceptedAt).toISOString(),
        session: run.session,
        event: eventOf(row),
        visits: visitsOf(step, run, runs[index + 1]),
        node: run.at,
        // The journal keeps effects by event; the session that is left when it ends is the one that speaks
        effects: step && isLast ? effectsOf(step, messages) : [],
        handedOver: run.handedOver,
        ended: run.ended,
        fault: isLast ? ((step?.fault as JourneyStep['fault']) ?? null) : null,
      };
    });
  });

const visitsOf = (step: Step | undefined, run: Run, next: Run | undefined) =>
  ((step?.visited ?? []) as Visit[]).slice(run.from, next?.from).map(({ node, port }) => ({ node, port }));

/** Ids of the messages that the steps sent. */
export const sentBy = (rows: readonly EventRow[]): string[] => rows.flatMap(({ step }) => step?.effects ?? []);

function effectsOf({ effects, deeds }: Step, messages: ReadonlyMap<string, MessageRow>): JourneyStep['effects'] {
  const sends = effects.map((id) => {
    const row = messages.get(id);
    const text = row?.content ? previewOf(row.content) : (row?.text ?? null);
    return { kind: 'message.send', text, problem: row?.error?.reason ?? null };
  });
  return [...sends, ...deeds.map(({ type, problem }) => ({ kind: type, text: null, problem }))];
}

function eventOf({ kind, payload }: EventRow): JourneyStep['event'] {
  if (!('kind' in payload)) return { ...NOTHING, kind: FIRED[payload.field] ?? 'other' };
  const told: EventPayload = payload;
  switch (told.kind) {
    case 'message':
      return { kind: 'message', text: told.message.text, type: told.message.type, choice: told.message.payload };
    case 'answer':
      return { ...NOTHING, kind: 'answer', text: told.error, choice: told.port };
    case 'result':
      return { ...NOTHING, kind: 'result', text: told.error };
    case 'start':
      return { ...NOTHING, kind: 'start', text: told.by };
    case 'event':
      return { ...NOTHING, kind: 'event', text: told.name };
    case 'closed':
      return { ...NOTHING, kind: 'closed' };
    default:
      return { ...NOTHING, kind: 'other', text: kind };
  }
}

const NOTHING = { text: null, type: null, choice: null };
const FIRED: Readonly<Record<string, JourneyStep['event']['kind']>> = { fired: 'timer', owner: 'handback' };

/** The sessions of some steps in their order, with how they ended if these steps tell. */
export function sessionsOf(rows: readonly EventRow[], names: ReadonlyMap<string, string>): Journey['sessions'] {
  const sessions = new Map<string, Journey['sessions'][number]>();
  for (const { session: id, flow, version, ended } of rows.flatMap(({ step }) => step?.runs ?? []))
    sessions.set(id, { id, flow, flowName: names.get(flow) ?? null, version, ended });
  return [...sessions.values()];
}
