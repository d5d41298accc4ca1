import { compileFlow, deliver, type Facts, inboundText, parseFlow, start } from '@parley/runtime';
import { expect, it } from 'vitest';
import { nodeTypes } from '../../index.ts';

const contact = {
  id: 'con_1',
  name: 'Ana',
  firstName: 'Ana',
  lastName: null,
  phone: null,
  email: null,
  language: null,
};
const facts: Facts = {
  now: '2026-03-02T09:00:00.000Z',
  contact: { ...contact, tags: [], groups: [], attributes: {} },
  conversation: { id: 'cnv_1', channel: 'chn_1', windowClosesAt: null },
  flow: { id: 'flw_1', name: 'Later', version: 1 },
};

it('goes on where it was when a person gives the conversation back: the time is not begun anew', () => {
  const { flow } = parseFlow({
    format: 'parley.flow/1',
    nodes: [
      { id: 'start', type: 'trigger.message', config: { match: 'any' } },
      { id: 'rest', type: 'time.wait', config: { duration: 'PT1H' } },
    ],
    edges: [{ id: 'e1', source: 'start', sourceHandle: 'next', target: 'rest' }],
  });
  if (!flow) throw new Error('the flow of this test is broken');
  const compiled = compileFlow(flow, nodeTypes);
  const waiting = start(compiled, { session: 's', target: 'start', message: inboundText('hi'), facts });
  const back = deliver(compiled, waiting.snapshot, { type: 'resumed', facts });
  expect(back).toMatchObject({ handled: true, status: 'waiting', timers: [] });
  const { visit } = waiting.snapshot.memory;
  expect(deliver(compiled, back.snapshot, { type: 'timer', visit, name: 'over', facts }).status).toBe('done');
});
