import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Folder, makeFolder, typeIn } from '../../testing/type.ts';

let folder: Folder;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => folder.remove());

const talk = (lines: string[], ...more: string[]) => typeIn(folder, ['run', 'flow.json', ...more], lines);
const recorded = () => JSON.parse(readFileSync(join(folder.path, 'talk.json'), 'utf8'));

/** A flow of nodes in a row, from a trigger that takes any message. */
function inARow(nodes: [type: string, config: Record<string, unknown>][], more: Record<string, unknown> = {}) {
  const ids = ['start', ...nodes.map((_, index) => `n${index + 1}`)];
  const start: [string, Record<string, unknown>] = ['trigger.message', { match: 'any' }];
  return {
    format: 'parley.flow/1',
    name: 'Row',
    nodes: [start, ...nodes].map(([type, config], index) => ({ id: ids[index], type, config })),
    edges: ids.slice(1).map((target, i) => ({ id: `e${i}`, source: ids[i], sourceHandle: 'next', target })),
    ...more,
  };
}
const say = (text: string): [string, Record<string, unknown>] => ['chat.send', { kind: 'text', text }];
const ask = (more: Record<string, unknown>): [string, Record<string, unknown>] => [
  'chat.ask',
  { text: 'Well?', ...more },
];

const menu = {
  format: 'parley.flow/1',
  name: 'Menu',
  nodes: [
    { id: 'start', type: 'trigger.message', config: { match: 'keyword', keywords: ['hi'] } },
    {
      id: 'menu',
      type: 'chat.buttons',
      config: {
        text: 'Tea?',
        timeout: 'PT2H',
        buttons: [
          { id: 'yes', title: 'Yes' },
          { id: 'no', title: 'No' },
        ],
      },
    },
    { id: 'tea', type: 'chat.send', config: { kind: 'text', text: 'Tea!' } },
    { id: 'person', type: 'people.handoff', config: { team: 'sales' } },
    { id: 'late', type: 'chat.send', config: { kind: 'text', text: 'Too late' } },
  ],
  edges: [
    { id: 'e1', source: 'start', sourceHandle: 'next', target: 'menu' },
    { id: 'e2', source: 'menu', sourceHandle: 'yes', target: 'tea' },
    { id: 'e3', source: 'menu', sourceHandle: 'no', target: 'person' },
    { id: 'e4', source: 'menu', sourceHandle: 'timeout', target: 'late' },
  ],
};

