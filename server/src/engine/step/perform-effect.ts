import { type Chain, previewOf, type StepEffect } from '@parley/runtime';
import { derivedId } from '../../storage/ids.ts';
import type { Author } from '../../storage/messages.ts';
import { type DeedEffect, MAX_DEED, type OutboxEntry, type SessionState, type TailEntry } from '../documents.ts';
import { messageOfEntry } from '../message-of.ts';
import { DrainFirst, type Stepping } from './stepping.ts';

export const BOT: Author = { kind: 'bot', id: null, name: 'Bot' };

type From = Pick<OutboxEntry, 'session' | 'ordinal' | 'answers'>;
export const NOWHERE: From = { session: null, ordinal: null, answers: false };

/** Sends go to the outbox, a change of who speaks into the commit; everything else is a deed of the commit. */
export function performEffect(turn: Stepping, effect: StepEffect, session: SessionState, entry: TailEntry): void {
  switch (effect.type) {
    case 'message.send': {
      const { ordinal, answers } = effect;
      send(turn, effect.content, BOT, 'bot', { session: session.id, ordinal, answers }, entry);
      return;
    }
    case 'conversation.assign':
      if (turn.document.head < turn.document.next) throw new DrainFirst();
      turn.ownerChanged = true;
      turn.state.owner = effect.to === 'queue' ? { kind: 'queue', team: effect.team } : { kind: 'bot' };
      if (effect.note) addDeed(turn, { type: 'conversation.note', text: effect.note }, session.chain, entry);
      return;
    default: {
      const { node: _, ordinal: __, answers: ___, ...deed } = effect;
      addDeed(turn, deed, session.chain, entry);
    }
  }
}

export function addDeed(turn: Stepping, effect: DeedEffect, chain: Chain | null, entry: TailEntry): void {
  const id = `${turn.document._id}.${turn.document.step}.d${turn.state.deeds.length}`;
  const bytes = Buffer.byteLength(JSON.stringify(effect));
  if (bytes > MAX_DEED) {
    const problem = `It has ${bytes} bytes; at most ${MAX_DEED} are kept. Put less into it.`;
    entry.deeds.push({ id: `${id}.refused`, type: effect.type, problem });
    return;
  }
  turn.state.deeds.push({ id, effect, event: entry.id, chain });
  entry.deeds.push({ id, type: effect.type, problem: null });
}

export function send(
  turn: Stepping,
  content: OutboxEntry['content'],
  author: Author,
  by: OutboxEntry['by'],
  from: From,
  entry: TailEntry,
  id = derivedId('msg', `${turn.document._id}.e${turn.document.next + turn.state.entries.length}`),
): void {
  const order = turn.nextOrder();
  const { now, retries } = turn.world;
  const policy = content.kind === 'template' || !retries ? 'once' : 'retry';
  const fresh = { state: 'queued', permit: null, attempt: 0, notBefore: null, epoch: 0 } as const;
  turn.state.entries.push({ id, content, author, by, ...from, policy, order, at: now, ...fresh });
  turn.state.messages.push(messageOfEntry(turn.document, { id, content, author, order, at: now, ...from }));
  const preview = previewOf(content).slice(0, 200);
  turn.state.summary.lastMessage = { id, preview, direction: 'OUTBOUND', createdAt: now };
  entry.effects.push(id);
}
