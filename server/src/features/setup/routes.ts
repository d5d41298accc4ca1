import { timingSafeEqual } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { setSessionCookie } from '../../plugins/auth.ts';
import { invalidSetupToken, setupDone } from '../../plugins/errors.ts';
import { hashPassword, MAX_PASSWORD } from '../../plugins/passwords.ts';
import { MIN_PASSWORD } from '../../plugins/settings.ts';
import type { AccountStore } from '../../storage/accounts.ts';
import { hashToken, type SessionStore } from '../../storage/sessions.ts';
import { Email, OrganizationShape, UserShape } from '../auth/shapes.ts';

const Name = z.string().trim().min(1).max(100);

const FirstAccount = z.strictObject({
  token: z.string().min(1).max(200),
  name: Name,
  email: Email,
  password: z.string().min(MIN_PASSWORD).max(MAX_PASSWORD),
  organization: Name,
});

interface SetupOptions {
  accounts: AccountStore;
  sessions: SessionStore;
  publicUrl: string;
  /** Printed at the start, where only the operator sees it. */
  setupToken: string;
}

/** The first visitor makes the first account, if they can read what the server printed. */
export const setup: FastifyPluginAsyncZod<SetupOptions> = async (
  app,
  { accounts, sessions, publicUrl, setupToken },
) => {
  const state = {
    response: { 200: z.object({ needed: z.boolean() }) },
    tags: ['setup'],
    summary: 'Is there no account yet?',
  };
  app.get('', { config: { access: 'public' }, schema: state }, async () => ({
    needed: !(await accounts.hasFirstAccount()),
  }));

  const first = {
    body: FirstAccount,
    response: { 201: z.object({ user: UserShape, organization: OrganizationShape }) },
    tags: ['setup'],
    summary: 'Make the first account and its organization',
  };
  app.post('', { config: { access: 'public' }, schema: first }, async (request, reply) => {
    const { token, name, email, password, organization: organizationName } = request.body;
    if (await accounts.hasFirstAccount()) throw setupDone();
    if (!sameToken(token, setupToken)) throw invalidSetupToken();
    const passwordHash = await hashPassword(password);
    const member = await accounts.claimFirstAccount({ name, email, passwordHash, organization: organizationName });
    if (!member) throw setupDone();
    const { user, organization } = member;
    setSessionCookie(reply, publicUrl, await sessions.start({ user: user.id, organization: organization.id }));
    return reply.code(201).header('location', '/api/auth/me').send({ user, organization });
  });
};

// Hashes have one length, so the comparison tells nothing of the token's
const sameToken = (one: string, other: string) =>
  timingSafeEqual(Buffer.from(hashToken(one)), Buffer.from(hashToken(other)));
