import { defineNode, type HttpRequest, type Json, VariableName, valueToText } from '@parley/runtime';
import { z } from 'zod';

const pairs = z.record(z.string().min(1).max(200), z.union([z.string(), z.number(), z.boolean()]));

const config = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']).default('GET').meta({ label: 'Method' }),
  url: z
    .string()
    .min(1)
    .max(2_000)
    .regex(/^(https?:\/\/|\{\{)/i, 'Begin the address with https:// or http://.')
    .meta({ label: 'Address' }),
  headers: pairs.default({}).meta({ label: 'Headers', input: 'pairs' }),
  query: pairs.default({}).meta({ label: 'Query', input: 'pairs' }),
  body: z.json().optional().meta({ label: 'Body', input: 'body' }),
  saveAs: VariableName.optional().meta({ label: 'Remember the answer as' }),
});
type Config = z.output<typeof config>;

/** Asks another system. Answers of 400 and above, and no answer at all, take `error`; `saveAs` keeps { status, body } either way. */
export const request = defineNode({
  type: 'http.request',
  title: 'Call an API',
  group: 'http',
  icon: 'world-www',
  description: 'Sends an HTTP request and keeps the answer.',
  config,
  typed: ['body'],
  literal: ['method', 'saveAs'],
  services: ['http'],
  ports: () => ['next', 'error'],
  call: async ({ config, services, idempotencyKey }) => {
    const reply = await services.http(requestOf(config, idempotencyKey));
    const body: Json = reply.json ?? reply.text;
    const set: Record<string, Json> = config.saveAs ? { [config.saveAs]: { status: reply.status, body } } : {};
    if (reply.status >= 400) return { port: 'error', set, error: `The address answered with status ${reply.status}.` };
    return { port: 'next', set };
  },
});

function requestOf({ method, url, headers, query, body }: Config, idempotencyKey: string): HttpRequest {
  const address = new URL(url);
  for (const [name, value] of Object.entries(query)) address.searchParams.append(name, valueToText(value));
  const sent: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) sent[name.toLowerCase()] = valueToText(value);
  const text =
    body === undefined || method === 'GET' || method === 'HEAD'
      ? null
      : typeof body === 'string'
        ? body
        : JSON.stringify(body);
  if (text !== null && !sent['content-type'])
    sent['content-type'] = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json';
  if (method !== 'GET' && method !== 'HEAD') sent['idempotency-key'] ??= idempotencyKey;
  return { method, url: address.toString(), headers: sent, body: text };
}
