import { describe, expect, it } from 'vitest';
import { MAX_ANSWER, MAX_MEMORY } from '../limits.ts';
import { inboundMessage } from '../message/inbound.ts';
import { answered, ask, confirmed, refused, say, survey, timer } from '../testing/survey.ts';
import { after, begun, facts, flowOf, heard, said } from '../testing/talk.ts';
import { callOf } from './call.ts';
import { deliver, EXPIRY, legalTargets } from './session.ts';

describe('a conversation', () => {
  const { compiled, step: first } = begun(survey);

  it('is one step up to the first question', () => {
    expect(said(first)).toEqual(['Hello Ana', 'Your name?']);
    expect(first).toMatchObject({ status: 'waiting', handled: true, snapshot: { at: 'name' } });
    expect(first.timers).toEqual([
      { start: { visit: 3, name: 'timeout', due: '2026-03-02T10:00:00.000Z', whileAway: false } },
      { start: { visit: 0, name: EXPIRY, due: '2026-03-03T09:00:00.000Z', whileAway: false } },
    ]);
    expect(first.trace).toEqual([
      { node: 'start', visit: 1, port: null },
      { node: 'start', visit: 1, port: 'next' },
      { node: 'hello', visit: 2, port: null },
      { node: 'hello', visit: 2, port: 'next' },
      { node: 'name', visit: 3, port: null },
    ]);
  });
  it('numbers its effects for ever', () => {
    const second = after(compiled, first, heard('Bea'));
    const third = after(compiled, second, heard('Lisbon'));
    expect([first, second, third].flatMap((step) => step.effects.map((one) => one.ordinal))).toEqual([0, 1, 2, 3]);
    expect(said(third)).toEqual(['Bye Bea']);
    expect(third).toMatchObject({ status: 'done', snapshot: { at: '$done' } });
  });
  it('asks again with its count, and starts its timers anew', () => {
    const again = after(compiled, first, heard('again'));
    expect(said(again)).toEqual(['Your name? (1)']);
    expect(again.timers.slice(0, 2)).toEqual([
      { cancel: 3 },
      { start: { visit: 4, name: 'timeout', due: '2026-03-02T10:00:00.000Z', whileAway: false } },
    ]);
  });
  it('stays where it is without a word', () => {
    const stayed = after(compiled, first, heard('stay'));
    expect(stayed).toMatchObject({ effects: [], handled: true, snapshot: { at: 'name' } });
    expect(stayed.timers.map((one) => 'start' in one && one.start.name)).toEqual([EXPIRY]);
  });
  it('says after its end that nothing took the event', () => {
    const done = after(compiled, after(compiled, first, heard('Bea')), heard('Lisbon'));
    expect(after(compiled, done, heard('hello?'))).toEqual({
      ...done,
      effects: [],
      timers: [],
      trace: [],
      moments: [],
      calls: [],
      handled: false,
    });
  });
  it('hears an interrupt at a question, typed in any case, and leaves its timers behind', () => {
    const interrupted = after(compiled, first, heard(' MENU '));
    expect(said(interrupted)).toEqual(['Too late']);
    expect(interrupted.timers).toContainEqual({ cancel: 3 });
    expect(interrupted.snapshot.memory.message?.text).toBe(' MENU ');
  });
  it('takes a tapped button for an answer, whatever its title', () => {
    const message = inboundMessage({ type: 'button', text: 'Menü', payload: 'menu' });
    expect(after(compiled, first, { type: 'message', message, facts }).snapshot.at).toBe('town');
  });
  it('lets a node hold the interrupt words itself', () => {
    const flow = flowOf({ q: ['stubborn', {}], menu: say('Menu') }, ['start.next>q'], {
      settings: { interrupts: [{ keywords: ['menu'], target: 'menu' }] },
    });
    const { compiled, step } = begun(flow);
    expect(said(after(compiled, step, heard('menu')))).toEqual([]);
  });
  it('is sent anywhere by a person', () => {
    expect(legalTargets(compiled)).toEqual(['start', 'hello', 'name', 'town', 'bye', 'late']);
    expect(said(after(compiled, first, { type: 'jump', target: 'town', facts }))).toEqual(['Your town?']);
    expect(after(compiled, first, { type: 'jump', target: 'ghost', facts })).toMatchObject({
      handled: false,
      snapshot: { at: 'name' },
    });
  });
  it('asks again when an agent gives it back', () => {
    const back = after(compiled, first, { type: 'resumed', facts });
    expect(said(back)).toEqual(['Your name?']);
    expect(back.timers.at(-1)).toMatchObject({ start: { name: EXPIRY } });
  });
  it('expires well, and only by its own timer', () => {
    expect(after(compiled, first, timer(0, EXPIRY))).toMatchObject({ status: 'done', timers: [{ cancel: 3 }] });
    expect(after(compiled, first, timer(0, 'timeout')).handled).toBe(false);
  });
  it('says after it failed why it did', () => {
    const failed = after(compiled, first, refused(0));
    expect(after(compiled, failed, heard('hello?'))).toMatchObject({
      handled: false,
      effects: [],
      fault: failed.fault,
    });
  });
  it('draws the same lot whenever a step is replayed', () => {
    const again = begun(survey).step;
    expect(again).toEqual(first);
  });
});

