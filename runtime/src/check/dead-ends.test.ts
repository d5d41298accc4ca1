import { expect, it } from 'vitest';
import { flowOf, talkTypes } from '../testing/talk.ts';
import { deadEndProblems } from './dead-ends.ts';

const asked: Parameters<typeof flowOf>[0] = { q: ['ask', { text: '?' }], bye: ['say', { text: 'Bye' }] };
const found = (wires: string[]) =>
  deadEndProblems(flowOf(asked, wires), talkTypes).map(({ node, values }) => `${node} ${values?.of}`);

it('finds a trigger that leads nowhere', () => expect(found(['q.next>bye'])).toEqual(['start trigger']));
it('finds a question whose answer nothing follows', () => expect(found(['start.next>q'])).toEqual(['q question']));
it('lets a last word be the last', () => expect(found(['start.next>q', 'q.next>bye'])).toEqual([]));
