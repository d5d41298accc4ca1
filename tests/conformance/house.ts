import { createChannelStore } from '@parley/server/src/features/channels/store.ts';
import { newId } from '@parley/server/src/storage/ids.ts';
import type { TestApp } from '@parley/server/src/testing/app.ts';
import { signatureOf } from '@parley/server/src/testing/meta.ts';

const ECHO = {
  format: 'parley.flow/1',
  name: 'Echo',
  nodes: [
    { id: 'start', type: 'trigger.message', config: { match: 'any' } },
    { id: 'echo', type: 'chat.send', config: { text: 'Echo: {{message.text}}' } },
  ],
  edges: [{ id: 'e1', source: 'start', sourceHandle: 'next', target: 'echo' }],
};

/** What the store holds of one organization. */
export interface Stored {
  /** Rows of the inbox: what a person sees of what came in. */
  inbound: { providerIds: string[]; text: string | null }[];
  /** Rows of the webhook log that are no message of a person's, each with its id and all that it holds. */
  kept: { kind: string; field: string; text: string }[];
  counts: Record<string, number>;
}

export type House = Awaited<ReturnType<typeof openHouse>>;

/**
 * An organization with the flow live, and a channel for every number and account that this webhook names. Its own one
 * for each webhook: the collection's samples repeat ids and numbers.
 */
export async function openHouse(test: TestApp, body: string, secret: string) {
  const program = await test.program();
  const store = createChannelStore(test.connection, test.keyring, () => test.clock.time);
  const channels: string[] = [];
  // Not by the API: it takes digits only, and samples hold placeholders such as PHONE_NUMBER_ID
  for (const { phoneNumberId, businessAccountId } of placesIn(JSON.parse(body))) {
    const { id } = await store.create({
      id: newId('chn'),
      organization: program.organization,
      provider: 'meta',
      name: phoneNumberId,
      phoneNumberId,
      businessAccountId,
      address: null,
      accountSid: null,
      messagingServiceSid: null,
      secrets: { accessToken: 'token', appSecret: secret, verifyToken: 'verify' },
    });
    channels.push(id);
  }
  const flow = (await program.call('POST', '/api/flows', { name: 'Echo', document: ECHO })).json<{ id: string }>();
  const published = await program.call('POST', `/api/flows/${flow.id}/publish`, {});
  if (published.statusCode !== 200) throw new Error(`the flow was not published: ${published.body}`);

  return {
    /** The status of the answer. */
    async post(payload: Buffer | string, signature = signatureOf(payload, secret)): Promise<number> {
      const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature };
      const answer = await test.app.inject({ method: 'POST', url: '/webhook/meta/whatsapp', payload, headers });
      await test.engine.settle();
      return answer.statusCode;
    },

    async stored(): Promise<Stored> {
      const { db } = test.connection;
      if (!db) throw new Error('the store is closed');
      const { organization } = program;
      const all = (name: string) => db.collection(name).find({ organization }).toArray();
      const names = ['events', 'messages', 'conversations', 'contacts'] as const;
      const [events = [], messages = [], ...others] = await Promise.all(names.map(all));
      const kept = events.filter(({ kind }) => !['message', 'answer', 'result'].includes(String(kind)));
      return {
        inbound: messages.filter((row) => row.direction === 'INBOUND') as never,
        kept: kept.map((row) => {
          const { field = '' } = JSON.parse(row.payload);
          return { kind: row.kind, field, text: `${row._id} ${row.payload}` };
        }),
        counts: Object.fromEntries(names.map((name, at) => [name, [events, messages, ...others][at]?.length ?? 0])),
      };
    },

    async close(): Promise<void> {
      for (const id of channels) await store.remove(program.organization, id);
    },
  };
}

interface Body {
  entry?: Entry | Entry[];
}
interface Entry {
  id?: string | number;
  changes?: Change | Change[];
}
interface Change {
  value?: { metadata?: { phone_number_id?: string | number } };
}

/** The numbers that a webhook names; an account's change that names none gets a number of its own. */
function placesIn({ entry }: Body): { phoneNumberId: string; businessAccountId: string }[] {
  const places = new Map<string, string>();
  for (const { id, changes } of [entry ?? []].flat()) {
    for (const { value } of [changes ?? []].flat()) {
      const number = value?.metadata?.phone_number_id;
      places.set(number === undefined ? `a number of ${id}` : String(number), String(id));
    }
  }
  return [...places].map(([phoneNumberId, businessAccountId]) => ({ phoneNumberId, businessAccountId }));
}
