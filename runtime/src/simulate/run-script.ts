import type { Fault } from '../compile/memory.ts';
import type { Flow } from '../flow/flow.ts';
import { canonicalJson, isObject, readPath } from '../json.ts';
import type { OutboundContent } from '../message/content.ts';
import { type InboundMessage, inboundMessage } from '../message/inbound.ts';
import type { HttpReply, HttpRequest, Services } from '../node/context.ts';
import type { NodeTypes } from '../node/define-node.ts';
import type { Said, Simulation } from './contract.ts';
import type { Script } from './script.ts';
import { createSimulation } from './simulation.ts';

export interface ScriptResult {
  /** What differed, a line each, in words; empty where the conversation held. */
  differences: string[];
  /** The index of the script's step at which the first one showed; null where the conversation held. */
  firstAt: number | null;
  /** Every port that was taken, as `node:port`, for coverage; inside a sub-flow as `order/ask:next`. */
  ports: string[];
  /** The same for the sessions of the script's other flows, by their id. */
  elsewhere: Record<string, string[]>;
  /** What went wrong in the flow's sessions, in order, also where a port or a handler took it. */
  faults: Fault[];
  /** Where a session stood when the person wrote, and what they wrote. */
  heard: { at: string; text: string | null }[];
  /** What the bot said, in order. */
  said: OutboundContent[];
}

/**
 * Plays a script against a flow on a simulated clock and reports what differed. HTTP is answered by the script; `services`
 * brings what it cannot answer: what runs the authors' code. `others` are the documents of the script's `flows`, by id.
 */
export async function runScript(
  script: Script,
  flow: Flow,
  nodeTypes: NodeTypes,
  services: Partial<Omit<Services, 'http'>> = {},
  others: Readonly<Record<string, Flow>> = {},
): Promise<ScriptResult> {
  const { flowId = SCRIPTED } = script;
  const library = Object.entries(others).filter(([id]) => id !== flowId);
  const replies = script.steps.flatMap((step) => ('http' in step ? [step.http] : []));
  const simulation = createSimulation({
    flows: [
      { id: flowId, version: 1, createdAt: new Date(0), document: flow },
      ...library.map(([id, document]) => ({ id, version: 1, createdAt: new Date(1), document })),
    ],
    nodeTypes,
    now: script.now,
    contact: script.contact as never,
    provider: script.provider,
    // A flow that serves some channels only is tried on one of them
    channel: flow.settings.channels[0],
    heardAt: script.heard ? script.now : undefined,
    services: { ...services, http: async (request) => replyTo(request, replies) },
  });
  const differences: string[] = [];
  let firstAt: number | null = null;
  const faults: Fault[] = [];
  const heard: ScriptResult['heard'] = [];
  let read = 0;
  let seen = 0;
  const nextSaid = (): Extract<Said, { from: 'bot' }> | null => {
    for (; read < simulation.transcript.length; read++) {
      const said = simulation.transcript[read];
      if (said?.from === 'bot') {
        read++;
        return said;
      }
    }
    return null;
  };
  for (const [index, step] of script.steps.entries()) {
    const at = `step ${index + 1}`;
    const unexpected = () => {
      for (let said = nextSaid(); said; said = nextSaid())
        differences.push(`${at}: the bot also said ${show(said.content)}`);
    };
    if ('in' in step) {
      unexpected();
      if (simulation.at) heard.push({ at: simulation.at.node, text: step.in.text ?? null });
      await simulation.say(toInbound(step.in));
    } else if ('out' in step) {
      const said = nextSaid();
      if (!said) differences.push(`${at}: the bot said nothing, expected ${show(step.out)}`);
      else differences.push(...differencesOf(said.content, step.out, at));
    } else if ('effect' in step) {
      const found = simulation.effects.findIndex(({ type }, at) => at >= seen && type === step.effect.type);
      if (found < 0) differences.push(`${at}: there was no effect ${step.effect.type}`);
      else {
        seen = found + 1;
        differences.push(...differencesOf(simulation.effects[found], step.effect, `${at}, effect`));
      }
    } else if ('event' in step) {
      unexpected();
      await simulation.happen(step.event);
    } else if ('start' in step) {
      unexpected();
      const { node = null, from, ...given } = step.start;
      if (from === undefined) await simulation.begin({ node, ...given });
      else await simulation.playFrom({ node: from, variables: given.variables });
    } else if ('silence' in step) unexpected();
    else if ('wait' in step) {
      unexpected();
      await simulation.wait(step.wait);
    } else if ('sendFails' in step) simulation.failNextSend(step.sendFails);
    else if ('resume' in step) await simulation.resume();
    else if ('close' in step) await simulation.close();
    else if ('owner' in step && simulation.owner !== step.owner)
      differences.push(`${at}: the owner is ${simulation.owner}, expected ${step.owner}`);
    else if ('end' in step) {
      unexpected();
      const { status, at: place, fault, variables = {}, contact = {} } = step.end;
      differences.push(...differencesOf(simulation.contact, contact, `${at}, contact`));
      if (status && simulation.status !== status)
        differences.push(
          `${at}: the session is ${simulation.status}${simulation.fault ? ` (${simulation.fault.message})` : ''}, expected ${status}`,
        );
      if (place && simulation.at?.node !== place)
        differences.push(`${at}: the session is at ${simulation.at?.node}, expected ${place}`);
      if (fault && simulation.fault?.code !== fault)
        differences.push(`${at}: the fault is ${simulation.fault?.code}, expected ${fault}`);
      for (const [name, expected] of Object.entries(variables)) {
        const actual = readPath(simulation.variables, name);
        if (canonicalJson(actual) !== canonicalJson(expected))
          differences.push(`${at}: ${name} is ${show(actual)}, expected ${show(expected)}`);
      }
    }
    const fault = simulation.snapshot?.memory.fault;
    if (fault && fault !== faults.at(-1)) faults.push(fault);
    if (firstAt === null && differences.length > 0) firstAt = index;
  }
  for (let said = nextSaid(); said; said = nextSaid())
    differences.push(`at the end: the bot also said ${show(said.content)}`);
  if (firstAt === null && differences.length > 0) firstAt = script.steps.length - 1;
  const ports = portsIn(simulation, flowId);
  const elsewhere = Object.fromEntries(library.map(([id]) => [id, portsIn(simulation, id)]));
  const said = simulation.transcript.flatMap((one) => (one.from === 'bot' ? [one.content] : []));
  return { differences, firstAt, ports, elsewhere, faults, heard, said };
}

