import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp, type Program } from './testing/app.ts';
import * as samples from './media/testing/samples.ts';
import { request as undici } from 'undici';
import { connect as tcp, type AddressInfo } from 'node:net';
import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';

let t: TestApp; let acme: Program; let other: Program;
beforeAll(async () => { t = await startTestApp({ META_APP_ID: '77', META_APP_SECRET: 'the-secret-of-the-app' }); acme = await t.program(); other = await t.program(); });
afterAll(() => t.close());

it('foreign = unknown on every route with an id', async () => {
  t.meta.knowsTheNumber();
  const ch = (await acme.call('POST', '/api/channels', { provider: 'meta', name: 'S', phoneNumberId: '1', businessAccountId: '2', accessToken: 'a'.repeat(20), appSecret: 'b'.repeat(20) })).json().id;
  const sim = (await acme.call('POST', '/api/channels', { provider: 'simulator', name: 'S' })).json().id;
  const { payload, headers } = samples.form(samples.text(), 'a.txt');
  const med = (await acme.call('POST', '/api/media', payload, headers)).json().id;
  t.meta.reply = (r) => r.url.includes('message_templates') ? { status: 200, text: JSON.stringify({ data: [{ id: '1', name: 'x', language: 'en', status: 'APPROVED', components: [] }] }) } : null;
  await acme.call('POST', '/api/templates/sync', { channelId: ch });
  const tpl = (await acme.call('GET', '/api/templates')).json().items[0].id;
  const Z = '00000000000000000000000000';
  const bad: string[] = [];
  const routes: [string, string, string, unknown?][] = [
    ['GET', '/api/channels/ID', ch], ['PATCH', '/api/channels/ID', ch, { name: 'x' }], ['PATCH', '/api/channels/ID', ch, { authToken: 'x' }], ['DELETE', '/api/channels/ID', ch], ['POST', '/api/channels/ID/check', ch],
    ['GET', '/api/channels/ID/profile', ch], ['PATCH', '/api/channels/ID/profile', ch, { about: 'x' }], ['POST', '/api/channels/ID/register', ch, { pin: '123456' }],
    ['POST', '/api/channels/ID/request-code', ch, {}], ['POST', '/api/channels/ID/verify-code', ch, { code: '123456' }], ['POST', '/api/channels/ID/subscribe', ch],
    ['POST', '/api/channels/ID/inbound', sim, { from: '+447700900001', text: 'x' }], ['GET', '/api/channels/ID/outbound', sim], ['POST', '/api/channels/ID/read', sim, { from: '+447700900001' }],
    ['GET', '/api/media/ID', med], ['DELETE', '/api/media/ID', med], ['GET', '/api/templates/ID', tpl], ['POST', '/api/templates/sync', ch, { channelId: 'ID' }],
  ];
  for (const [method, path, id, body] of routes) {
    const prefix = id.slice(0, 4);
    const ask = async (x: string) => {
      const b = body && JSON.parse(JSON.stringify(body).replace('ID', x));
      const a = await other.call(method as 'GET', path.replace('ID', x), b as never);
      return `${a.statusCode} ${a.body.replaceAll(x, 'X').replace(/req_\w+/, '')}`;
    };
    const [one, two] = [await ask(id), await ask(prefix + Z)];
    if (one !== two || !one.startsWith('404')) bad.push(`${method} ${path}: ${one} | ${two}`);
  }
  console.log('BAD', bad);
  // permissions
  const none = await t.program({ scopes: ['whatsapp_bot:view'], organization: acme.organization });
  for (const [method, path, id, body] of routes) {
    const a = await none.call(method as 'GET', path.replace('ID', id), body as never);
    if (a.statusCode !== 403) console.log('PERM', method, path, a.statusCode);
  }
  // still there
  expect((await acme.call('GET', `/api/media/${med}`)).statusCode).toBe(200);
  // openapi
  const api = (await acme.call('GET', '/api/openapi.json')).json();
  const have = Object.entries(api.paths).flatMap(([p, ms]) => Object.keys(ms as object).map((m) => `${m.toUpperCase()} ${p}`));
  console.log('OPENAPI', have.filter((x) => /channels|media|templates/.test(x)).join('\n'));
  console.log(JSON.stringify(api.paths['/api/media/{id}']?.get?.responses ?? null).slice(0, 300));
});

