import { createHash, randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { Index } from './indexes.ts';
import { instanceModel, type Row } from './tenancy.ts';

export const SESSION_SECONDS = 30 * 24 * 60 * 60;

export interface Session {
  user: string;
  /** The organization that the person is looking at. */
  organization: string;
}

interface SessionRow extends Row {
  user: string;
  organization: string;
  createdAt: Date;
  expiresAt: Date;
}

export const sessionIndexes: Index[] = [
  { collection: 'sessions', keys: { expiresAt: 1 }, options: { expireAfterSeconds: 0 } },
  { collection: 'sessions', keys: { user: 1 } },
];

export type SessionStore = ReturnType<typeof createSessionStore>;

/** Who is signed in. The browser holds the token; we hold its hash, so a copy of the store signs nobody in. */
export function createSessionStore(connection: Connection, now: () => Date) {
  const sessions = instanceModel<SessionRow>(connection, 'sessions', {
    user: { type: String, required: true },
    organization: { type: String, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  });

  return {
    /** Answers the token for the cookie. */
    async start({ user, organization }: Session): Promise<string> {
      const token = randomBytes(32).toString('base64url');
      const createdAt = now();
      const expiresAt = new Date(createdAt.getTime() + SESSION_SECONDS * 1000);
      await sessions.create({ _id: hashToken(token), user, organization, createdAt, expiresAt });
      return token;
    },

    /** The store's own clean-up is late by up to a minute: the date is looked at here. */
    async find(token: string): Promise<Session | null> {
      const row = await sessions.findOne({ _id: hashToken(token), expiresAt: { $gt: now() } }).lean();
      return row ? { user: row.user, organization: row.organization } : null;
    },

    async switchTo(token: string, organization: string): Promise<void> {
      await sessions.updateOne({ _id: hashToken(token) }, { $set: { organization } });
    },

    async end(token: string): Promise<void> {
      await sessions.deleteOne({ _id: hashToken(token) });
    },
  };
}

/** A fast hash is enough: the token is random, so there is nothing to guess. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');
