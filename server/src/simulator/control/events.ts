import type { FastifyPluginAsync } from 'fastify';

const PING = 15_000; // ms; keeps a proxy from closing a quiet stream

/** Tells the page which chat has changed, as server-sent events. */
export const events: FastifyPluginAsync<{
  listen: (listener: (phone: string, number: string) => void) => () => void;
}> = async (app, { listen }) => {
  app.get('/events', (request, reply) => {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'keep-alive' });
    raw.write(': here\n\n');
    const end = listen((phone, number) => raw.write(`event: chat\ndata: ${JSON.stringify({ phone, number })}\n\n`));
    const ping = setInterval(() => raw.write(': ping\n\n'), PING).unref();
    request.raw.once('close', () => {
      clearInterval(ping);
      end();
    });
  });
};
