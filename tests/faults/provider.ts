import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Send {
  reference: string;
  to: string;
  text: string;
  at: number;
  accepted: boolean;
}

const SENDS = /^\/v\d+\.\d+\/\d+\/messages$/;

/** What the provider does with one send. `hang` takes the message and never says so. */
export type Reaction = 'accept' | 'hang' | 'accept-then-500' | 'refuse' | 'later';

export interface Status {
  id: string;
  status: 'sent' | 'delivered' | 'read' | 'failed';
  reference: string;
  to: string;
}

export type Provider = Awaited<ReturnType<typeof startProvider>>;

/**
 * Meta as a process of its own sees it: it takes sends over HTTP, writes down every one, and calls statuses back. What
 * the server answers to a status is none of its business; `callBack` is told and tries until it gets its 200.
 */
export async function startProvider(callBack: (status: Status) => Promise<void>) {
  const provider = {
    sends: [] as Send[],
    react: (_send: Send): Reaction => 'accept',
    /** Which statuses follow an accepted send; by default one, right after the answer. */
    statuses: (_send: Send): Status['status'][] => ['sent'],
    callBack,
    graphUrl: '',
    textsTo: (phone: string): string[] => provider.sends.filter(({ to }) => to === phone).map(({ text }) => text),
    idOf: ({ reference }: Send): string => `wamid.out.${reference}`,
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  provider.graphUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return provider;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') return say(response, 200, { display_phone_number: '+1 555-078-3881' });
    // A port is given to many in turn: what another process still sends to its last holder is no send of ours
    if (!SENDS.test(request.url ?? '')) return say(response, 404, { error: { code: 100, message: 'Unknown path' } });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Body;
    const text = body.text?.body ?? body.interactive?.body.text ?? '';
    const send: Send = { reference: body.biz_opaque_callback_data, to: body.to, text, at: Date.now(), accepted: false };
    const reaction = provider.react(send);
    send.accepted = reaction === 'accept' || reaction === 'hang' || reaction === 'accept-then-500';
    provider.sends.push(send);
    const id = provider.idOf(send);
    switch (reaction) {
      case 'accept':
        say(response, 200, { messaging_product: 'whatsapp', messages: [{ id }] });
        break;
      case 'accept-then-500':
        say(response, 500, { error: { code: 131000, message: 'Something went wrong' } });
        break;
      case 'refuse':
        say(response, 400, { error: { code: 131026, message: 'Message undeliverable' } });
        break;
      case 'later':
        say(response, 429, { error: { code: 130429, message: 'Rate limit hit' } });
        break;
      case 'hang':
    }
    if (!send.accepted) return;
    for (const status of provider.statuses(send)) {
      void callBack({ id, status, reference: send.reference, to: send.to }).catch(() => undefined);
    }
  }
}

interface Body {
  to: string;
  biz_opaque_callback_data: string;
  text?: { body: string };
  interactive?: { body: { text: string } };
}

function say(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
