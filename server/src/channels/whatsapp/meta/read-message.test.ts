import { expect, it } from 'vitest';
import { channelOf } from '../../../engine/testing/world.ts';
import { metaReader } from './read-message.ts';

const request = { channel: channelOf('chn_1'), messageId: 'wamid.1', signal: AbortSignal.timeout(1_000) };

it('marks the message as read, and shows typing only where asked', async () => {
  const bodies: unknown[] = [];
  const answer = async (url: unknown, init?: RequestInit) => {
    expect(url).toBe('https://graph.test/v24.0/1/messages');
    bodies.push(JSON.parse(String(init?.body)));
    return Response.json({ success: true });
  };
  const read = metaReader({ graphUrl: 'https://graph.test', fetch: answer as typeof fetch });
  expect(await read({ ...request, typing: true })).toBe(null);
  expect(await read({ ...request, typing: false })).toBe(null);
  const plain = { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.1' };
  expect(bodies).toEqual([{ ...plain, typing_indicator: { type: 'text' } }, plain]);
});

it('tells in words what did not work, and no secret', async () => {
  const refuses = metaReader({
    graphUrl: 'https://graph.test',
    fetch: async () => new Response('token', { status: 400 }),
  });
  const isAway = metaReader({ graphUrl: 'https://graph.test', fetch: () => Promise.reject(new Error('token')) });
  const told = [await refuses({ ...request, typing: true }), await isAway({ ...request, typing: true })];
  expect(told).toEqual(['Meta answered with status 400.', 'Meta gave no answer.']);
});
