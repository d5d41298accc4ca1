import type { FastifyReply, FastifyRequest } from 'fastify';

const LOCAL = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Refuses what a web page of somebody else could ask of this machine: a name that was bent to the loopback address (DNS
 * rebinding), and calls from a page of another address. `allowed` are further names, without a port.
 */
export const onlyFromHere = (allowed: string[]) => async (request: FastifyRequest, reply: FastifyReply) => {
  const isHere = (host: string) => {
    const name = host.replace(/:\d+$/, '');
    return LOCAL.test(name) || allowed.includes(name);
  };
  const { host = '', origin } = request.headers;
  if (!isHere(host))
    return reply.code(403).send({
      error: `The host ${host} may not be used here. Use localhost, or name it at the start with --allow-host.`,
    });
  // Another port of this machine may: the page's development server is one
  if (origin !== undefined && !isHere(origin.replace(/^https?:\/\//, '')))
    return reply.code(403).send({ error: 'Pages of other addresses may not call the simulator.' });
};
