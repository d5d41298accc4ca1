import { type InboundMessage, inboundMessage, isObject, SCRIPTED, type Script } from '@parley/runtime';
import type { Setup } from './run.ts';
import type { Answer, Input, Turn } from './turn.ts';

type Step = Script['steps'][number];

/** A test as a talk, up to a step: so that one can look at the place where it differs, and go on from there. */
export function talkOfScript(
  script: Script,
  until: number = script.steps.length - 1,
): { setup: Omit<Setup, 'flow' | 'library'>; turns: Turn[]; pool: Answer[] } {
  const steps = script.steps.slice(0, until + 1);
  // As in a test's own run, every answer may be given at any time
  const pool = script.steps.flatMap((step) => ('http' in step ? [answerOf(step)] : []));
  const inputs = steps.flatMap((step) => inputOf(step) ?? []);
  return {
    setup: {
      id: script.flowId ?? SCRIPTED,
      contact: script.contact as Setup['contact'],
      provider: script.provider,
      heard: script.heard,
      now: script.now,
    },
    turns: inputs.map((input) => ({ input, answers: [] })),
    pool,
  };
}

function answerOf({ http: { match, reply } }: Extract<Step, { http: unknown }>): Answer {
  if (reply.error !== undefined) return { match, reply: null };
  const json = reply.json ?? null;
  const { status = 200, headers = {}, text = JSON.stringify(json) } = reply;
  return { match, reply: { status, headers, text, json } };
}

function inputOf(step: Step): Input | null {
  if ('in' in step) return { kind: 'say', message: messageOf(step.in) };
  if ('wait' in step) return { kind: 'wait', duration: step.wait };
  if ('event' in step) return { kind: 'happen', name: step.event.name, data: step.event.data as never };
  if ('sendFails' in step) return { kind: 'refuse', reason: step.sendFails };
  if ('resume' in step) return { kind: 'resume' };
  if ('close' in step) return { kind: 'close' };
  if (!('start' in step)) return null;
  const { from, node = null, variables = {}, data = {} } = step.start;
  if (from !== undefined) return { kind: 'playFrom', node: from, variables: variables as never };
  return node === null ? null : { kind: 'begin', node, data: data as never };
}

const NO_MEDIA = { id: null, url: null, contentType: null, filename: null, caption: null };
const NO_PLACE = { latitude: 0, longitude: 0, name: null, address: null };
const NO_REFERRAL = { sourceId: null, sourceType: null, sourceUrl: null, clickId: null };

function messageOf(given: Extract<Step, { in: unknown }>['in']): InboundMessage {
  const { type = given.payload === undefined ? 'text' : 'button', text = null, payload = null } = given;
  return inboundMessage({
    type,
    text,
    payload,
    data: isObject(given.data) ? (given.data as InboundMessage['data']) : null,
    media: given.media ? { ...NO_MEDIA, ...given.media } : null,
    location: given.location ? { ...NO_PLACE, ...given.location } : null,
    referral: given.referral ? { ...NO_REFERRAL, ...given.referral } : null,
  });
}
