import type { FastifyRequest } from 'fastify';
import type { MetaAccount, MetaNumber } from '../network/model.ts';
import type { PhoneNetwork } from '../network/network.ts';
import { badToken, GraphError, noSuchObject } from './errors.ts';

/** The token of a call, from its header or its query. Throws what Graph says without one. */
function tokenOf(request: FastifyRequest): string {
  const header = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const query = request.query as { access_token?: string };
  const token = header ?? query.access_token;
  if (token === undefined)
    throw new GraphError(2500, null, {
      status: 401,
      message: 'An active access token must be used to query information about the current user.',
    });
  return token;
}

/** Whose access token it is. */
export function authorized(network: PhoneNetwork, request: FastifyRequest): MetaAccount {
  const token = tokenOf(request);
  const account = accountsOf(network).find((one) => one.accessToken === token);
  if (!account) throw badToken();
  return account;
}

/** The account of an app that asks about itself: its token is its id and its secret. */
export function appOf(network: PhoneNetwork, request: FastifyRequest, id: string): MetaAccount {
  const token = tokenOf(request);
  const account = accountsOf(network).find(({ appId, appSecret }) => token === `${appId}|${appSecret}`);
  if (!account) throw badToken();
  if (account.appId !== id) throw noSuchObject(request.method, id);
  return account;
}

export const metaNumbers = (network: PhoneNetwork): MetaNumber[] =>
  [...network.numbers.values()].filter((one): one is MetaNumber => one.provider === 'meta');

export const accountsOf = (network: PhoneNetwork): MetaAccount[] => [
  ...new Set(metaNumbers(network).map(({ account }) => account)),
];

export const accountOf = (number: MetaNumber): MetaAccount => number.account;

/** A number of the caller's account. */
export function numberOf(network: PhoneNetwork, request: FastifyRequest, id: string): MetaNumber {
  const account = authorized(network, request);
  const number = network.numbers.get(id);
  if (number?.provider !== 'meta' || number.account !== account) throw noSuchObject(request.method, id);
  return number;
}

/** The caller's account, called by its WABA id. */
export function wabaOf(network: PhoneNetwork, request: FastifyRequest, id: string): MetaAccount {
  const account = authorized(network, request);
  if (account.id !== id) throw noSuchObject(request.method, id);
  return account;
}
