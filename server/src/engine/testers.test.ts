import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Crashpoint } from './crashpoint.ts';
import { isTester } from './is-tester.ts';
import { openHome, startEngineWorld } from './testing/world.ts';

let home: Awaited<ReturnType<typeof openHome>>;
let phones = 447_908_000_000;
let [tester, other] = ['', ''];
beforeAll(async () => {
  home = await openHome();
});
afterAll(() => home.close());
beforeEach(() => {
  tester = String(phones++);
  other = String(phones++);
});

const asks = (text: string) => ({
  nodes: [
    { id: 'start', type: 'trigger.message', config: { match: 'any' } },
    { id: 'ask', type: 'chat.ask', config: { text, saveAs: 'answer' } },
    { id: 'say', type: 'chat.send', config: { text: `${text} You said {{answer}}` } },
  ],
  edges: [
    { id: 'e1', source: 'start', sourceHandle: 'next', target: 'ask' },
    { id: 'e2', source: 'ask', sourceHandle: 'next', target: 'say' },
  ],
});
const frozen = (text: string, version: number, flow = 'flw_test') => ({
  flow,
  version,
  createdAt: new Date(0),
  document: { format: 'parley.flow/1', name: 'Test', ...asks(text) },
});

interface Published {
  live: ReturnType<typeof frozen>[];
  drafts: (ReturnType<typeof frozen> & { testers: string[] })[];
}

/** A world whose flows the test publishes and shares. Versions that were frozen stay. */
async function startWorld(published: Published) {
  const kept = new Map<string, ReturnType<typeof frozen>>();
  const look = () => {
    for (const one of [...published.live, ...published.drafts]) kept.set(`${one.flow}.${one.version}`, one);
  };
  return startEngineWorld(home.connection, {
    flow: asks('unused'),
    timing: { lease: 20 },
    flows: {
      activeFlows: async () => {
        look();
        return published.live;
      },
      testFlows: async () => published.drafts,
      version: async (_, flow, version) => {
        look();
        return kept.get(`${flow}.${version}`) ?? null;
      },
    },
  });
}

describe('a draft that is shared with testers', () => {
  it('answers them, and the live version everybody else', async () => {
    const world = await startWorld({
      live: [frozen('Live?', 1)],
      drafts: [{ ...frozen('Draft?', -1), testers: [`+${tester}`] }],
    });
    const engine = world.worker();
    const conversation = await world.write(engine, tester, 'hi');
    await world.write(engine, other, 'hi');
    expect(world.provider.textsTo(tester)).toEqual(['Draft?']);
    expect(world.provider.textsTo(other)).toEqual(['Live?']);
    expect((await world.document(conversation)).session).toMatchObject({ flow: 'flw_test', version: -1 });
    await world.stop();
  });

  it('lets testers try a bot that was never published', async () => {
    const world = await startWorld({ live: [], drafts: [{ ...frozen('Draft?', -1), testers: [`+${tester}`] }] });
    const engine = world.worker();
    await world.write(engine, tester, 'hi');
    await world.write(engine, other, 'hi');
    expect(world.provider.texts()).toEqual(['Draft?']);
    await world.stop();
  });

  it('is chosen when a session begins: whoever is inside finishes what they began', async () => {
    const published: Published = { live: [frozen('Live?', 1)], drafts: [] };
    const world = await startWorld(published);
    const engine = world.worker();
    await world.write(engine, tester, 'hi');
    published.drafts = [{ ...frozen('Draft?', -1), testers: [`+${tester}`] }];
    await world.write(engine, tester, 'one');
    await world.write(engine, tester, 'again');
    expect(world.provider.textsTo(tester)).toEqual(['Live?', 'Live? You said one', 'Draft?']);
    // It ends, or is shared anew: the session goes on in what it pinned
    published.drafts = [];
    await world.write(engine, tester, 'two');
    await world.write(engine, tester, 'once more');
    expect(world.provider.textsTo(tester).slice(3)).toEqual(['Draft? You said two', 'Live?']);
    await world.stop();
  });

  it('is shared again under the same phone while a session is in the older one', async () => {
    const published: Published = {
      live: [frozen('Live?', 1)],
      drafts: [{ ...frozen('First?', -1), testers: [`+${tester}`] }],
    };
    const world = await startWorld(published);
    const engine = world.worker();
    await world.write(engine, tester, 'hi');
    published.drafts = [{ ...frozen('Second?', -2), testers: [`+${tester}`] }];
    await world.write(engine, tester, 'one');
    await world.write(engine, tester, 'hi again');
    expect(world.provider.textsTo(tester)).toEqual(['First?', 'First? You said one', 'Second?']);
    await world.stop();
  });

  it('takes the place of its own flow only', async () => {
    const world = await startWorld({
      live: [{ ...frozen('Other?', 3, 'flw_other'), createdAt: new Date(-1_000) }],
      drafts: [{ ...frozen('Draft?', -1), testers: [`+${tester}`] }],
    });
    const engine = world.worker();
    await world.write(engine, tester, 'hi');
    // Two that listen to everything: the older one answers, draft or not
    expect(world.provider.textsTo(tester)).toEqual(['Other?']);
    await world.stop();
  });

  it('loses nothing, and changes nothing, where a worker dies at any step', async () => {
    for (const point of ['before S6', 'after S6', 'before S8', 'after S8', 'after S7']) {
      const phone = String(phones++);
      const world = await startWorld({
        live: [frozen('Live?', 1)],
        drafts: [{ ...frozen('Draft?', -1), testers: [`+${phone}`] }],
      });
      let died = false;
      const dies: Crashpoint = (name) => {
        if (died || name !== point) return;
        died = true;
        throw new Error(`died at ${point}`);
      };
      const dying = world.worker({ crashpoint: dies });
      const conversation = await world.hear(dying, phone, 'hi');
      await dying.settle().catch(() => undefined);
      expect(died).toBe(true);
      const engine = world.worker();
      engine.wake(conversation);
      await world.rest();
      expect([point, new Set(world.provider.texts())]).toEqual([point, new Set(['Draft?'])]);
      expect((await world.document(conversation)).session).toMatchObject({ version: -1, status: 'waiting' });
      await world.stop();
    }
  });
});

describe('who is a tester', () => {
  const contact = (waIds: string[], phone: string | null = null) => ({
    id: 'con_1',
    phone,
    identities: waIds.map((value) => ({ kind: 'wa_id' as const, value })),
  });
  it.each([
    [['447911123456'], '+447911123456', true],
    [['447911123456'], '+44 7911 123-456', true],
    [['447911123456'], '+447911123457', false],
    [['447911123456'], '447911123', false],
    [['447911123456'], 'con_1', true],
    [['447911123456'], 'con_2', false],
    // Dialled with a sign that WhatsApp leaves out
    [['551187654321'], '+5511987654321', true],
    [['551123456789'], '+5511923456789', false],
    [['525512345678'], '+5215512345678', true],
    [['541112345678'], '+5491112345678', true],
    [[], '+447911123456', false],
    [['1'], '', false],
  ])('%j is %s: %s', (waIds, named, is) => expect(isTester(contact(waIds), [named])).toBe(is));

  it('is told by WhatsApp, not by the card', () => {
    expect(isTester(contact(['447911123456'], '+447900000000'), ['+447900000000'])).toBe(false);
    expect(isTester(contact([], '+447900000000'), ['+447900000000'])).toBe(true);
    expect(isTester(contact([], null), [''])).toBe(false);
  });
});
