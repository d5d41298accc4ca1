import { expect, it } from 'vitest';
import { createLog } from '../plugins/log.ts';
import { noCrash } from './crashpoint.ts';
import { type DeedDeps, performDeeds } from './deeds.ts';
import type { ConversationDocument, Deed, DeedEffect } from './documents.ts';
import type { Performers } from './performers.ts';
import { TIMING } from './timing.ts';

const read: DeedEffect = { type: 'message.read', typing: true };
const tag: DeedEffect = { type: 'contact.tag', add: ['vip'], remove: [] };
const deeds = (effects: DeedEffect[]): Deed[] =>
  effects.map((effect, index) => ({ id: `d${index}`, effect, event: 'e', chain: null }));

/** What is written while each deed takes `takes` ms. A `note` and a change of consent throw. */
async function perform(effects: DeedEffect[], takes: number): Promise<string[]> {
  const written: string[] = [];
  let time = 0;
  const does = async (_: unknown, { id }: { id: string }) => {
    written.push(id);
    time += takes;
    return null;
  };
  const breaks = () => Promise.reject(new Error('a fault of ours'));
  const performers: Partial<Performers> = {
    'message.read': does,
    'contact.tag': does,
    'conversation.note': breaks,
    'contact.consent': breaks,
  };
  const deps: DeedDeps = {
    performers: performers as Performers,
    deeds: { renew: async () => void written.push('renewed'), done: async () => undefined, sort: async () => null },
    log: createLog('silent'),
    crashpoint: noCrash,
    timing: TIMING,
    monotonic: () => time,
  };
  const document: Partial<ConversationDocument> = { deeds: deeds(effects), tail: [] };
  await performDeeds(deps, document as ConversationDocument, null);
  return written;
}

it('asks the provider once to mark the last message as read, however many steps wanted it', async () => {
  expect(await perform([read, tag, read, tag], 0)).toEqual(['d1', 'd2', 'd3']);
});

it('keeps its lease while many deeds take long: else another worker began them again, for ever', async () => {
  const slow = TIMING.lease / 5;
  expect(await perform([tag, tag, tag, tag], slow)).toEqual(['d0', 'd1', 'renewed', 'd2', 'd3']);
});

it('leaves what throws behind, but never a consent that was withdrawn', async () => {
  expect(await perform([{ type: 'conversation.note', text: 'Note' }, tag], 0)).toEqual(['d1']);
  const stop: DeedEffect = { type: 'contact.consent', service: false, marketing: false, source: 'stop-word' };
  await expect(perform([stop, tag], 0)).rejects.toThrow('a fault of ours');
});
