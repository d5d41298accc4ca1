import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createAttempts } from '../../plugins/attempts.ts';
import { type Caller, setSessionCookie } from '../../plugins/auth.ts';
import {
  invalidCredentials,
  notSignedIn,
  organizationNotFound,
  sessionsOnly,
  tooManyRequests,
} from '../../plugins/errors.ts';
import { MAX_PASSWORD, passwordMatches } from '../../plugins/passwords.ts';
import { permissionsOfRole } from '../../plugins/permissions.ts';
import type { AccountStore, Member } from '../../storage/accounts.ts';
import type { SessionStore } from '../../storage/sessions.ts';
import { Me } from './shapes.ts';

const MAX_FAILURES = 10;
const FAILURE_WINDOW = 15 * 60 * 1000; // ms: 40 guesses an hour against a password of 12 characters

const Credentials = z.strictObject({
  // Not checked for its form: a wrong address is answered as an unknown one is
  email: z.string().trim().toLowerCase().max(254),
  password: z.string().max(MAX_PASSWORD),
  code: z.string().max(20).optional(),
});

interface AuthRouteOptions {
  accounts: AccountStore;
  sessions: SessionStore;
  publicUrl: string;
  now: () => Date;
}

const tags = ['auth'];

export const authRoutes: FastifyPluginAsyncZod<AuthRouteOptions> = async (
  app,
  { accounts, sessions, publicUrl, now },
) => {
  const failures = createAttempts(MAX_FAILURES, FAILURE_WINDOW);

  const login = { body: Credentials, response: { 200: Me }, tags, summary: 'Sign in: sets the session cookie' };
  app.post('/login', { config: { access: 'public' }, schema: login }, async (request, reply) => {
    const { email, password } = request.body;
    const who = `${email} ${request.ip}`;
    const wait = failures.begin(who, now());
    if (wait > 0) throw tooManyRequests(wait);
    const known = await accounts.credentialsOf(email);
    if (!(await passwordMatches(known?.passwordHash ?? null, password)) || !known) throw invalidCredentials();
    const organization = await accounts.firstOrganizationOf(known.user.id);
    const member = organization && (await accounts.member(organization, known.user.id));
    if (!member) throw invalidCredentials();
    failures.succeeded(who);
    const token = await sessions.start({ user: member.user.id, organization: member.organization.id });
    setSessionCookie(reply, publicUrl, token);
    return meOfMember(member);
  });

  const me = { response: { 200: Me }, tags, summary: 'Who is signed in' };
  app.get('/me', { config: { access: 'signed-in' }, schema: me }, (request) => meOf(request.caller));

  const logout = { response: { 204: z.null() }, tags, summary: 'Sign out' };
  app.post('/logout', { config: { access: 'signed-in' }, schema: logout }, async (request, reply) => {
    if (request.sessionToken) await sessions.end(request.sessionToken);
    setSessionCookie(reply, publicUrl, null);
    return reply.code(204).send(null);
  });

  const enter = {
    body: z.strictObject({ organizationId: z.string().max(100) }),
    response: { 200: Me },
    tags,
    summary: 'Go to another organization',
  };
  app.post('/organization', { config: { access: 'signed-in' }, schema: enter }, async (request) => {
    const { user } = request.caller;
    if (!user || !request.sessionToken) throw sessionsOnly();
    const member = await accounts.member(request.body.organizationId, user.id);
    if (!member) throw organizationNotFound();
    await sessions.switchTo(request.sessionToken, member.organization.id);
    return meOfMember(member);
  });

  async function meOf({ organization: id, user, role, permissions }: Caller): Promise<z.infer<typeof Me>> {
    const organization = await accounts.organization(id);
    if (!organization) throw notSignedIn();
    return { user, organization, role, permissions: [...permissions] };
  }
};

const meOfMember = ({ user, organization, role }: Member): z.infer<typeof Me> => ({
  user,
  organization,
  role,
  permissions: [...permissionsOfRole(role)],
});
