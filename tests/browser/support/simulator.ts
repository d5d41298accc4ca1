import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { untilPrinted } from './parley.ts';

const MAIN = fileURLToPath(new URL('../../../server/src/simulator/main.ts', import.meta.url));
const STARTED = /^The simulator is at (\S+)\/ [\s\S]*same credentials again/m;

export interface RunningSimulator {
  url: string;
  /** An answer of the control below `/_`. */
  control<Answer>(path: string): Promise<Answer>;
  stop(): Promise<void>;
}

/** `npm run simulator` on a free port, with both of its first numbers told to the listener. */
export async function startSimulator(webhook: string): Promise<RunningSimulator> {
  const env = { ...process.env, PARLEY_EDITOR_DIRECTORY: inject('editorDirectory') };
  const arguments_ = ['--port', '0', '--seed', '1', '--offline', '--webhook', webhook];
  const process_ = spawn(process.execPath, [MAIN, ...arguments_], { env });
  const printed = await untilPrinted(process_, STARTED);
  const url = STARTED.exec(printed)?.[1] ?? '';
  return {
    url,
    control: async <Answer>(path: string) => (await (await fetch(`${url}/_${path}`)).json()) as Answer,
    stop: async () => {
      const ended = new Promise((resolve) => process_.once('exit', resolve));
      process_.kill('SIGTERM');
      await ended;
    },
  };
}

/** Takes webhooks as Parley would, and keeps them. */
export async function startListener() {
  const heard: string[] = [];
  const waiting = new Set<() => void>();
  const server = createServer(async (request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://listener');
    // Meta asks once whether the address is ours
    if (request.method === 'GET') return void response.end(searchParams.get('hub.challenge') ?? '');
    heard.push(await bodyOf(request));
    response.end('{}');
    for (const look of waiting) look();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Resolves when a webhook has come that holds all these words; forgets it then. */
    hears: (...words: string[]) =>
      new Promise<string>((resolve) => {
        const look = () => {
          const at = heard.findIndex((body) => words.every((word) => body.includes(word)));
          if (at === -1) return;
          waiting.delete(look);
          resolve(heard.splice(at, 1)[0] ?? '');
        };
        waiting.add(look);
        look();
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
