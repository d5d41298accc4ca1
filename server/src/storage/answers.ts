import type { Connection } from 'mongoose';
import type { Keyring } from './credentials.ts';
import { type Index, isDuplicate } from './indexes.ts';
import { plain, type TenantRow, tenantModel } from './tenancy.ts';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

interface AnswerRow extends TenantRow {
  fingerprint: string;
  state: 'running' | 'done';
  startedAt: Date;
  expiresAt: Date;
  sealed: string | null;
}

const KEPT_FOR = 24 * 60 * 60 * 1000; // API.md: an Idempotency-Key is good for 24 hours
const LOST_AFTER = 60_000; // ms; no request runs longer, so a claim of that age belongs to a process that died

export const answerIndexes: Index[] = [
  { collection: 'answers', keys: { expiresAt: 1 }, options: { expireAfterSeconds: 0 } },
];

export type Claim =
  | { is: 'ours' }
  | { is: 'running'; fingerprint: string }
  | { is: 'done'; fingerprint: string; answer: Answer };

export type AnswerStore = ReturnType<typeof createAnswerStore>;

/** First answers by Idempotency-Key. They may hold secrets (an API key is shown once), so they lie sealed. */
export function createAnswerStore(connection: Connection, keyring: Keyring, now: () => Date) {
  const answers = tenantModel<AnswerRow>(connection, 'answers', {
    organization: String,
    fingerprint: { type: String, required: true },
    state: { type: String, required: true },
    startedAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    sealed: { type: String, default: null },
  });

  const place = (organization: string, id: string) => ({ organization, field: `answers/${id}` });

  /** The insert decides who is first; everybody else reads what became of it. */
  async function claim(organization: string, id: string, fingerprint: string): Promise<Claim> {
    const startedAt = now();
    const expiresAt = new Date(startedAt.getTime() + KEPT_FOR);
    try {
      await answers.create({ _id: id, organization, fingerprint, state: 'running', startedAt, expiresAt });
      return { is: 'ours' };
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    const row = await answers.findOne({ _id: id, organization }).lean();
    if (!row) return claim(organization, id, fingerprint);
    const first = plain(row);
    if (isGone(first, startedAt)) {
      const { deletedCount } = await answers.deleteOne({ _id: id, organization, startedAt: first.startedAt });
      return deletedCount === 1
        ? claim(organization, id, fingerprint)
        : { is: 'running', fingerprint: first.fingerprint };
    }
    if (first.sealed === null) return { is: 'running', fingerprint: first.fingerprint };
    const answer: Answer = JSON.parse(keyring.open(first.sealed, place(organization, id)));
    return { is: 'done', fingerprint: first.fingerprint, answer };
  }

  return {
    claim,

    async keep(organization: string, id: string, answer: Answer): Promise<void> {
      const sealed = keyring.seal(JSON.stringify(answer), place(organization, id));
      await answers.updateOne({ _id: id, organization }, { $set: { state: 'done', sealed } });
    },

    /** Nothing came of it: the same key may be tried again. */
    async forget(organization: string, id: string): Promise<void> {
      await answers.deleteOne({ _id: id, organization });
    },
  };
}

function isGone(row: Pick<AnswerRow, 'state' | 'startedAt' | 'expiresAt'>, now: Date): boolean {
  if (row.expiresAt <= now) return true;
  return row.state === 'running' && now.getTime() - row.startedAt.getTime() > LOST_AFTER;
}
