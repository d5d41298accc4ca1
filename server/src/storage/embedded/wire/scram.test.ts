import { expect, it } from 'vitest';
import { beginExchange, secretsOf } from './scram.ts';

// RFC 7677, section 3
const secrets = secretsOf({ user: 'user', password: 'pencil' }, Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'));
const FIRST = 'n,,n=user,r=rOprNGfwEbeRWgbNEkqO';
const NONCE = '%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0';
const FINAL = `c=biws,r=rOprNGfwEbeRWgbNEkqO${NONCE},p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=`;

it("holds the RFC's own exchange", () => {
  const exchange = beginExchange(secrets, FIRST, NONCE);
  expect(exchange?.challenge).toBe(`r=rOprNGfwEbeRWgbNEkqO${NONCE},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`);
  expect(exchange?.finish(FINAL)).toBe('v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=');
});

it.each([
  ['another proof', FINAL.replace('dHzb', 'dHzc')],
  ['a proof that is too long', `${FINAL.slice(0, -1)}AAAA`],
  ['no proof', FINAL.replace(/,p=.*/, ',p=')],
  ['another nonce', FINAL.replace('NEkqO%', 'NEkqO&')],
  ['another binding', FINAL.replace('biws', 'eSws')],
  ['an extension', `${FINAL},m=x`],
  ['nothing', ''],
])('refuses %s', (_, message) => {
  expect(beginExchange(secrets, FIRST, NONCE)?.finish(message)).toBeNull();
});

it('refuses the proof of another exchange, and another user', () => {
  expect(beginExchange(secrets, FIRST)?.finish(FINAL)).toBeNull();
  expect(beginExchange(secrets, FIRST.replace('user', 'root'), NONCE)?.finish(FINAL)).toBeNull();
});

it.each(['', 'n,,', 'y,,n=user,r=x', 'n,,n=user', 'n,,n=user,r=', 'p=tls-unique,,n=user,r=x'])(
  'takes no "%s"',
  (first) => expect(beginExchange(secrets, first)).toBeNull(),
);