/** The id of a script's flow that says none. */
export const SCRIPTED = 'flw_scripted';

const portsIn = ({ trace }: { trace: Simulation['trace'] }, flow: string): string[] =>
  trace.flatMap((visit) => (visit.flow === flow && visit.port ? [`${visit.node}:${visit.port}`] : []));

const show = (value: unknown): string => JSON.stringify(value) ?? 'nothing';

function toInbound(given: Extract<Script['steps'][number], { in: unknown }>['in']): InboundMessage {
  const type = given.type ?? (given.payload !== undefined ? 'button' : 'text');
  const { media, location, referral, data } = given;
  return inboundMessage({
    type,
    text: given.text ?? null,
    payload: given.payload ?? null,
    data: data ?? null,
    media: media
      ? ({ id: null, url: null, contentType: null, filename: null, caption: null, ...media } as InboundMessage['media'])
      : null,
    location: location ? ({ name: null, address: null, ...location } as InboundMessage['location']) : null,
    referral: referral
      ? ({
          sourceId: null,
          sourceType: null,
          sourceUrl: null,
          clickId: null,
          ...referral,
        } as InboundMessage['referral'])
      : null,
  });
}

/** Only the fields that the script names must agree. */
function differencesOf(actual: unknown, expected: unknown, at: string): string[] {
  if (!isObject(expected))
    return canonicalJson(actual) === canonicalJson(expected)
      ? []
      : [`${at}: ${show(actual)}, expected ${show(expected)}`];
  return Object.entries(expected).flatMap(([key, value]) =>
    differencesOf(isObject(actual) ? actual[key] : undefined, value, `${at}, ${key}`),
  );
}

type Reply = Extract<Script['steps'][number], { http: unknown }>['http'];

/** The first reply that was not used yet, the nearest address first; the last one of an address stays. */
function replyTo(request: HttpRequest, replies: Reply[]): HttpReply {
  const asked = `${request.method} ${request.url}`;
  const fitting = replies.filter((one) => asked.startsWith(one.match));
  const longest = Math.max(...fitting.map((one) => one.match.length));
  const nearest = fitting.filter((one) => one.match.length === longest);
  const [found] = nearest;
  if (!found) throw new Error(`The script has no reply to ${asked}.`);
  if (nearest.length > 1) replies.splice(replies.indexOf(found), 1);
  if (found.reply.error !== undefined) throw new Error(found.reply.error);
  const json = found.reply.json ?? null;
  return {
    status: found.reply.status ?? 200,
    headers: found.reply.headers ?? {},
    text: found.reply.text ?? JSON.stringify(json),
    json,
  };
}
