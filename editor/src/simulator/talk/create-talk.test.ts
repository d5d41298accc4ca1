import { nodeTypes } from '@parley/nodes';
import {
  type Flow,
  type HttpReply,
  inboundMessage,
  inboundText,
  parseFlow,
  runScript,
  scriptSchema,
} from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { createTalk, type Talk } from './create-talk.ts';
import { momentOfLine } from './playback.ts';
import type { Setup } from './run.ts';
import { scriptOfTalk } from './script-of-talk.ts';
import { talkOfScript } from './talk-of-script.ts';

type Config = Record<string, unknown>;
function flowOf(nodes: Record<string, [string, Config]>, wires: string[]): Flow {
  const { flow, problems } = parseFlow({
    format: 'parley.flow/1',
    name: 'Tried',
    nodes: Object.entries(nodes).map(([id, [type, config]]) => ({ id, type, config })),
    edges: wires.map((wire) => {
      const [source = '', sourceHandle = '', target = ''] = wire.split(/[.>]/);
      return { id: wire.replace(/[.>]/g, '_'), source, sourceHandle, target };
    }),
  });
  if (!flow) throw new Error(JSON.stringify(problems));
  return flow;
}

const asking = flowOf(
  {
    start: ['trigger.message', { match: 'any' }],
    hello: ['chat.send', { kind: 'text', text: 'Hello' }],
    ask: ['chat.ask', { text: 'Your name?', answer: 'text', saveAs: 'name' }],
    get: ['http.request', { method: 'GET', url: 'https://a.example/{{name}}', saveAs: 'found' }],
    bye: ['chat.send', { kind: 'text', text: 'Bye {{name}} {{found.body.state}}' }],
  },
  ['start.next>hello', 'hello.next>ask', 'ask.next>get', 'get.next>bye', 'get.error>bye'],
);

const setup: Setup = { flow: asking, library: {}, now: '2026-03-02T09:00:00.000Z' };
const json = (state: string): HttpReply => ({ status: 200, headers: {}, text: '', json: { state } });
const view = (talk: Talk) => talk.store.getSnapshot().context;
const lines = (talk: Talk) =>
  view(talk).lines.map((line) =>
    line.from === 'bot' && line.content.kind === 'text'
      ? line.content.text
      : line.from === 'contact'
        ? `> ${line.message.text}`
        : line.from === 'system'
          ? `(${line.event})`
          : '?',
  );
const say = (text: string) => ({ kind: 'say' as const, message: inboundText(text) });
/** Lets a turn run up to its question to another system. */
async function untilAsked(talk: Talk): Promise<void> {
  while (!view(talk).question) await Promise.resolve();
}
async function whole(options: Partial<Parameters<typeof createTalk>[0]> = {}): Promise<Talk> {
  const talk = createTalk({ setup, ...options });
  await talk.act(say('hi'));
  const last = talk.act(say('Ana'));
  await untilAsked(talk);
  talk.answer(json('open'));
  await last;
  return talk;
}
const ALL = ['> hi', 'Hello', 'Your name?', '> Ana', 'Bye Ana open', '(ended)'];

describe('a talk', () => {
  it('runs turn after turn, and asks for what other systems say', async () => {
    const talk = await whole();
    expect(lines(talk)).toEqual(ALL);
    expect(view(talk)).toMatchObject({ mode: 'live', hidden: 0, status: 'done', variables: { name: 'Ana' } });
  });

  it('keeps what is typed while a request is open', async () => {
    const talk = createTalk({ setup });
    await talk.act(say('hi'));
    void talk.act(say('Ana'));
    await untilAsked(talk);
    const last = talk.act(say('again'));
    expect(view(talk).queued).toBe(1);
    talk.answer(null);
    await last;
    expect(lines(talk)).toEqual([...ALL.slice(0, 4), 'Bye Ana ', '(ended)', '> again', 'Hello', 'Your name?']);
  });

  it('tells that the simulator itself broke, and begins anew', async () => {
    const talk = createTalk({ setup });
    await talk.act({ kind: 'wait', duration: 'nonsense' });
    expect(view(talk).crash).toContain('nonsense');
    await talk.restart({});
    await talk.act(say('hi'));
    expect(view(talk)).toMatchObject({ crash: null, turns: 1 });
  });
});

