import { describe, expect, it } from 'vitest';
import { start } from '../session/session.ts';
import { begun, facts, flowOf, talkTypes } from '../testing/talk.ts';
import { chooseEventTrigger, startAt, triggersOf } from './choose-start.ts';
import type { LiveFlow } from './choose-trigger.ts';

const live = (id: string, more: Record<string, unknown> = {}, created = 0): LiveFlow => ({
  id,
  version: 2,
  createdAt: new Date(created),
  document: flowOf(
    {
      hook: ['hook', { saveAs: 'body' }],
      paid: ['happening', { name: 'order.paid', whenBusy: 'replace' }],
      broken: ['happening', {}],
    },
    [],
    more,
  ),
});
const paid = { name: 'order.paid', data: {} };

describe('what begins without a message', () => {
  it('is the trigger that is named, else the first one that can be read', () => {
    expect(triggersOf(live('a'), talkTypes).map(({ id, begins }) => [id, begins])).toEqual([
      ['start', 'message'],
      ['hook', 'webhook'],
      ['paid', 'event'],
    ]);
    expect(startAt(live('a'), talkTypes, 'hook')).toEqual({
      flow: 'a',
      version: 2,
      node: 'hook',
      whenBusy: 'skip',
      saveAs: 'body',
    });
    expect(startAt(live('a'), talkTypes, null)).toMatchObject({ node: 'start', saveAs: null });
    expect(startAt(live('a'), talkTypes, 'broken')).toBe(null);
  });

  it('is for an event the flow of the higher priority, then the older one; the others are named with the reason', () => {
    const flows = [
      live('young', {}, 9),
      live('elsewhere', { settings: { channels: ['chn_2'], priority: 9 } }),
      live('old', {}, 1),
      live('first', { settings: { priority: 1 } }, 9),
    ];
    expect(chooseEventTrigger(flows, talkTypes, paid, 'chn_1')).toEqual({
      flow: 'first',
      version: 2,
      node: 'paid',
      whenBusy: 'replace',
      saveAs: 'event',
      over: [
        { flow: 'old', node: 'paid', because: 'The priority 1 is above 0.' },
        { flow: 'young', node: 'paid', because: 'The priority 1 is above 0.' },
      ],
    });
    expect(chooseEventTrigger(flows, talkTypes, { ...paid, name: 'order.lost' }, 'chn_1')).toBe(null);
    expect(chooseEventTrigger([live('a')], talkTypes, paid, 'chn_1')).not.toHaveProperty('over');
  });

  it('keeps declared values beside what it brings under a nested name', () => {
    const variables = [
      { name: 'body.number', initial: 7 },
      { name: 'body.list', initial: [1] },
    ];
    const flow = flowOf({ hook: ['hook', { saveAs: 'body' }], ask: ['ask', { text: 'Hi' }] }, ['hook.next>ask'], {
      variables,
    });
    const { compiled } = begun(flow);
    const data = { id: 1, list: [2] };
    const step = start(compiled, { session: 's', target: 'hook', message: null, data, facts });
    expect(step.snapshot.memory.scopes['']).toEqual({ body: { number: 7, id: 1, list: [2] } });
  });
});
