import {
  type ContactFacts,
  createSimulation,
  type Flow,
  type HttpReply,
  type HttpRequest,
  type NodeTypes,
  type Said,
  type Services,
  type Simulation,
} from '@parley/runtime';
import type { Input } from '../../input.ts';
import type { Library } from '../load-flow.ts';
import { type Choice, contentLines, printable } from './content-lines.ts';
import {
  askedFor,
  HOW_TO_ANSWER,
  readAnswer,
  recordedReply,
  replyOf,
  type ScriptReply,
  showAnswer,
} from './http-answers.ts';
import { createRecorder, type ScriptStep } from './recorder.ts';
import { type Asked, helpLines, readSlash, tap, words } from './slash.ts';

export interface ChatOptions {
  flow: Flow;
  /** Flows that it runs or starts, by id. */
  library: Library;
  nodeTypes: NodeTypes;
  /** ISO 8601: where the chat's own clock begins. */
  now: string;
  contact: Partial<ContactFacts>;
  /** Where it lacks something, the bot sends what stands in for it. */
  provider?: 'meta' | 'twilio';
  code: Services['code'];
  /** Calls other systems for real; null where the person answers for them. */
  http: Services['http'] | null;
  input: Input;
  print(line: string): void;
}

/** The id under which a script runs its flow: templates may show it, so that it is the same here. */
const SCRIPTED = 'flw_scripted';
const PROMPT = '> ';
const ANSWER_PROMPT = 'answer> ';
const MAX_SHOWN = 600; // characters of a request's body

