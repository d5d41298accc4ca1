import { expect, it } from 'vitest';
import { connectedTo, downstreamOf, upstreamOf } from './reach.ts';
import { flowOf, nodeTypes } from './testing.ts';

const flow = flowOf(
  { a: ['chat.send'], b: ['chat.send'], go: ['logic.goTo', { target: 'd' }], d: ['chat.send'], far: ['chat.send'] },
  ['a.next>b', 'b.next>go', 'd.next>b'],
);

it('finds what can follow, through "go to" and round loops', () =>
  expect(downstreamOf(flow, ['b'], nodeTypes)).toEqual(['b', 'go', 'd']));
it('finds what can lead there', () => expect(upstreamOf(flow, ['d'], nodeTypes)).toEqual(['a', 'b', 'go', 'd']));
it('finds what hangs together', () => expect(connectedTo(flow, ['go'], nodeTypes)).toEqual(['a', 'b', 'go', 'd']));
it('is not led astray by names that are not there', () => expect(downstreamOf(flow, ['ghost'], nodeTypes)).toEqual([]));