it('attacks', async () => {
  const log: unknown[] = [];
  const c = async (m: string, u: string, b?: unknown, h = {}) => { const a = await acme.call(m as 'GET', u, b as never, h); return `${a.statusCode} ${a.body.slice(0, 160)}`; };
  const ch = (await acme.call('GET', '/api/channels')).json().items.find((x: any) => x.provider === 'meta').id;
  log.push(await c('POST', '/api/templates/sync', undefined));
  log.push(await c('POST', '/api/channels/' + ch + '/request-code', undefined));
  log.push(await c('POST', '/api/channels/' + ch + '/subscribe', {}));
  log.push(await c('GET', '/api/templates?channel[$ne]=x'));
  log.push(await c('GET', '/api/templates?status=a&status=b'));
  log.push(await c('GET', '/api/templates?q=('));
  log.push(await c('PATCH', '/api/channels/' + ch + '/profile', { websites: ['javascript:alert(1)'] }));
  log.push(await c('POST', '/api/media', 'x', { 'content-type': 'multipart/form-data' }));
  log.push(await c('POST', '/api/media', 'x', { 'content-type': 'multipart/form-data; boundary=a' }));
  log.push(await c('POST', '/api/media', '--a\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\nx\r\n--a--', { 'content-type': 'multipart/form-data; boundary=a' }));
  log.push(await c('POST', '/api/media', '--a\r\nContent-Disposition: form-data; name="file"; filename="a\u0000b\r\n.txt"\r\n\r\nhello\r\n--a--', { 'content-type': 'multipart/form-data; boundary=a' }));
  log.push(await c('POST', '/api/media', '--a\r\nContent-Disposition: form-data; name="file"\r\n\r\nhello\r\n--a--', { 'content-type': 'multipart/form-data; boundary=a' }));
  const two = '--a\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhello\r\n--a\r\nContent-Disposition: form-data; name="file"; filename="b.txt"\r\n\r\nhello\r\n--a--';
  log.push(await c('POST', '/api/media', two, { 'content-type': 'multipart/form-data; boundary=a' }));
  const twoAs = '--a\r\nContent-Disposition: form-data; name="as"\r\n\r\nimage\r\n--a\r\nContent-Disposition: form-data; name="as"\r\n\r\ndocument\r\n--a\r\nContent-Disposition: form-data; name="file"; filename="b.txt"\r\n\r\nhello\r\n--a--';
  log.push(await c('POST', '/api/media', twoAs, { 'content-type': 'multipart/form-data; boundary=a' }));
  const one = samples.form(samples.text(), 'idem.txt');
  log.push(await c('POST', '/api/media', one.payload, { ...one.headers, 'idempotency-key': 'k1' }));
  log.push(await c('POST', '/api/media', one.payload, { ...one.headers, 'idempotency-key': 'k1' }));
  const twoo = samples.form(Buffer.from('another'), 'idem.txt');
  log.push(await c('POST', '/api/media', twoo.payload, { ...twoo.headers, 'idempotency-key': 'k1' }));
  log.push(await c('POST', '/api/media', twoo.payload, { ...twoo.headers, 'idempotency-key': '' }));
  console.log(log.join('\n'));
  const drafts = (t.media.files as any).draft();
  console.log('DRAFTS LEFT', (await readdir(dirname(drafts))).length);
  await t.app.listen({ port: 0, host: '127.0.0.1' });
  const port = (t.app.server.address() as AddressInfo).port;
  // half an upload, then gone
  await new Promise<void>((done) => {
    const s = tcp(port, '127.0.0.1', () => {
      s.write(`POST /api/media HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${acme.key}\r\ncontent-type: multipart/form-data; boundary=a\r\ncontent-length: 100000\r\n\r\n--a\r\nContent-Disposition: form-data; name="file"; filename="b.txt"\r\n\r\nhello`);
      setTimeout(() => { s.destroy(); setTimeout(done, 500); }, 300);
    });
  });
  console.log('DRAFTS AFTER ABORT', (await readdir(dirname(drafts))).length);
  // no auth with a large body
  const r = await undici(`http://127.0.0.1:${port}/api/media`, { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=a', 'content-length': '5' }, body: '12345' });
  console.log('NOAUTH', r.statusCode, (await r.body.text()).slice(0, 100));
  // cookie CSRF is in auth
  const h = await undici(`http://127.0.0.1:${port}/api/media/${'x'.repeat(5000)}`, { headers: { authorization: `Bearer ${acme.key}` } });
  console.log('LONG', h.statusCode);
  await h.body.dump();
});
