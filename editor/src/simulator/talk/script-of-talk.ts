import type { Json, Script, Simulation } from '@parley/runtime';
import type { Setup } from './run.ts';
import { type Answer, type Input, NO_ANSWER, type Turn } from './turn.ts';

type Step = Script['steps'][number];

interface Recorded {
  setup: Setup;
  turns: readonly Turn[];
  simulation: Simulation;
  /** How many moments there were before each turn. */
  begins: readonly number[];
}

/** A talk as a test: what was done, what other systems answered, and what the bot said to it. The flow stands beside it. */
export function scriptOfTalk({ setup, turns, simulation, begins }: Recorded, title: string): Script {
  const { transcript, frames } = simulation;
  const steps: Step[] = [];
  for (const [index, { input, answers }] of turns.entries()) {
    steps.push(...answers.map(answerStep), inputStep(input));
    const from = linesAt(frames, begins[index]);
    const until = begins[index + 1];
    const said = transcript
      .slice(from, until === undefined ? transcript.length : linesAt(frames, until))
      .flatMap((line) => (line.from === 'bot' ? [line.content] : []));
    if (said.length === 0 && input.kind !== 'refuse') steps.push({ silence: true });
    for (const content of said) steps.push({ out: { ...content } });
  }
  const { status, owner, variables, at } = simulation;
  if (owner === 'queue') steps.push({ owner });
  steps.push({
    end: {
      ...(status !== 'idle' && { status }),
      ...(status === 'waiting' && at && { at: at.node }),
      ...(Object.keys(variables).length > 0 && { variables }),
    },
  });
  return withoutBlobs({
    format: 'parley.script/1',
    title,
    flow: 'flow.json',
    ...(setup.id !== undefined && { flowId: setup.id }),
    ...(setup.contact && { contact: { ...setup.contact } }),
    ...(setup.provider && { provider: setup.provider }),
    heard: setup.heard ?? false,
    now: setup.now,
    steps,
  });
}

/** Files that were chosen here have addresses of this tab: each gets one that means the same wherever the test is run. */
function withoutBlobs(script: Script): Script {
  const names = new Map<string, string>();
  const named = (blob: string): string => {
    const name = names.get(blob) ?? `https://phone.example/file-${names.size + 1}`;
    names.set(blob, name);
    return name;
  };
  return JSON.parse(JSON.stringify(script).replace(/blob:[^\s"\\]+/g, named)) as Script;
}

/** Lines before the moment; a turn that began nothing yet has those of the turn before. */
function linesAt(frames: Simulation['frames'], moment = 0): number {
  return frames[moment - 1]?.lines ?? 0;
}

const answerStep = ({ match, reply }: Answer): Step => ({
  http: {
    match,
    reply: reply
      ? { status: reply.status, json: reply.json, text: reply.text, headers: reply.headers }
      : { error: NO_ANSWER },
  },
});

function inputStep(input: Input): Step {
  switch (input.kind) {
    case 'say': {
      const { type, text, payload, media, location, referral, data } = input.message;
      const fields = { text, payload, media, location, referral, data };
      const given = Object.entries(fields).filter(([, value]) => value !== null);
      return { in: { type, ...Object.fromEntries(given) } };
    }
    case 'begin':
      return { start: { node: input.node, data: input.data } };
    case 'playFrom':
      return { start: { from: input.node, variables: input.variables as Record<string, Json> } };
    case 'happen':
      return { event: { name: input.name, data: input.data } };
    case 'wait':
      return { wait: input.duration };
    case 'resume':
      return { resume: true };
    case 'close':
      return { close: true };
    case 'refuse':
      return { sendFails: input.reason };
  }
}