describe('an event of an earlier visit', () => {
  it('does nothing: a timer of the first asking in the second', () => {
    const { compiled, step } = begun(survey);
    const again = after(compiled, step, heard('again'));
    const stale = after(compiled, again, timer(3, 'timeout'));
    expect(stale).toMatchObject({ handled: false, effects: [], snapshot: again.snapshot });
    expect(said(after(compiled, again, timer(4, 'timeout')))).toEqual(['Too late']);
  });
  it('does nothing: the answer of a call that was left', () => {
    const flow = flowOf({ look: ['look', { what: 'a' }], ok: say('Found') }, [
      'start.next>look',
      'look.next>ok',
      'look.none>look',
    ]);
    const { compiled, step } = begun(flow);
    const second = after(compiled, step, answered(2, { port: 'none' }));
    expect(second).toMatchObject({ status: 'calling', calls: [{ visit: 3 }] });
    expect(after(compiled, second, answered(2))).toMatchObject({
      handled: false,
      status: 'calling',
      snapshot: second.snapshot,
    });
    expect(said(after(compiled, second, answered(3)))).toEqual(['Found']);
  });
  it('does nothing: a confirmation that nobody waits for', () => {
    const { compiled, step } = begun(survey);
    expect(after(compiled, step, confirmed(0, false))).toMatchObject({ handled: false, snapshot: step.snapshot });
  });
});

describe('a call', () => {
  const flow = flowOf(
    {
      look: ['look', { what: 'https://x/{{contact.firstName}}' }],
      ok: say('{{found.n}}'),
      none: say('None'),
      no: say('No'),
    },
    ['start.next>look', 'look.next>ok', 'look.none>none', 'look.error>no'],
  );
  const { compiled, step } = begun(flow);

  it('goes out with its templates filled in', () =>
    expect(step).toMatchObject({
      status: 'calling',
      calls: [{ visit: 2, node: 'look', nodeType: 'test.look', config: { what: 'https://x/Ana' } }],
    }));
  it('comes back with values', () =>
    expect(said(after(compiled, step, answered(2, { set: { found: { n: 7 } } })))).toEqual(['7']));
  it('takes the port that the node named', () =>
    expect(said(after(compiled, step, answered(2, { port: 'none' })))).toEqual(['None']));
  it.each(['nowhere', 'toString', '$again', '$fault'])('takes error for a port %s that it does not have', (port) =>
    expect(said(after(compiled, step, answered(2, { port })))).toEqual(['No']),
  );
  it('takes error for an answer that no session can keep', () => {
    const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
    expect(said(deliver(compiled, step.snapshot, answered(2, { set: { found: deep } })))).toEqual(['No']);
    expect(said(after(compiled, step, answered(2, { set: { found: 'x'.repeat(MAX_MEMORY) } })))).toEqual(['No']);
  });
  it('lets messages pass by', () =>
    expect(after(compiled, step, heard('hello?'))).toMatchObject({ handled: false, status: 'calling' }));
  it('gets the services it declared, and answers for a node that throws', async () => {
    const [call] = step.calls;
    if (!call) throw new Error('no call');
    const asked: string[] = [];
    const http = async ({ url }: { url: string }) => {
      asked.push(url);
      return { status: 200, headers: {}, text: '', json: { n: 1 } };
    };
    const code = () => Promise.reject(new Error('no code here'));
    const world = { facts, services: { http, code }, idempotencyKey: 'k' };
    expect(await callOf(compiled, step.snapshot, call, world)).toEqual({ port: 'next', set: { found: { n: 1 } } });
    expect(asked).toEqual(['https://x/Ana']);
    const down = { ...world, services: { code, http: () => Promise.reject(new Error('reset')) } };
    expect(await callOf(compiled, step.snapshot, call, down)).toEqual({ port: 'error', error: 'reset' });
    expect(await callOf(compiled, step.snapshot, { ...call, node: 'ok' }, world)).toMatchObject({ port: 'error' });
    const json = 'x'.repeat(MAX_ANSWER);
    const long = { ...world, services: { code, http: async () => ({ status: 200, headers: {}, text: '', json }) } };
    expect(await callOf(compiled, step.snapshot, call, long)).toEqual({
      port: 'error',
      error: expect.stringContaining('larger'),
    });
  });
});

