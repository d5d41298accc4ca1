import { existsSync, writeFileSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';
import { nodeTypes } from '@parley/nodes';
import { type ContactFacts, type Flow, runScript, type Script, type Services, scriptSchema } from '@parley/runtime';
import { createHttpService } from '../../services/http.ts';
import { type Command, CommandFailed, FOUND_WRONG, type Given, OK, type Terminal } from '../command.ts';
import { plural } from '../plural.ts';
import { chat } from './chat/chat.ts';
import type { ScriptStep } from './chat/recorder.ts';
import { FLOWS, flowsOption } from './check.ts';
import { contactFrom } from './contact.ts';
import { filesOfLibrary, type Library, libraryFor, loadSoundFlow, problemLine } from './load-flow.ts';
import { neededFlows } from './references.ts';
import { withCode } from './with-code.ts';

const MOMENT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;

export const run: Command = {
  name: 'run',
  summary: 'Talks to a bot in the terminal, with a clock of its own; nothing is sent.',
  details: [
    'What you type is a message; a number taps the button or row with that number; /help tells the rest.',
    'Where the flow calls another system you are asked for the answer. Lines may also be piped in.',
  ],
  operands: { value: 'FILE', help: 'a flow document' },
  options: {
    contact: { value: 'FILE|JSON', help: 'whom the bot talks to, such as \'{"name": "Ana", "tags": ["vip"]}\'' },
    language: { value: 'CODE', help: "the contact's language, such as pt-BR" },
    provider: { value: 'NAME', help: 'meta or twilio: where it lacks something, the bot sends what stands in for it' },
    now: { value: 'MOMENT', help: 'when the chat begins, such as 2026-03-02T09:00:00Z (default: now)' },
    http: { help: 'really calls other systems; private addresses stay refused' },
    flows: FLOWS,
    record: { value: 'FILE', help: 'writes the conversation as a script for "test"; has to be a new file' },
  },
  run: async (given, terminal, [file = '']) => {
    const path = resolve(terminal.cwd, file);
    const flowDirectory = flowsOption(given, terminal);
    const library = libraryFor(path, flowDirectory);
    const { flow, warnings } = loadSoundFlow(path, file, library);
    const others = neededFlows(flow, library);
    const now = momentFrom(given, terminal);
    const contact = contactFrom(given, terminal);
    const provider = providerFrom(given);
    const record = recordFile(given, terminal);
    const { input } = terminal;
    if (!input)
      throw new CommandFailed('There is nothing to read from here. Run this in a terminal, or pipe lines in.');
    for (const warning of warnings) terminal.print(problemLine(file, warning));
    terminal.print(
      `-- ${flow.name || basename(file)}: ${plural(flow.nodes.length, 'node')}; it is ${now}; /help tells what there is`,
    );
    return withCode(terminal, async (code) => {
      const http = given.http ? createHttpService() : null;
      const print = (line: string) => terminal.print(line);
      const steps = await chat({ flow, library: others, nodeTypes, now, contact, provider, code, http, input, print });
      if (record === null) return OK;
      const flows = filesOfLibrary(path, flowDirectory, Object.keys(others));
      return writeRecord({ record, path, flows, flow, others, now, contact, provider, steps }, code, terminal);
    });
  },
};

function providerFrom({ provider }: Given): 'meta' | 'twilio' | undefined {
  if (provider === undefined || provider === 'meta' || provider === 'twilio') return provider;
  throw new CommandFailed(`--provider ${provider} is not known. Write meta or twilio.`);
}

function momentFrom(given: Given, terminal: Terminal): string {
  if (typeof given.now !== 'string') return terminal.now().toISOString();
  const moment = MOMENT.test(given.now) ? new Date(given.now) : null;
  if (moment && !Number.isNaN(moment.getTime())) return moment.toISOString();
  throw new CommandFailed(`--now ${given.now} is no moment. Write it as 2026-03-02T09:00:00Z.`);
}

/** Told before the chat, not after it: nobody wants to type it all again. */
function recordFile({ record }: Given, { cwd }: Terminal): string | null {
  if (typeof record !== 'string') return null;
  const path = resolve(cwd, record);
  if (existsSync(path)) throw new CommandFailed(`${record} is there already. Name a new file with --record.`);
  if (!existsSync(dirname(path)))
    throw new CommandFailed(`There is no directory ${dirname(path)}. Make it, or name another with --record.`);
  return path;
}

interface Recorded {
  record: string;
  path: string;
  /** Files of the other flows, by id. */
  flows: Record<string, string>;
  flow: Flow;
  others: Library;
  now: string;
  contact: Partial<ContactFacts>;
  provider: 'meta' | 'twilio' | undefined;
  steps: ScriptStep[];
}

async function writeRecord(recorded: Recorded, code: Services['code'], terminal: Terminal): Promise<number> {
  const { record, path, flows, flow, others, now, contact, provider, steps } = recorded;
  if (steps.length === 0) {
    terminal.print('-- nothing was said: nothing is recorded');
    return OK;
  }
  const besideRecord = (file: string) => relative(dirname(record), file).replaceAll('\\', '/');
  const needed = Object.entries(flows).map(([id, file]) => [id, besideRecord(file)]);
  const script: Script = {
    format: 'parley.script/1',
    title: `Recorded: ${flow.name || basename(path)}`,
    flow: besideRecord(path),
    ...(needed.length > 0 ? { flows: Object.fromEntries(needed) } : {}),
    ...(Object.keys(contact).length > 0 ? { contact } : {}),
    ...(provider ? { provider } : {}),
    heard: false,
    now,
    steps,
  };
  writeFileSync(record, `${JSON.stringify(script, null, 2)}\n`, { flag: 'wx' });
  terminal.print(`-- recorded ${plural(steps.length, 'step')} as ${record}`);
  const { differences } = await runScript(
    scriptSchema.parse(JSON.parse(JSON.stringify(script))),
    flow,
    nodeTypes,
    { code },
    others,
  );
  for (const difference of differences) terminal.printError(`-- played again it differs: ${difference}`);
  return differences.length > 0 ? FOUND_WRONG : OK;
}
