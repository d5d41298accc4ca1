import { type JsonObject, type OutboundContent, previewOf, type Script } from '@parley/runtime';
import type { TFunction } from 'i18next';
import { variableRows } from './talk/watch.ts';

type EndStep = Extract<Script['steps'][number], { end: unknown }>;

/** A step of a test in a line of words. */
export function describeStep(step: Script['steps'][number], t: TFunction<'simulator'>): string {
  if ('in' in step) {
    const { text, payload, type, location } = step.in;
    return t('steps.in', { text: text ?? payload ?? location?.name ?? type ?? '' });
  }
  if ('out' in step) return t('steps.out', { text: textOf(step.out) });
  if ('http' in step) {
    const { match, reply } = step.http;
    return t('steps.http', { address: match, answer: reply.error ?? String(reply.status ?? 200) });
  }
  if ('wait' in step) return t('steps.wait', { duration: step.wait });
  if ('event' in step) return t('steps.event', { name: step.event.name });
  if ('start' in step) return t('steps.start', { node: step.start.from ?? step.start.node ?? '' });
  if ('effect' in step) return t('steps.effect', { type: step.effect.type });
  if ('sendFails' in step) return t('steps.sendFails', { reason: step.sendFails });
  if ('owner' in step) return t(step.owner === 'bot' ? 'steps.ownerBot' : 'steps.ownerQueue');
  if ('silence' in step) return t('steps.silence');
  if ('resume' in step) return t('steps.resume');
  if ('close' in step) return t('steps.close');
  return t('steps.end', { what: endOf(step.end, t) });
}

function endOf({ status, variables = {} }: EndStep['end'], t: TFunction<'simulator'>): string {
  const words = {
    idle: 'state.nowhere',
    waiting: 'steps.waits',
    calling: 'steps.waits',
    done: 'events.ended',
    failed: 'events.failed',
  } as const;
  const kept = variableRows(variables as JsonObject).map(({ name, value }) => `${name} = ${value}`);
  return [...(status ? [t(words[status])] : []), ...kept].join(' · ');
}

function textOf(out: Record<string, unknown>): string {
  if (typeof out.text === 'string') return out.text;
  try {
    return previewOf(out as OutboundContent);
  } catch {
    return JSON.stringify(out);
  }
}

/** Steps that somebody expects, and may change or leave out; the others are what was done. */
export const isExpectation = (step: Script['steps'][number]): boolean =>
  'out' in step || 'silence' in step || 'owner' in step || 'effect' in step || 'end' in step;
