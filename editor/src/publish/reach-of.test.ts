import { emptyFlow } from '@parley/runtime';
import { expect, it } from 'vitest';
import type { Channel, ProviderName } from '../api/channels.ts';
import { reachOf } from './reach-of.ts';

const channel = (id: string, provider: ProviderName, enabled = true) => ({ id, provider, enabled }) as Channel;
const flow = emptyFlow('Shop');
const narrow = { ...flow, settings: { ...flow.settings, channels: ['b', 'c'] } };
const told = ({ numbers, trials, closed }: ReturnType<typeof reachOf>) =>
  [numbers, trials, closed].map((all) => all.map(({ id }) => id).join());

const all = [channel('a', 'meta'), channel('b', 'twilio', false), channel('c', 'simulator')];

it('is every number that is switched on, trial phones apart', () =>
  expect(told(reachOf(flow, all))).toEqual(['a', 'c', 'b']));
it('is only those that the bot names, where it names some', () =>
  expect(told(reachOf(narrow, all))).toEqual(['', 'c', 'a,b']));
it('is nowhere without numbers', () => expect(told(reachOf(flow, []))).toEqual(['', '', '']));
