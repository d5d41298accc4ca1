import { callOf, compileFlow, type Facts, Flow, type HttpRequest, inboundText, start } from '@parley/runtime';
import { expect, it } from 'vitest';
import { nodeTypes } from '../../index.ts';

const facts: Facts = {
  now: '2026-03-02T09:00:00.000Z',
  contact: {
    id: 'con_1',
    name: 'Ana',
    firstName: 'Ana',
    lastName: null,
    phone: '+447700900001',
    email: null,
    language: null,
    tags: ['vip'],
    groups: [],
    attributes: { age: 41 },
  },
  conversation: { id: 'cnv_1', channel: 'chn_1', windowClosesAt: null },
  flow: { id: 'flw_1', name: 'Test', version: 1 },
};

/** The request that a node with this config sends. */
async function requestOf(config: Record<string, unknown>): Promise<HttpRequest> {
  const flow = Flow.parse({
    format: 'parley.flow/1',
    nodes: [
      { id: 'start', type: 'trigger.message', config: { match: 'any' } },
      { id: 'api', type: 'http.request', config },
    ],
    edges: [{ id: 'e', source: 'start', sourceHandle: 'next', target: 'api' }],
  });
  const compiled = compileFlow(flow, nodeTypes);
  const step = start(compiled, { session: 's1', target: 'start', message: inboundText('a b&c'), facts });
  const sent: HttpRequest[] = [];
  const http = async (request: HttpRequest) => {
    sent.push(request);
    return { status: 200, headers: {}, text: '', json: null };
  };
  const code = () => Promise.reject(new Error('no code here'));
  for (const call of step.calls)
    await callOf(compiled, step.snapshot, call, { facts, services: { http, code }, idempotencyKey: 'key-1' });
  const [request] = sent;
  if (!request) throw new Error('nothing was sent');
  return request;
}
const url = 'https://api.example/orders?a=1';

it('puts values into the query as they are, encoded', async () =>
  expect(await requestOf({ url, query: { q: '{{message.text}}', n: 2, yes: true } })).toEqual({
    method: 'GET',
    url: 'https://api.example/orders?a=1&q=a+b%26c&n=2&yes=true',
    headers: {},
    body: null,
  }));
it('sends a body as JSON that keeps the types of its values', async () =>
  expect(
    await requestOf({
      method: 'POST',
      url,
      body: { age: '{{contact.attributes.age}}', tags: '{{contact.tags}}', say: 'Hi {{contact.firstName}}' },
    }),
  ).toEqual({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', 'idempotency-key': 'key-1' },
    body: '{"age":41,"tags":["vip"],"say":"Hi Ana"}',
  }));
it('sends a text as it is, and the headers that the author wrote', async () =>
  expect(
    await requestOf({
      method: 'PUT',
      url,
      headers: { 'Content-Type': 'text/csv', 'Idempotency-Key': 'mine', 'X-Who': '{{contact.firstName}}' },
      body: 'a;{{contact.attributes.age}}',
    }),
  ).toEqual({
    method: 'PUT',
    url,
    headers: { 'content-type': 'text/csv', 'idempotency-key': 'mine', 'x-who': 'Ana' },
    body: 'a;41',
  }));
it('sends no body with GET', async () => expect((await requestOf({ url, body: { a: 1 } })).body).toBe(null));
