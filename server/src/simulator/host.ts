import type { FastifyReply, FastifyRequest } from 'fastify';

const LOCAL = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Refuses what a web page of somebody else could ask of this machine: a name that was bent to the loopback address (DNS
 * rebinding), and calls from a page of another address. `allowed` are further names, without a port.
 */
export const onlyFromHere = (allowed: string[]) => async (request: FastifyRequest, reply: FastifyReply) => {
  const host = request.headers.host ?? '';
  const name = host.replace(/:\d+$/, '');
  if (!LOCAL.test(name) && !allowed.includes(name))
    return reply.code(403).send({
      error: `The host ${name} may not be used here. Use localhost, or start with --allow-host ${name}.`,
    });
  const { origin } = request.headers;
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`)
    return reply.code(403).send({ error: 'Pages of other addresses may not call the simulator.' });
};
