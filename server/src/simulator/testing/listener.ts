import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '../../testing/until.ts';

export interface Heard {
  method: string;
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A webhook of a test's own: keeps what it hears, answers Meta's handshake, and answers the rest as `answer` says. */
export async function startListener() {
  const heard: Heard[] = [];
  const listener = { heard, answer: (_one: Heard, _count: number): number => 200 };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', 'http://here');
    const challenge = url.searchParams.get('hub.challenge');
    if (challenge !== null) return void response.writeHead(200).end(challenge);
    const one = {
      method: request.method ?? '',
      path: `${url.pathname}${url.search}`,
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    };
    heard.push(one);
    response.writeHead(listener.answer(one, heard.length)).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...listener,
    answers: (how: (one: Heard, count: number) => number) => {
      listener.answer = how;
    },
    url: `http://127.0.0.1:${port}`,
    /** Resolves with the first so many things heard. */
    hears: (count: number) => until(`${count} webhooks`, 5_000, () => (heard.length >= count ? heard : null)),
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
