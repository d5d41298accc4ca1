import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { AddressRefused, createHttpService, isPublicAddress } from './http.ts';

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A server on a loopback address; `asked` are the paths that reached it. */
async function serve(answer: RequestListener, address = '127.0.0.1', port = 0) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(String(request.url));
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
  return { port: (server.address() as AddressInfo).port, asked };
}

/** Names that resolve as the test says, one list of addresses a call; the last list stays. */
function names(...answers: string[][]) {
  const asked: string[] = [];
  const lookup = ((name: string, _options: object, done: (error: Error | null, found: object[]) => void) => {
    const found = answers[Math.min(asked.length, answers.length - 1)] ?? [];
    asked.push(name);
    if (found.length === 0) return done(Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' }), []);
    done(
      null,
      found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  }) as never;
  return { lookup, asked };
}

const get = (url: string) => ({ method: 'GET', url, headers: {}, body: null });
const onlyHere = (address: string) => address === '127.0.0.1';

describe('a public address', () => {
  it.each(['8.8.8.8', '1.1.1.1', '2606:4700::1111', '::ffff:8.8.8.8'])('is %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ...['0.0.0.0', '10.0.0.1', '100.64.0.1', '127.0.0.1', '127.1.2.3', '169.254.169.254', '172.16.0.1', '192.0.0.1'],
    ...['192.168.1.1', '198.18.0.1', '224.0.0.1', '240.0.0.1', '255.255.255.255', '168.63.129.16'],
    ...[
      '::',
      '::1',
      '::7f00:1',
      '::ffff:10.0.0.1',
      '::ffff:7f00:1',
      '64:ff9b::7f00:1',
      '64:ff9b:1::1',
      '2002:7f00:1::',
    ],
    ...['2001::1', '100::1', 'fc00::1', 'fd00:ec2::254', 'fe80::1', 'fec0::1', 'ff02::1', '2001:db8::1'],
    ...['', 'localhost', 'example.com', '127.0.0.1 '],
  ])('is not "%s"', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('a request of a flow', () => {
  it.each([
    ...['127.0.0.1', '0', '0x7f.1', '0x7f000001', '2130706433', '017700000001', '127.1', '127.0.0.1.', '10.0.0.1'],
    ...['169.254.169.254', '[::1]', '[::]', '[::ffff:10.0.0.1]', '[::ffff:127.0.0.1]', '[::127.0.0.1]', '[fd00::1]'],
    ...['１２７.０.０.１', '①②⑦.0.0.1'],
  ])('does not go to %s', async (host) => {
    const { lookup, asked } = names(['8.8.8.8']);
    await expect(createHttpService({ lookup })(get(`http://${host}/`))).rejects.toThrow(AddressRefused);
    expect(asked).toEqual([]);
  });

  it.each(['localhost', 'localhost.', 'a.localhost', 'ip6-localhost', '127.0.0.1.example.com', 'metadata.example.com'])(
    'does not go to %s, for that name points inside',
    async (host) => {
      for (const inside of [
        ['127.0.0.1'],
        ['::1'],
        ['169.254.169.254'],
        ['8.8.8.8', '10.0.0.1'],
        ['::ffff:10.0.0.1'],
      ]) {
        const { lookup } = names(inside);
        await expect(createHttpService({ lookup })(get(`http://${host}/`))).rejects.toThrow(AddressRefused);
      }
    },
  );

  it('does not go to localhost by the names of this machine', async () => {
    const { port, asked } = await serve((_, response) => response.end('inside'));
    await expect(createHttpService()(get(`http://localhost:${port}/`))).rejects.toThrow(AddressRefused);
    expect(asked).toEqual([]);
  });

  it('checks the very address that it connects to: a name that changes its mind gets nowhere', async () => {
    const open = await serve((_, response) => response.setHeader('connection', 'close').end('open'));
    const secret = await serve((_, response) => response.end('secret'), '127.0.0.2', open.port);
    const { lookup, asked } = names(['127.0.0.1'], ['127.0.0.2']);
    const http = createHttpService({ lookup, allow: onlyHere });
    expect(await http(get(`http://rebinding.example:${open.port}/1`))).toMatchObject({ status: 200, text: 'open' });
    expect(asked).toHaveLength(1);
    await expect(http(get(`http://rebinding.example:${open.port}/2`))).rejects.toThrow(AddressRefused);
    expect(asked).toHaveLength(2);
    expect(open.asked).toEqual(['/1']);
    expect(secret.asked).toEqual([]);
  });

  it.each(['ftp://example.com/', 'file:///etc/passwd', 'data:text/plain,x', 'gopher://example.com/', 'unix:///run/x'])(
    'does not go by %s',
    async (url) => {
      await expect(createHttpService()(get(url))).rejects.toThrow(AddressRefused);
    },
  );

  it.each(['http://ana@example.com/', 'http://ana:secret@example.com/', 'http://:secret@example.com/'])(
    'takes no credentials in the address %s',
    async (url) => {
      await expect(createHttpService()(get(url))).rejects.toThrow('Put credentials into a header');
    },
  );

  it('fails where a name is unknown or an address is none', async () => {
    const { lookup } = names([]);
    await expect(createHttpService({ lookup })(get('http://nowhere.example/'))).rejects.toThrow('ENOTFOUND');
    await expect(createHttpService()(get('http://'))).rejects.toThrow();
  });
});

describe('an answer', () => {
  /** The service, with one name for the loopback server. */
  const here = (port: number, options: { timeout?: number } = {}) => {
    const http = createHttpService({ ...names(['127.0.0.1']), allow: onlyHere, ...options });
    return (path: string) => http(get(`http://api.example:${port}${path}`));
  };

  it('gives status, words, JSON and the headers that flows may see', async () => {
    const { port } = await serve((_, response) => {
      response.writeHead(201, { 'content-type': 'application/json', etag: '"1"', 'set-cookie': 'a=b', server: 'x' });
      response.end('{"total":12.5}');
    });
    expect(await here(port)('/')).toEqual({
      status: 201,
      headers: { 'content-type': 'application/json', etag: '"1"' },
      text: '{"total":12.5}',
      json: { total: 12.5 },
    });
  });

  it('keeps the words where they are no JSON', async () => {
    const { port } = await serve((_, response) => response.end('{not json'));
    expect(await here(port)('/')).toMatchObject({ text: '{not json', json: null });
  });

  it.each([301, 302, 303, 307, 308])('with status %d is given as it is, and not followed', async (status) => {
    const { port, asked } = await serve((_, response) => response.writeHead(status, { location: '/inside' }).end());
    expect(await here(port)('/door')).toMatchObject({ status, headers: { location: '/inside' } });
    expect(asked).toEqual(['/door']);
  });

  it('may hold a million bytes, and not one more', async () => {
    const { port } = await serve(({ url }, response) => response.end('x'.repeat(Number(url?.slice(1)))));
    expect((await here(port)('/1000000')).text).toHaveLength(1_000_000);
    await expect(here(port)('/1000001')).rejects.toThrow('larger than 1000000 bytes');
  });

  it('without an end is hung up on', async () => {
    const hungUp = Promise.withResolvers<void>();
    const { port } = await serve((_, response) => {
      response.on('close', hungUp.resolve);
      const pour = () => {
        while (response.write('x'.repeat(65_536)));
      };
      response.on('drain', pour);
      pour();
    });
    await expect(here(port)('/')).rejects.toThrow('larger than 1000000 bytes');
    await hungUp.promise;
  });

  it('that never begins is given up', async () => {
    const { port, asked } = await serve(() => {});
    await expect(here(port, { timeout: 50 })('/')).rejects.toThrow();
    expect(asked).toEqual(['/']);
  });

  it('that trickles is given up when the whole time is over, however lively it looks', async () => {
    const hungUp = Promise.withResolvers<void>();
    const { port } = await serve((_, response) => {
      const drip = setInterval(() => response.write('x'), 5);
      response.on('close', () => {
        clearInterval(drip);
        hungUp.resolve();
      });
    });
    await expect(here(port, { timeout: 100 })('/')).rejects.toThrow(/timeout/i);
    await hungUp.promise;
  });
});
