import '@fastify/cookie'; // for its types: request.cookies and reply.setCookie
import type { FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import fp from 'fastify-plugin';
import type { Member, User } from '../storage/accounts.ts';
import { SESSION_SECONDS } from '../storage/sessions.ts';
import { crossSite, invalidApiKey, mayNot, notSignedIn } from './errors.ts';
import { type Permission, permissionsOfRole, permissionsOfScopes, type Role, type Scope } from './permissions.ts';

/** Who asks. Either a person with a session or a program with a key; always in one organization. */
export interface Caller {
  organization: string;
  user: User | null;
  key: { id: string; name: string } | null;
  role: Role | null;
  permissions: ReadonlySet<Permission>;
}

/** `public`: anybody. `signed-in`: any caller. Else the permission that the caller must have. */
export type Access = 'public' | 'signed-in' | Permission;

export interface ApiKey {
  id: string;
  organization: string;
  name: string;
  scopes: Scope[];
}

interface AuthOptions {
  publicUrl: string;
  /** The person behind a session's token, as long as they belong to its organization. */
  findMember(token: string): Promise<Member | null>;
  findKey(key: string): Promise<ApiKey | null>;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    /** Throws on a public route: nobody is known there. */
    caller: Caller;
    sessionToken: string | null;
  }
  interface FastifyInstance {
    /** Answers 401, 403 or goes on with `request.caller`. Every route with `config.access` has it already. */
    requireCaller: onRequestAsyncHookHandler;
  }
}

export const SESSION_COOKIE = 'parley_session';
const CHANGING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

const callers = new WeakMap<FastifyRequest, Caller>();

/** The caller where there may be none. */
export const callerOf = (request: FastifyRequest): Caller | null => callers.get(request) ?? null;

/**
 * Nothing under /api answers before it is known who asks: a route there says what it needs in `config.access`, and one
 * that does not say stops the start.
 */
export const auth = fp<AuthOptions>(
  async (app, { publicUrl, findMember, findKey }) => {
    const ownOrigin = new URL(publicUrl).origin;

    app.decorateRequest('sessionToken', null);
    app.decorateRequest('caller', {
      getter(this: FastifyRequest) {
        const caller = callers.get(this);
        if (!caller) throw new Error(`nobody is known on ${this.routeOptions.url}`);
        return caller;
      },
    });

    const requireCaller = async (request: FastifyRequest): Promise<void> => {
      const bearer = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
      const caller = bearer === undefined ? await fromCookie(request) : await fromKey(bearer);
      const access = request.routeOptions.config.access;
      if (access !== undefined && access !== 'public' && access !== 'signed-in' && !caller.permissions.has(access)) {
        throw mayNot(access);
      }
      callers.set(request, caller);
    };

    async function fromKey(bearer: string): Promise<Caller> {
      const key = await findKey(bearer);
      if (!key) throw invalidApiKey();
      const { id, name, organization, scopes } = key;
      return { organization, user: null, key: { id, name }, role: null, permissions: permissionsOfScopes(scopes) };
    }

    async function fromCookie(request: FastifyRequest): Promise<Caller> {
      const token = request.cookies[SESSION_COOKIE];
      const member = token ? await findMember(token) : null;
      if (!token || !member) throw notSignedIn();
      // A browser sends the cookie whoever wrote the page; it tells the truth about the page's origin
      if (CHANGING.has(request.method) && !isOwnOrigin(request, ownOrigin)) throw crossSite();
      request.sessionToken = token;
      const { user, organization, role } = member;
      return { organization: organization.id, user, key: null, role, permissions: permissionsOfRole(role) };
    }

    /** For sign-in and set-up, which hold no cookie yet: programs send no Origin, a foreign page cannot hide its own. */
    const refuseForeignPages = async (request: FastifyRequest): Promise<void> => {
      const named = CHANGING.has(request.method) && request.headers.origin !== undefined;
      if (named && !isOwnOrigin(request, ownOrigin)) throw crossSite();
    };

    app.decorate('requireCaller', requireCaller);
    app.addHook('onRoute', (route) => {
      const access = route.config?.access;
      if (access === undefined) {
        if (route.url === '/api' || route.url.startsWith('/api/')) {
          throw new Error(`${String(route.method)} ${route.url} does not say who may call it (config.access)`);
        }
        return;
      }
      const guard = access === 'public' ? refuseForeignPages : requireCaller;
      route.onRequest = [guard, ...[route.onRequest ?? []].flat()];
    });
  },
  { name: 'auth', dependencies: ['@fastify/cookie'] },
);

/** Puts the session's cookie on the answer; null takes it away. */
export function setSessionCookie(reply: FastifyReply, publicUrl: string, token: string | null): void {
  reply.setCookie(SESSION_COOKIE, token ?? '', {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: publicUrl.startsWith('https:'),
    maxAge: token === null ? 0 : SESSION_SECONDS,
  });
}

/** PUBLIC_URL's origin, or the host that was called: behind a proxy or on localhost the two differ. */
function isOwnOrigin(request: FastifyRequest, ownOrigin: string): boolean {
  const origin = request.headers.origin;
  if (origin === undefined) return false;
  if (origin === ownOrigin) return true;
  return /^https?:\/\//.test(origin) && URL.canParse(origin) && new URL(origin).host === request.headers.host;
}
