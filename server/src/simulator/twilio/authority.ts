import type { FastifyRequest } from 'fastify';
import type { TwilioAccount, TwilioNumber } from '../network/model.ts';
import type { PhoneNetwork } from '../network/network.ts';
import { notFound, TwilioError } from './errors.ts';

export const twilioNumbers = (network: PhoneNetwork): TwilioNumber[] =>
  [...network.numbers.values()].filter((one): one is TwilioNumber => one.provider === 'twilio');

export const numbersOf = (network: PhoneNetwork, account: TwilioAccount): TwilioNumber[] =>
  twilioNumbers(network).filter((one) => one.account === account);

/** The account of a call's Basic credentials; 20003 otherwise, as Twilio says for a wrong account and a wrong token alike. */
export function authorized(network: PhoneNetwork, request: FastifyRequest): TwilioAccount {
  const given = /^Basic\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const [sid, ...token] = Buffer.from(given, 'base64').toString().split(':');
  const account = twilioNumbers(network).find((one) => one.account.id === sid)?.account;
  if (!account || account.authToken !== token.join(':')) throw new TwilioError(20003);
  return account;
}

/** The same, where the path names the account. */
export function accountOf(network: PhoneNetwork, request: FastifyRequest, sid: string): TwilioAccount {
  const account = authorized(network, request);
  if (account.id !== sid) throw notFound(request.url);
  return account;
}