describe('a send', () => {
  const wired = flowOf({ hi: say('Hi'), ok: say('Sent'), no: say('Not sent') }, [
    'start.next>hi',
    'hi.next>ok',
    'hi.error>no',
  ]);

  it('is waited for where its error is wired', () => {
    const { compiled, step } = begun(wired);
    expect(step).toMatchObject({ status: 'calling', effects: [{ answers: true, ordinal: 0 }] });
    expect(said(after(compiled, step, confirmed(0, true)))).toEqual(['Sent']);
    expect(said(after(compiled, step, confirmed(0, false)))).toEqual(['Not sent']);
    expect(after(compiled, step, confirmed(1, false)).handled).toBe(false);
  });
  it('of a question is waited for beside the answer', () => {
    const { compiled, step } = begun(
      flowOf({ q: ask('Well?'), ok: say('Thanks'), no: say('Not sent') }, ['start.next>q', 'q.next>ok', 'q.error>no']),
    );
    expect(step.status).toBe('waiting');
    expect(said(after(compiled, step, heard('yes')))).toEqual(['Thanks']);
    expect(said(after(compiled, step, confirmed(0, false)))).toEqual(['Not sent']);
    const delivered = after(compiled, step, confirmed(0, true));
    expect(delivered).toMatchObject({ effects: [], snapshot: { at: 'q' } });
    expect(said(after(compiled, delivered, heard('yes')))).toEqual(['Thanks']);
  });
  it('that fails later ends the session visibly, or goes to the handler', () => {
    const nodes = { hi: say('Hi'), q: ask('Well?'), sorry: say('Sorry'), more: ask('Again?') };
    const wires = ['start.next>hi', 'hi.next>q', 'sorry.next>more'];
    const plain = begun(flowOf(nodes, wires));
    expect(after(plain.compiled, plain.step, refused(0))).toMatchObject({
      status: 'failed',
      fault: { code: 'send_failed', message: 'refused' },
    });
    const handled = begun(flowOf(nodes, wires, { settings: { onError: { target: 'sorry' } } }));
    const sorry = after(handled.compiled, handled.step, refused(0));
    expect(said(sorry)).toEqual(['Sorry', 'Again?']);
    expect(after(handled.compiled, sorry, refused(2))).toMatchObject({ status: 'failed', effects: [] });
    // Once the person has spoken, a failure is a new one
    const spoken = after(handled.compiled, sorry, heard('stay'));
    expect(said(after(handled.compiled, spoken, refused(2)))).toEqual(['Sorry', 'Again?']);
  });
});

describe('a handler', () => {
  it('takes over from a node that throws, once', () => {
    const flow = flowOf({ bad: ['look', { what: 'x' }], sorry: say('Sorry') }, ['start.next>bad', 'sorry.next>bad'], {
      settings: { onError: { target: 'sorry' } },
    });
    const { compiled, step } = begun(flow);
    const sorry = after(compiled, step, answered(2, { port: 'error', error: 'down' }));
    expect(said(sorry)).toEqual(['Sorry']);
    const end = after(compiled, sorry, answered(4, { port: 'error', error: 'down' }));
    expect(end).toMatchObject({
      status: 'failed',
      effects: [],
      fault: { code: 'node_failed', message: 'down', node: 'bad' },
    });
  });
  it('that is its own handler ends too', () => {
    const flow = flowOf({ sorry: say('{{nothing}}') }, ['start.next>sorry'], {
      settings: { onError: { target: 'sorry' } },
    });
    expect(begun(flow).step).toMatchObject({ status: 'failed', fault: { code: 'content_refused' } });
  });
});
