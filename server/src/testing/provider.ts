import { Readable } from 'node:stream';
import type { HttpReply, HttpRequest } from '@parley/runtime';
import type { Web } from '../media/web.ts';

export interface Sent {
  to: string;
  reference: string;
  body: Record<string, unknown>;
}

/** Where the tests' settings say that Twilio is. */
const TWILIO_HOST = 'twilio.test';

type Answer = (sent: Sent, count: number) => Response | Promise<Response>;

/** Meta's send endpoint and the web beyond: every request is logged, and a test says what is answered. */
export function fakeProvider() {
  const accepts: Answer = (_, count) =>
    Response.json({ messaging_product: 'whatsapp', messages: [{ id: `wamid.out.${count}` }] });
  const provider = {
    sent: [] as Sent[],
    asked: [] as HttpRequest[],
    answer: accepts,
    accepts,
    web: async (_request: HttpRequest): Promise<HttpReply> => ({ status: 404, headers: {}, text: '', json: null }),
    /** What lies on the public web: nothing, until a test says otherwise. */
    files: (async (_url, _signal) => ({
      status: 404,
      location: null,
      contentType: null,
      filename: null,
      body: Readable.from([]),
    })) as Web,
    /** What Twilio answers to whatever is no send: its lists are empty. */
    twilio: async (_url: URL, _init?: RequestInit): Promise<Response> =>
      Response.json({ messages: [], media_list: [], next_page_uri: null }),
    /** What Meta's other calls get: all that is no send, such as files. */
    graph: async (_url: URL, _init?: RequestInit): Promise<Response> => Response.json({}, { status: 404 }),
    fetch: (async (given: string | URL | Request, init?: RequestInit) => {
      const url = new URL(given instanceof Request ? given.url : given);
      if (url.host === TWILIO_HOST) return askTwilio(url, init);
      if (!url.pathname.endsWith('/messages')) return provider.graph(url, init);
      const body = JSON.parse(String(init?.body)) as Record<string, unknown>;
      const sent = { to: String(body.to ?? body.recipient), reference: String(body.biz_opaque_callback_data), body };
      provider.sent.push(sent);
      return provider.answer(sent, provider.sent.length);
    }) as typeof fetch,
    http: (request: HttpRequest): Promise<HttpReply> => {
      provider.asked.push(request);
      return provider.web(request);
    },
    /** The texts that went out, in order; to everybody, or to one phone. */
    texts: (): string[] => provider.sent.map(textOf),
    textsTo: (phone: string): string[] => provider.sent.filter(({ to }) => to === phone).map(textOf),
  };
  return provider;

  /** Its sends are logged beside Meta's: the id of ours stands in the address for statuses. */
  async function askTwilio(url: URL, init?: RequestInit): Promise<Response> {
    if (init?.method !== 'POST' || !url.pathname.endsWith('/Messages.json')) return provider.twilio(url, init);
    const body = Object.fromEntries(new URLSearchParams(String(init.body)));
    const callback = URL.parse(body.StatusCallback ?? '');
    provider.sent.push({ to: body.To ?? '', reference: callback?.searchParams.get('m') ?? '', body });
    return Response.json(
      { sid: `SM${String(provider.sent.length).padStart(32, '0')}`, status: 'queued' },
      { status: 201 },
    );
  }
}

function textOf({ body }: Sent): string {
  const text = (body.text as { body?: string } | undefined)?.body;
  const interactive = body.interactive as { body?: { text?: string } } | undefined;
  return text ?? interactive?.body?.text ?? String(body.Body ?? body.type);
}
