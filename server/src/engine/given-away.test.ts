import { inboundText } from '@parley/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ElementOf, messageElement, type Sender, sender, statusElement } from '../channels/whatsapp/inbound.ts';
import { randomOf } from './testing/simulation.ts';
import { openHome, startEngineWorld } from './testing/world.ts';

let home: Awaited<ReturnType<typeof openHome>>;
beforeAll(async () => {
  home = await openHome();
});
afterAll(() => home.close());

const start = { id: 'start', type: 'trigger.message', config: { match: 'any' } };
const say = { id: 'say', type: 'chat.send', config: { text: 'You said {{message.text}}' } };
const flow = { nodes: [start, say], edges: [{ id: 'e', source: 'start', sourceHandle: 'next', target: 'say' }] };

const [OLD, NEW] = ['447000000001', '447000000002'];
const ANA = { waId: OLD, bsuid: 'GB.ana1' };
const STRANGER = { waId: OLD, bsuid: 'GB.stranger' };

const from = (who: Partial<Sender>, text: string): ElementOf<'message'> =>
  messageElement({
    providerId: `wamid.${text}`,
    sentAt: null,
    from: sender(who),
    message: inboundText(text),
    raw: null,
  });
const moves = (previous: Partial<Sender>, current: Partial<Sender>): ElementOf<'identity'> => {
  const nobody = { waId: null, bsuid: null, parentBsuid: null };
  return {
    kind: 'identity',
    key: 'moves',
    at: null,
    previous: { ...nobody, ...previous },
    current: { ...nobody, ...current },
    raw: null,
  };
};

/** Ana has written from her old number, and has told of a new one. */
async function moved(first: Partial<Sender> = ANA) {
  const world = await startEngineWorld(home.connection, { flow });
  const engine = world.worker();
  const hers = await world.tell(engine, from(first, 'one'));
  await world.tell(engine, moves(ANA, { waId: NEW, bsuid: 'GB.ana2' }));
  const answers = () => world.provider.sends.slice(1).map(({ to, text }) => [to, text]);
  return { world, engine, hers, answers };
}

describe('a number that its carrier gave to somebody else', () => {
  it('is theirs, once they write with an id of their own; nobody answers them at the former owner’s new one', async () => {
    const { world, engine, hers, answers } = await moved();
    const theirs = await world.tell(engine, from(STRANGER, 'two'));
    expect(theirs).not.toBe(hers);
    expect(await world.tell(engine, from({ waId: OLD }, 'three'))).toBe(theirs);
    expect(await world.tell(engine, from({ waId: NEW }, 'four'))).toBe(hers);
    expect(answers()).toEqual([
      [OLD, 'You said two'],
      [OLD, 'You said three'],
      [NEW, 'You said four'],
    ]);
    await world.stop();
  });

  it('is learned by no status as an id of the former owner', async () => {
    const { world, engine, hers } = await moved();
    const nothing = { parentBsuid: null, groupId: null, participant: null, participantBsuid: null };
    const recipient = { ...nothing, ...STRANGER };
    const given = { providerId: 'wamid.out', reference: null, status: 'SENT' as const, at: null, raw: null };
    await world.tell(engine, statusElement({ ...given, recipient }));
    expect(await world.tell(engine, from({ bsuid: STRANGER.bsuid }, 'two'))).not.toBe(hers);
    await world.stop();
  });

  it('is theirs when they move to it, and moves nobody else when they leave it again', async () => {
    const { world, engine, hers } = await moved();
    const theirs = await world.tell(engine, from({ waId: '447000000003', bsuid: 'GB.ben' }, 'two'));
    const there = moves({ waId: '447000000003', bsuid: 'GB.ben' }, { waId: OLD, bsuid: 'GB.ben1' });
    await world.tell(engine, { ...there, key: 'there' });
    expect((await world.document(theirs)).recipient.value).toBe(OLD);
    const on = moves({ waId: OLD, bsuid: 'GB.unheard' }, { waId: '447000000004', bsuid: 'GB.new' });
    await world.tell(engine, { ...on, key: 'on' });
    expect((await world.document(hers)).recipient.value).toBe(NEW);
    await world.stop();
  });

  it.each([null, 'GB.unheard'])(
    'moves the former owner nowhere when a person unknown here leaves it: %s',
    async (id) => {
      const { world, engine, hers } = await moved();
      await world.tell(engine, { ...moves({ waId: OLD, bsuid: id }, { waId: '447000000004' }), key: 'on' });
      expect((await world.document(hers)).recipient.value).toBe(NEW);
      await world.stop();
    },
  );

  it('makes one contact of several messages at once', async () => {
    const { world, engine } = await moved();
    const other = world.worker();
    const texts = ['two', 'three', 'four', 'five'];
    const given = texts.map((text, at) =>
      (at % 2 === 0 ? engine : other).accept(world.channel, [from(STRANGER, text)]),
    );
    const conversations = (await Promise.all(given)).flatMap((one) => one.conversations);
    expect(new Set(conversations).size).toBe(1);
    expect(await world.database.collection('contacts').countDocuments()).toBe(2);
    await world.stop();
  });
});