/** A chat in the terminal until its input ends. Gives the steps of the last conversation, for a script. */
export async function chat(options: ChatOptions): Promise<ScriptStep[]> {
  const { input, print } = options;
  const recorder = createRecorder();
  const answers = new Map<string, ScriptReply>();
  let simulation = begin();
  let choices: Choice[] = [];
  let shown = 0;
  let over = false;

  function begin(): Simulation {
    const { flow, library, nodeTypes, now, contact, code, provider } = options;
    return createSimulation({
      flows: [
        { id: SCRIPTED, version: 1, createdAt: new Date(0), document: flow },
        ...Object.entries(library).map(([id, document]) => ({ id, version: 1, createdAt: new Date(1), document })),
      ],
      nodeTypes,
      now,
      contact,
      provider,
      services: { code, http: answerHttp },
    });
  }

  async function read(prompt: string): Promise<string | null> {
    const line = await input.read(prompt);
    if (line === null) {
      over = true;
      if (input.interactive) print(''); // the prompt stands in the line
    } else if (!input.interactive) print(`${prompt}${printable(line)}`);
    return line;
  }

  async function answerHttp(request: HttpRequest): Promise<HttpReply> {
    const asked = askedFor(request);
    print(`-- the flow asks: ${printable(asked)}`);
    if (options.http) return callForReal(options.http, request);
    if (request.body) print(`   ${printable(request.body.slice(0, MAX_SHOWN))}`);
    const reply = await answerFor(asked);
    answers.set(asked, reply);
    recorder.answered(asked, reply);
    return replyOf(reply);
  }

  async function callForReal(http: Services['http'], request: HttpRequest): Promise<HttpReply> {
    try {
      const reply = await http(request);
      print(`-- it answers: ${reply.status} ${printable(reply.text.slice(0, MAX_SHOWN))}`);
      recorder.answered(askedFor(request), recordedReply(reply));
      return reply;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      print(`-- no answer: ${printable(reason)}`);
      recorder.answered(askedFor(request), { error: reason });
      throw error;
    }
  }

  async function answerFor(asked: string): Promise<ScriptReply> {
    const known = answers.get(asked) ?? { status: 200, json: {} };
    print(`-- ${HOW_TO_ANSWER} Enter: ${showAnswer(known)}`);
    for (;;) {
      const line = await read(ANSWER_PROMPT);
      if (line === null || line.trim() === '/quit') {
        over = true;
        return { error: 'No answer came.' };
      }
      if (line.trim() === '') return known;
      const reply = readAnswer(line);
      if (reply) return reply;
      print(`-- ${HOW_TO_ANSWER}`);
    }
  }

  /** One thing that the person does, with what the bot makes of it. */
  async function act(step: ScriptStep, action: () => unknown): Promise<void> {
    recorder.did(step);
    const { owner, effects: before } = simulation;
    const effects = before.length;
    await action();
    const said = simulation.transcript.slice(shown);
    shown = simulation.transcript.length;
    recorder.heard(said);
    showSaid(said);
    for (const effect of simulation.effects.slice(effects)) {
      const { node, ordinal: _, answers: __, type, ...fields } = effect;
      if (type === 'conversation.assign') continue; // told by the transcript
      print(`-- ${type} (${node}): ${printable(JSON.stringify(fields))}`);
      recorder.wanted({ type, ...fields });
    }
    if (simulation.owner !== owner) recorder.owned(simulation.owner);
  }

  function showSaid(said: readonly Said[]): void {
    if (said.some((one) => one.from === 'bot')) choices = [];
    for (const one of said) {
      if (one.from === 'contact') continue;
      if (one.from === 'system') {
        print(`-- ${SYSTEM_WORDS[one.event]}${one.text ? `: ${printable(one.text)}` : ''}`);
        continue;
      }
      const { lines, choices: offered } = contentLines(one.content, choices.length + 1);
      choices = [...choices, ...offered];
      lines.forEach((line, index) => void print(`${index === 0 ? 'bot: ' : '     '}${line}`));
      if (one.failed !== undefined) print(`-- not delivered: ${printable(one.failed)}`);
    }
  }

  function readLine(line: string): Asked {
    const typed = line.trim();
    const { now, nextTimer } = simulation;
    if (typed.startsWith('/')) return readSlash(typed, { now, nextDue: nextTimer });
    const choice = /^\d{1,2}$/.test(typed) ? choices[Number(typed) - 1] : undefined;
    return choice ? tap(choice.payload, choice.title) : words(line);
  }

  async function perform(asked: Asked): Promise<void> {
    switch (asked.do) {
      case 'say':
        return act(asked.step, () => simulation.say(asked.message));
      case 'wait':
        await act({ wait: asked.duration }, () => simulation.wait(asked.duration));
        return print(`-- it is ${simulation.now}`);
      case 'agent':
        if (simulation.owner === 'bot') return print('-- the bot has the conversation: nobody was asked to take it');
        if (asked.decision === 'resume') return act({ resume: true }, () => simulation.resume());
        return act({ close: true }, () => simulation.close());
      case 'event': {
        let taken = false;
        const { name, data } = asked;
        await act({ event: { name, data } }, async () => {
          taken = await simulation.happen({ name, data });
        });
        return taken ? undefined : print(`-- no flow began with the event ${name}`);
      }
      case 'start': {
        let begun = false;
        const { node, data } = asked;
        await act({ start: { node, data } }, async () => {
          begun = await simulation.begin({ node, data });
        });
        return begun ? undefined : print(`-- nothing began at ${node}: it is no trigger for this, or the bot is busy`);
      }
      case 'fail':
        await act({ sendFails: asked.reason }, () => simulation.failNextSend(asked.reason));
        return print(`-- the next message of the bot is refused: ${asked.reason}`);
      case 'vars':
        for (const line of JSON.stringify(simulation.variables, null, 2).split('\n')) print(printable(line));
        return;
      case 'where':
        return print(whereLine(simulation));
      case 'restart':
        recorder.finish(simulation);
        simulation = begin();
        choices = [];
        shown = 0;
        return print('-- begun anew; what is recorded begins here');
      case 'help':
        for (const line of helpLines()) print(line);
        return;
      case 'quit':
        over = true;
        return;
      case 'refuse':
        return print(`-- ${printable(asked.why)}`);
    }
  }

  while (!over) {
    const line = await read(PROMPT);
    if (line !== null && line.trim() !== '') await perform(readLine(line));
  }
  return recorder.finish(simulation);
}

const SYSTEM_WORDS: Record<Extract<Said, { from: 'system' }>['event'], string> = {
  'handed-over': 'handed over to people (/agent resume gives it back)',
  'taken-back': 'the bot has the conversation again',
  ended: 'the conversation with the bot has ended',
  failed: 'the bot has failed',
  'no-flow': 'no trigger of the flow takes that',
  unheard: 'the bot waits for a time, not for words (/skip goes there)',
  skipped: 'skipped',
  'opted-out': 'they said STOP: no bot writes to them until they write START',
  'opted-in': 'they may be written to again',
};

function whereLine({ at, status, owner, now, nextTimer, fault }: Simulation): string {
  const place = status === 'idle' || !at ? 'nothing has begun' : `at ${at.node}, ${status}`;
  const timer = nextTimer === null ? 'no timer runs' : `next timer ${nextTimer}`;
  const why = fault ? `; ${fault.code}: ${printable(fault.message)}` : '';
  return `-- ${place}; ${owner === 'queue' ? 'people have it' : 'the bot has it'}; it is ${now}; ${timer}${why}`;
}