describe('a chat', () => {
  it('shows buttons by number and taps them by it', async () => {
    folder.put('flow.json', menu);
    const { code, said } = await talk(['hi', '1']);
    expect(code).toBe(0);
    expect(said).toContain(
      'bot: Tea?\n       [1] Yes\n       [2] No\n> 1\nbot: Tea!\n-- the conversation with the bot has ended',
    );
  });

  it('takes a number for words where nothing is on offer, and /say always', async () => {
    folder.put('flow.json', inARow([ask({ saveAs: 'n', answer: 'number' }), say('It is {{n}}')]));
    expect((await talk(['hi', '1'])).said).toContain('It is 1');
    expect((await talk(['hi', '/say 2'])).said).toContain('It is 2');
  });

  it('lets time pass, to a moment or to the next timer', async () => {
    folder.put('flow.json', menu);
    expect((await talk(['hi', '/wait 1h 59m', '/where'])).said).toMatch(/at menu, waiting.*2026-03-02T10:59:00.000Z/);
    expect((await talk(['hi', '/wait 2h'])).said).toContain('bot: Too late');
    expect((await talk(['hi', '/skip'])).said).toMatch(/bot: Too late[\s\S]*it is 2026-03-02T11:00:00.000Z/);
  });

  it('gives the conversation to people and back', async () => {
    folder.put('flow.json', menu);
    const { said } = await talk(['/agent resume', 'hi', '/button no', 'are you there?', '/agent close', '/agent what']);
    expect(said).toContain('nobody was asked to take it');
    expect(said).toContain('-- handed over to people');
    expect(said).toContain('Write /agent resume or /agent close.');
  });

  it.each([
    [ask({ answer: 'media' }), '/send image https://x.example/a.png A cat', 'image'],
    [ask({ answer: 'location' }), '/location 38.72,-9.14 Lisbon', 'location'],
    [['chat.flowForm', { text: 'Which?', button: 'Choose', formId: '1' }], '/form {"size": "L"}', 'form'],
  ] as [[string, Record<string, unknown>], string, string][])(
    'sends files, places and forms: %j %s',
    async (node, typed, type) => {
      folder.put('flow.json', inARow([node, say('{{message.type}}')]));
      expect((await talk(['hi', typed])).said).toContain(`bot: ${type}`);
    },
  );

  it('begins anew, and forgets', async () => {
    folder.put('flow.json', inARow([ask({ saveAs: 'name' })]));
    const { said } = await talk(['hi', 'Bo', '/vars', '/restart', '/vars', '/where']);
    expect(said).toMatch(/"name": "Bo"\n}\n> \/restart[\s\S]*> \/vars\n\{\}\n> \/where\n-- nothing has begun/);
  });

  it('refuses what it cannot do, with words for it', async () => {
    folder.put('flow.json', menu);
    const { code, said } = await talk([
      '/nope',
      '/__proto__',
      '/',
      '/wait',
      '/wait -1h',
      '/wait 99999d',
      '/skip',
      '/send',
      '/send image',
      '/location 1',
      '/location 91,0',
      '/location ..,.',
      '/form []',
      '/button',
      '/say',
      '/event',
      '/event {',
      '/event x [1]',
      '/start',
      '/start ghost',
      '/event ghost',
      '/help',
    ]);
    expect(code).toBe(0);
    expect(said).toContain('There is no /__proto__.');
    expect(said.match(/^-- Write /gm)).toHaveLength(15);
    expect(said).toContain('nothing began at ghost');
    expect(said).toContain('no flow began with the event ghost');
    expect(said).toContain('  /wait 30m ');
  });

  it('shows no sign that would steer the terminal', async () => {
    folder.put('flow.json', inARow([say('a\u001b[2Jb')]));
    expect((await talk(['x\u001b]0;y'])).said).not.toContain('\u001b');
  });

  it('shows what the provider refuses', async () => {
    folder.put('flow.json', inARow([say('Hello'), ask({})]));
    expect((await talk(['/fail 131026', 'hi'])).said).toMatch(
      /bot: Hello\n-- not delivered: 131026\n[\s\S]*-- the bot has failed/,
    );
  });
});

describe('what the flow asks of other systems', () => {
  const request = (path: string): [string, Record<string, unknown>] => [
    'http.request',
    { method: 'GET', url: `https://x.example/${path}`, saveAs: 'found' },
  ];
  beforeEach(() => folder.put('flow.json', inARow([request('a'), say('{{found.body.n}}')])));

  it('is answered by the person, who may answer the same again', async () => {
    const { said } = await talk(['hi', 'what?', '200 {"n": 7}', 'hi', '']);
    expect(said).toContain('-- the flow asks: GET https://x.example/a');
    expect(said).toContain('Enter: 200 {"n":7}');
    expect(said.match(/bot: 7/g)).toHaveLength(2);
  });

  it.each(['404', '500 plain words', 'error timed out', '/quit'])('fails with %s', async (answer) => {
    expect((await talk(['hi', answer])).said).toContain('-- the bot has failed');
  });

  it('fails where nobody answers any more', async () => {
    expect(await talk(['hi'])).toMatchObject({ code: 0, said: expect.stringContaining('the bot has failed') });
  });

  it('is really asked with --http, but nothing private is', async () => {
    folder.put('flow.json', inARow([['http.request', { method: 'GET', url: 'http://127.0.0.1:1/', saveAs: 'found' }]]));
    expect((await talk(['hi'], '--http')).said).toContain('-- no answer: This address is not public.');
  });
});