describe('a number that a stranger writes from, and nobody has told of', () => {
  it('is theirs by their own id; the former owner is answered by the id that they keep', async () => {
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker();
    const hers = await world.tell(engine, from(ANA, 'one'));
    const theirs = await world.tell(engine, from(STRANGER, 'two'));
    expect(theirs).not.toBe(hers);
    expect(await world.tell(engine, from({ bsuid: ANA.bsuid }, 'three'))).toBe(hers);
    expect(await world.tell(engine, from({ waId: OLD }, 'four'))).toBe(theirs);
    expect(await world.tell(engine, from({ waId: NEW, bsuid: ANA.bsuid }, 'five'))).toBe(hers);
    expect(world.provider.sends.map(({ to, text }) => [to, text])).toEqual([
      [OLD, 'You said one'],
      [OLD, 'You said two'],
      [ANA.bsuid, 'You said three'],
      [OLD, 'You said four'],
      [NEW, 'You said five'],
    ]);
    await world.stop();
  });

  it('stays a person’s who has an id with each account', async () => {
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker();
    const other = { ...world.channel, id: 'chn_other', businessAccountId: '2002' };
    await world.tell(engine, from(ANA, 'one'));
    await engine.accept(other, [from({ waId: OLD, bsuid: 'US.ana' }, 'two')]);
    expect(await world.database.collection('contacts').countDocuments()).toBe(1);
    await engine.accept(other, [from({ waId: OLD, bsuid: 'US.stranger' }, 'three')]);
    expect(await world.database.collection('contacts').countDocuments()).toBe(2);
    await world.stop();
  });

  it('keeps who it is through a parent’s id', async () => {
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker();
    const hers = await world.tell(engine, from({ ...ANA, parentBsuid: 'GB.ENT.ana' }, 'one'));
    expect(await world.tell(engine, from({ waId: OLD, bsuid: 'GB.ana9', parentBsuid: 'GB.ENT.ana' }, 'two'))).toBe(
      hers,
    );
    await world.stop();
  });
});

it.each([
  ['had written under', ANA],
  ['had kept to themselves until they changed it', { waId: OLD }],
])('what the person wrote before, and comes late, is theirs: an id that they %s', async (_, first) => {
  const { world, engine, hers, answers } = await moved(first);
  expect(await world.tell(engine, from(ANA, 'late'))).toBe(hers);
  expect(answers()).toEqual([[NEW, 'You said late']]);
  await world.stop();
});

/** Three people, two numbers more than they have, and everything that may be told of them, some of it twice or never. */
it.each([1, 2, 3, 4, 5, 6])('nobody is answered at another person’s number, nor twice: seed %d', async (seed) => {
  const random = randomOf(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const world = await startEngineWorld(home.connection, { flow });
  const engine = world.worker();
  const people = ['ana', 'ben', 'cem'].map((name, at) => ({ name, waId: `44700000000${at}`, bsuid: `GB.${name}` }));
  const free = ['447000000007', '447000000008'];
  const written: { element: ElementOf<'message'>; number: string; name: string }[] = [];
  const changes: ElementOf<'identity'>[] = [];

  async function write(person: (typeof people)[number]): Promise<void> {
    const { waId, bsuid } = person;
    const element = from(random() < 0.7 ? { waId, bsuid } : { bsuid }, `${person.name} ${written.length}`);
    written.push({ element, number: waId, name: person.name });
    await world.tell(engine, element);
  }
  async function move(person: (typeof people)[number]): Promise<void> {
    const before = { waId: person.waId, bsuid: person.bsuid };
    person.waId = pick(free);
    free.splice(free.indexOf(person.waId), 1, before.waId);
    person.bsuid = `GB.${person.name}${changes.length}`;
    const change = { ...moves(before, { waId: person.waId, bsuid: person.bsuid }), key: `change ${changes.length}` };
    changes.push(change);
    if (random() < 0.7) await world.tell(engine, change);
  }
  for (let step = 0; step < 25; step++) {
    const chance = random();
    if (chance < 0.6 || written.length === 0 || changes.length === 0) await write(pick(people));
    else if (chance < 0.8) await move(pick(people));
    else if (chance < 0.9) await world.tell(engine, pick(written).element);
    else await engine.accept({ ...world.channel, id: 'chn_other' }, [pick(changes)]);
    if (step % 5 === 4) await move(pick(people));
  }
  for (const { element, number, name } of written) {
    const answers = world.provider.sends.filter(({ text }) => text === `You said ${element.message.text}`);
    expect(answers).toHaveLength(1);
    const to = answers[0]?.to ?? '';
    expect(to.startsWith(`GB.${name}`) ? number : to).toBe(number); // an id where no number is known
  }
  await world.stop();
});