describe('back in time', () => {
  it('shows an earlier moment, and the end again', async () => {
    const talk = await whole();
    talk.goToLine(2);
    expect(lines(talk)).toEqual(ALL.slice(0, 3));
    expect(view(talk)).toMatchObject({ mode: 'back', hidden: 3, variables: {}, status: 'waiting' });
    talk.goTo(view(talk).frames.length);
    expect(lines(talk)).toEqual(ALL);
  });

  it('every line has its moment', async () => {
    const talk = await whole();
    for (const line of ALL.keys()) {
      talk.goToLine(line);
      expect(lines(talk)).toEqual(ALL.slice(0, line + 1));
    }
    expect(momentOfLine(view(talk).frames, ALL.length - 1)).toBe(null);
  });

  it('goes on from there, and leaves what came after behind', async () => {
    const talk = await whole();
    talk.goToLine(2);
    const last = talk.act(say('Zoë'));
    await untilAsked(talk);
    talk.answer(null);
    await last;
    expect(lines(talk)).toEqual([...ALL.slice(0, 3), '> Zoë', 'Bye Zoë ', '(ended)']);
    expect(view(talk).turns).toBe(2);
  });

  it('plays what other systems said again, and asks nobody', async () => {
    const talk = await whole();
    talk.goToLine(4);
    await talk.act(say('once more'));
    expect(lines(talk)).toEqual([...ALL, '> once more', 'Hello', 'Your name?']);
  });

  it('two words said at an earlier moment keep their order', async () => {
    const talk = await whole();
    talk.goToLine(0);
    void talk.act(say('One'));
    const last = talk.act(say('Two'));
    await untilAsked(talk);
    talk.answer(null);
    await last;
    expect(lines(talk).filter((line) => line.startsWith('>'))).toEqual(['> hi', '> One', '> Two']);
  });

  it('plays the same talk with a changed flow', async () => {
    const talk = await whole();
    const flow = structuredClone(asking);
    for (const node of flow.nodes) if (node.id === 'hello') node.config = { ...node.config, text: 'Good day' };
    await talk.repeat({ flow });
    expect(lines(talk)).toEqual(['> hi', 'Good day', ...ALL.slice(2)]);
  });
});

describe('stepping', () => {
  it('shows a node at a time, with what was said by then', async () => {
    const talk = createTalk({ setup });
    talk.pause();
    await talk.act(say('hi'));
    const seen: unknown[] = [];
    for (let round = 0; round < 4; round++) {
      seen.push([view(talk).place?.id, lines(talk).length, view(talk).mode]);
      talk.step();
    }
    expect(seen).toEqual([
      ['start', 1, 'halted'],
      ['hello', 1, 'halted'],
      ['ask', 2, 'halted'],
      ['ask', 3, 'live'],
    ]);
  });

  it('halts before a breakpoint, once, and goes on', async () => {
    const talk = createTalk({ setup, breakpoints: () => ['ask'] });
    await talk.act(say('hi'));
    expect(view(talk)).toMatchObject({ mode: 'halted', place: { id: 'ask' }, hidden: 1 });
    talk.goOn();
    expect(view(talk)).toMatchObject({ mode: 'live', hidden: 0 });
  });

  it('halts at a port', async () => {
    const talk = createTalk({ setup, breakpoints: () => ['hello next'] });
    await talk.act(say('hi'));
    expect(lines(talk)).toEqual(['> hi', 'Hello']);
  });

  it('steps back', async () => {
    const talk = await whole();
    talk.stepBack();
    expect(view(talk)).toMatchObject({ mode: 'back', place: { id: 'bye' } });
    talk.stepBack();
    expect(view(talk).place?.id).toBe('get');
  });

  it('asks for an answer only when the request is reached', async () => {
    const talk = createTalk({ setup, breakpoints: () => ['get'] });
    await talk.act(say('hi'));
    const last = talk.act(say('Ana'));
    while (view(talk).mode !== 'halted') await Promise.resolve();
    expect(view(talk).question).toBe(null);
    talk.goOn();
    expect(view(talk).question).toMatchObject({ url: 'https://a.example/Ana' });
    talk.answer(null);
    await last;
  });

  it('what is said while it halts comes after', async () => {
    const talk = createTalk({ setup, breakpoints: () => ['hello'] });
    await talk.act(say('hi'));
    void talk.act(say('Ana'));
    talk.goOn();
    await untilAsked(talk);
    expect(lines(talk)).toEqual(ALL.slice(0, 4));
    talk.answer(null);
  });
});