describe('a recording', () => {
  const plays = () => typeIn(folder, ['test', 'talk.json']);

  it('is a script that holds', async () => {
    folder.put('flow.json', menu);
    const lines = [
      'hello?',
      'hi',
      'what',
      '/skip',
      'hi',
      '/wait 5m',
      '/button yes',
      '/fail x',
      'hi',
      '2',
      'so?',
      '/agent resume',
    ];
    const { code, said } = await talk(
      lines,
      '--record',
      'talk.json',
      '--contact',
      '{"name":"Bo","tags":["vip"]}',
      '--language',
      'pt',
    );
    expect([code, said]).toEqual([0, expect.stringContaining('recorded')]);
    expect(recorded()).toMatchObject({
      flow: 'flow.json',
      contact: { name: 'Bo', language: 'pt' },
      now: '2026-03-02T09:00:00.000Z',
    });
    expect(await plays()).toMatchObject({ code: 0 });
  });

  it('holds answers of other systems, real errors too', async () => {
    const call: [string, Record<string, unknown>] = [
      'http.request',
      { method: 'GET', url: 'https://x.example/', saveAs: 'f' },
    ];
    folder.put('flow.json', inARow([call, say('{{f.body.n}}')]));
    await talk(['hi', '{"n":1}', 'hi', '{"n":2}', 'hi', 'error gone'], '--record', 'talk.json');
    expect(await plays()).toMatchObject({ code: 0 });
    expect(JSON.stringify(recorded())).toContain('gone');
  });

  it('names the flows that it needs, and no others', async () => {
    folder.put('flow.json', inARow([['logic.subflow', { flow: 'inner' }], say('Back')]));
    folder.put('inner.json', inARow([say('Inside')]));
    folder.put('stranger.json', menu);
    expect((await talk(['hi'], '--record', 'talk.json')).said).toMatch(/bot: Inside\nbot: Back/);
    expect(recorded().flows).toEqual({ inner: 'inner.json' });
    expect(await plays()).toMatchObject({ code: 0 });
  });

  it('is not made of nothing, nor over a file that is there', async () => {
    folder.put('flow.json', menu);
    expect((await talk(['/help'], '--record', 'talk.json')).said).toContain('nothing is recorded');
    expect(existsSync(join(folder.path, 'talk.json'))).toBe(false);
    expect(await talk([], '--record', 'flow.json')).toEqual({
      code: 1,
      said: expect.stringContaining('there already'),
    });
    expect(await talk([], '--record', 'no/talk.json')).toEqual({
      code: 1,
      said: expect.stringContaining('no directory'),
    });
  });
});

describe('a chat does not begin', () => {
  it.each([
    [['--contact', '{'], '--contact is not JSON'],
    [['--contact', '{"firstname": "Bo"}'], 'firstName'],
    [['--contact', 'none.json'], 'There is no file none.json'],
    [['--now', 'today'], 'Write it as 2026-03-02T09:00:00Z'],
    [['--now', '2026-02-31T25:00:00Z'], 'is no moment'],
    [['--flows', 'none'], 'There is no file or directory none'],
  ])('with %j', async (options, words) => {
    folder.put('flow.json', menu);
    expect(await talk([], ...options)).toEqual({ code: 1, said: expect.stringContaining(words) });
  });

  it('with a flow that is broken, or none', async () => {
    folder.put('flow.json', { ...menu, nodes: menu.nodes.slice(0, 2) });
    expect(await talk([])).toEqual({ code: 1, said: expect.stringContaining('flow.json cannot run') });
    expect(await typeIn(folder, ['run', 'none.json'])).toEqual({
      code: 1,
      said: expect.stringContaining('no file none.json'),
    });
    expect(await typeIn(folder, ['run', 'no/none.json'])).toEqual({
      code: 1,
      said: expect.stringContaining('no file no/none.json'),
    });
    expect(await typeIn(folder, ['run', '.'])).toEqual({ code: 1, said: expect.stringContaining('. is a directory') });
    expect(await typeIn(folder, ['run'])).toMatchObject({ code: 2 });
  });
});

it('ends in order when it is interrupted, and keeps the recording', async () => {
  folder.put('flow.json', menu);
  const program = join(import.meta.dirname, '..', '..', 'main.ts');
  const child = spawn(process.execPath, [program, 'run', 'flow.json', '--record', 'talk.json'], {
    env: { ...process.env, INIT_CWD: folder.path },
  });
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  let said = '';
  let told = false; // a second interrupt would end it at once
  child.stdout.on('data', (part) => {
    said += part;
    if (told || !said.includes('[2] No')) return;
    told = true;
    child.kill('SIGINT');
  });
  child.stdin.write('hi\n');
  expect(await ended).toEqual({ code: 0, signal: null });
  expect(recorded().steps).toHaveLength(3);
});
