import type { FlowEvent } from '../compile/memory.ts';
import { facts, flowOf } from './talk.ts';

/** The settings of steps of a flow, as `flowOf` takes them. */
export const say = (text: string): ['say', { text: string }] => ['say', { text }];
export const ask = (text: string, more: Record<string, unknown> = {}): [string, Record<string, unknown>] => [
  'ask',
  { text, ...more },
];

/** Events as the engine would bring them. */
export const timer = (visit: number, name: string): FlowEvent => ({ type: 'timer', visit, name, facts });
export const answered = (
  visit: number,
  more: Partial<Extract<FlowEvent, { type: 'call.settled' }>> = {},
): FlowEvent => ({
  type: 'call.settled',
  visit,
  port: 'next',
  set: {},
  error: null,
  facts,
  ...more,
});
export const confirmed = (ordinal: number, ok: boolean): FlowEvent => ({
  type: 'effect.settled',
  ordinal,
  ok,
  error: ok ? null : 'refused',
  facts,
});
export const refused = (ordinal: number): FlowEvent => ({ type: 'effect.failed', ordinal, error: 'refused', facts });

/** Two questions, the first with a time limit; "menü" leads out of both. */
export const survey = flowOf(
  {
    hello: say('Hello {{contact.firstName}}'),
    name: ask('Your name?', { saveAs: 'person.name', timeout: 'PT1H' }),
    town: ask('Your town?', { saveAs: 'person.town' }),
    bye: say('Bye {{person.name}}'),
    late: say('Too late'),
  },
  ['start.next>hello', 'hello.next>name', 'name.next>town', 'name.timeout>late', 'town.next>bye'],
  { settings: { interrupts: [{ keywords: ['Menü'], target: 'late' }], expireAfter: 'P1D' } },
);