describe('a flow under its own id', () => {
  const other = flowOf({ called: ['trigger.called', {}], back: ['flow.start', { flow: 'flw_mine', node: 'again' }] }, [
    'called.next>back',
  ]);
  const mine = (words: string) =>
    flowOf(
      {
        start: ['trigger.message', { match: 'keyword', keywords: ['go'] }],
        away: ['flow.start', { flow: 'flw_other' }],
        again: ['trigger.called', {}],
        words: ['chat.send', { kind: 'text', text: words }],
      },
      ['start.next>away', 'again.next>words'],
    );

  it('is begun again by the flow that it started as it stands, not as it was published', async () => {
    const library = { flw_other: other, flw_mine: mine('Old') };
    const talk = createTalk({ setup: { ...setup, flow: mine('New'), id: 'flw_mine', library } });
    await talk.act(say('go'));
    expect(lines(talk).filter((line) => !line.startsWith('('))).toEqual(['> go', 'New']);
    const script = scriptSchema.parse(scriptOfTalk(talk.record(), 'There and back'));
    expect((await runScript(script, mine('New'), nodeTypes, {}, library)).differences).toEqual([]);
  });

  const split = flowOf(
    {
      start: ['trigger.message', { match: 'any' }],
      split: ['logic.random', { branches: [{ id: 'a' }, { id: 'b' }], sticky: true }],
      a: ['chat.send', { kind: 'text', text: 'A' }],
      b: ['chat.send', { kind: 'text', text: 'B' }],
    },
    ['start.next>split', 'split.a>a', 'split.b>b'],
  );
  const PEOPLE = Array.from({ length: 16 }, (_, index) => ({ id: `con_${index}` }));

  it('splits people for good, and a kept test holds', async () => {
    const ways = new Set<string | undefined>();
    for (const contact of PEOPLE) {
      const talk = createTalk({ setup: { ...setup, flow: split, id: 'flw_split', contact } });
      await talk.act(say('hi'));
      ways.add(lines(talk)[1]);
      const script = scriptSchema.parse(scriptOfTalk(talk.record(), 'Split'));
      expect((await runScript(script, split, nodeTypes)).differences).toEqual([]);
    }
    expect(ways).toEqual(new Set(['A', 'B']));
  });

  it('decides by chance as the sessions of a real conversation did', async () => {
    const flow = structuredClone(split);
    for (const node of flow.nodes) if (node.id === 'split') node.config = { ...node.config, sticky: false };
    const wayOf = async (session: string) => {
      const talk = createTalk({ setup: { ...setup, flow, sessions: [session] } });
      await talk.act(say('hi'));
      return lines(talk)[1];
    };
    const ids = Array.from({ length: 16 }, (_, index) => `cnv_1.s${index}.0`);
    const ways = await Promise.all(ids.map(wayOf));
    expect(await Promise.all(ids.map(wayOf))).toEqual(ways);
    expect(new Set(ways)).toEqual(new Set(['A', 'B']));
  });
});

describe('as a test', () => {
  it('a talk holds as a script, and opens again at a step', async () => {
    const talk = await whole();
    const script = scriptSchema.parse(scriptOfTalk(talk.record(), 'Asks for a name'));
    expect(script.steps.map((step) => Object.keys(step)[0])).toEqual(['in', 'out', 'out', 'http', 'in', 'out', 'end']);
    const result = await runScript(script, asking, nodeTypes);
    expect(result).toMatchObject({ differences: [], firstAt: null });
    const { setup: from, turns, pool } = talkOfScript(script, 2);
    await talk.open({ ...setup, ...from }, turns, pool);
    expect(lines(talk)).toEqual(ALL.slice(0, 3));
    await talk.act(say('Ana'));
    expect(lines(talk)).toEqual(ALL);
  });

  it('names the step where the bot says something else', async () => {
    const talk = await whole();
    const script = scriptSchema.parse(scriptOfTalk(talk.record(), 'Asks for a name'));
    const flow = structuredClone(asking);
    for (const node of flow.nodes) if (node.id === 'ask') node.config = { ...node.config, text: 'Who?' };
    expect((await runScript(script, flow, nodeTypes)).firstAt).toBe(2);
  });

  it('holds whatever was sent', async () => {
    const talk = createTalk({ setup });
    await talk.act({ kind: 'refuse', reason: 'Blocked' });
    await talk.act({
      kind: 'say',
      message: inboundMessage({
        type: 'location',
        location: { latitude: 1, longitude: 2, name: 'Here', address: null },
      }),
    });
    await talk.act({ kind: 'wait', duration: 'PT1H' });
    await talk.act({ kind: 'playFrom', node: 'hello', variables: { name: 'Bea' } });
    const script = scriptSchema.parse(scriptOfTalk(talk.record(), 'All kinds'));
    expect((await runScript(script, asking, nodeTypes)).differences).toEqual([]);
  });

  it('keeps no address of this tab: a file that was chosen here means the same wherever the test is run', async () => {
    const flow = flowOf(
      {
        start: ['trigger.message', { match: 'any' }],
        ask: ['chat.ask', { text: 'A picture?', answer: 'media', saveAs: 'file' }],
        bye: ['chat.send', { kind: 'text', text: 'Got {{file.url}}' }],
      },
      ['start.next>ask', 'ask.next>bye'],
    );
    const talk = createTalk({ setup: { ...setup, flow } });
    await talk.act(say('hi'));
    const url = 'blob:http://localhost:3000/0f1e2d3c';
    const media = { id: null, url, contentType: 'image/png', filename: 'dot.png', caption: null };
    await talk.act({ kind: 'say', message: inboundMessage({ type: 'image', media }) });
    const script = scriptSchema.parse(scriptOfTalk(talk.record(), 'A picture'));
    expect(JSON.stringify(script)).not.toContain('blob:');
    expect(JSON.stringify(script)).toContain('Got https://phone.example/file-1');
    expect((await runScript(script, flow, nodeTypes)).differences).toEqual([]);
  });
});
