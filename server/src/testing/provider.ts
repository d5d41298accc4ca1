import type { HttpReply, HttpRequest } from '@parley/runtime';

export interface Sent {
  to: string;
  reference: string;
  body: Record<string, unknown>;
}

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
    fetch: (async (_url: string | URL | Request, init?: RequestInit) => {
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
}

function textOf({ body }: Sent): string {
  const text = (body.text as { body?: string } | undefined)?.body;
  const interactive = body.interactive as { body?: { text?: string } } | undefined;
  return text ?? interactive?.body?.text ?? String(body.type);
}
