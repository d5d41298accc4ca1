import { describe, expect, it } from 'vitest';
import { transition } from 'xstate';
import { type Compiled, compileFlow } from '../compile/compile-flow.ts';
import { type Context, emptyOut, type FlowEvent, type Memory } from '../compile/memory.ts';
import { MAX_ANSWER, MAX_CALL, MAX_MEMORY, MAX_SILENT_VISITS, MAX_WALK } from '../limits.ts';
import { inboundMessage, inboundText } from '../message/inbound.ts';
import { after, begun, facts, flowOf, frozen, heard, said, talkTypes } from '../testing/talk.ts';
import { advance, type Snapshot } from './advance.ts';
import { callOf } from './call.ts';
import { deliver, EXPIRY, legalTargets, type Step, start } from './session.ts';

const say = (text: string): ['say', { text: string }] => ['say', { text }];
const ask = (text: string, more: Record<string, unknown> = {}): [string, Record<string, unknown>] => [
  'ask',
  { text, ...more },
];
const timer = (visit: number, name: string): FlowEvent => ({ type: 'timer', visit, name, facts });
const answered = (visit: number, more: Partial<Extract<FlowEvent, { type: 'call.settled' }>> = {}): FlowEvent => ({
  type: 'call.settled',
  visit,
  port: 'next',
  set: {},
  error: null,
  facts,
  ...more,
});
const confirmed = (ordinal: number, ok: boolean): FlowEvent => ({
  type: 'effect.settled',
  ordinal,
  ok,
  error: ok ? null : 'refused',
  facts,
});
const refused = (ordinal: number): FlowEvent => ({ type: 'effect.failed', ordinal, error: 'refused', facts });

const survey = flowOf(
  {
    hello: say('Hello {{contact.firstName}}'),
    name: ask('Your name?', { saveAs: 'person.name', timeout: 'PT1H' }),
    town: ask('Your town?', { saveAs: 'person.town' }),
    bye: say('Bye {{person.name}}'),
    late: say('Too late'),
  },
  ['start.next>hello', 'hello.next>name', 'name.next>town', 'name.timeout>late', 'town.next>bye'],
  { settings: { interrupts: [{ keywords: ['Menü'], target: 'late' }], expireAfter: 'P1D' } },
);

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

describe('faults', () => {
  const fault = (step: Step) => [step.status, step.fault?.code, step.fault?.node, step.effects.length];

  it('a loop is named, and says nothing', () => {
    const flow = flowOf(
      { a: ['keep', { assign: { x: 1 } }], b: ['keep', { assign: { y: 1 } }], c: ['rest', { duration: 'PT1H' }] },
      ['start.next>a', 'a.next>b', 'b.next>a'],
    );
    const { step } = begun(flow);
    expect(step).toMatchObject({
      status: 'failed',
      effects: [],
      calls: [],
      fault: { code: 'loop', nodes: ['b', 'a'] },
    });
    expect(step.trace.filter((one) => one.port === null)).toHaveLength(MAX_WALK + 1);
  });
  it('a node that leads to itself is a loop of one', () =>
    expect(begun(flowOf({ a: ['keep', { assign: {} }] }, ['start.next>a', 'a.next>a'])).step.fault?.nodes).toEqual([
      'a',
    ]));
  it('a hundred nodes in a row are none, one more is taken for one', () => {
    const row = (length: number) => {
      const names = Array.from({ length }, (_, i) => `n${i}`);
      return flowOf(
        Object.fromEntries(names.map((name) => [name, ['keep', { assign: {} }] as [string, Record<string, unknown>]])),
        ['start.next>n0', ...names.slice(1).map((name, i) => `n${i}.next>${name}`)],
      );
    };
    expect(begun(row(MAX_WALK - 1)).step.status).toBe('done');
    expect(begun(row(MAX_WALK)).step.fault?.code).toBe('loop');
  });
  it('calls that call each other end', () => {
    const flow = flowOf({ a: ['look', { what: 'a' }], b: ['look', { what: 'b' }] }, [
      'start.next>a',
      'a.next>b',
      'b.next>a',
    ]);
    const { compiled, step } = begun(flow);
    let at = step;
    let steps = 0;
    for (; at.status === 'calling'; steps++) at = after(compiled, at, answered(at.calls[0]?.visit ?? 0));
    expect([steps, at.fault?.code]).toEqual([MAX_WALK - 1, 'loop']);
  });
  it('a flow that only talks to its clock ends', () => {
    const { compiled, step } = begun(flowOf({ a: ['rest', { duration: 'PT1H' }] }, ['start.next>a', 'a.next>a']));
    let at = step;
    for (let i = 0; i < MAX_SILENT_VISITS && at.status === 'waiting'; i++)
      at = after(compiled, at, timer(at.snapshot.memory.visit, 'over'));
    expect(at.fault?.code).toBe('endless');
  });
  it('too many messages say nothing', () => {
    const names = Array.from({ length: 33 }, (_, i) => `n${i}`);
    const flow = (count: number) =>
      flowOf(Object.fromEntries(names.slice(0, count).map((name) => [name, say('x')])), [
        'start.next>n0',
        ...names.slice(1, count).map((name, i) => `n${i}.next>${name}`),
      ]);
    expect(fault(begun(flow(33)).step)).toEqual(['failed', 'too_many_effects', 'n32', 0]);
    expect(begun(flow(32)).step.effects).toHaveLength(32);
  });
  it('a place that is gone', () => {
    const { compiled, step } = begun(survey);
    const gone = deliver(compiled, { ...step.snapshot, at: 'constructor' }, heard('hi'));
    expect(fault(gone)).toEqual(['failed', 'place_gone', 'constructor', 0]);
    const smaller = compileFlow(flowOf({ q: ask('?') }, ['start.next>q']), talkTypes);
    expect(fault(after(smaller, step, heard('hi')))).toEqual(['failed', 'place_gone', 'name', 0]);
  });
  it('a trigger that is gone, or is none', () => {
    const { compiled } = begun(survey);
    for (const target of ['ghost', 'name', '__proto__'])
      expect(fault(start(compiled, { session: 's', target, message: null, facts }))).toEqual([
        'failed',
        'place_gone',
        target,
        0,
      ]);
  });
  it('a memory too large, counted in bytes', () => {
    const { compiled, step } = begun(
      flowOf({ q: ask('?', { saveAs: 'a' }), r: ask('!', { saveAs: 'b' }), s: ask('.') }, [
        'start.next>q',
        'q.next>r',
        'r.next>s',
      ]),
    );
    const long = 'é'.repeat(45_000);
    const second = after(compiled, step, heard(long));
    expect(second.status).toBe('waiting');
    const third = after(compiled, second, heard(long));
    expect(fault(third)).toEqual(['failed', 'memory_too_large', 'r', 0]);
    expect(JSON.stringify(third.snapshot).length).toBeLessThan(MAX_MEMORY);
  });
  it('a value that doubles itself', () => {
    const names = Array.from({ length: 40 }, (_, i) => `n${i}`);
    const flow = flowOf(
      Object.fromEntries(
        names.map((name) => [
          name,
          ['keep', { assign: { a: ['{{a}}', '{{a}}'] } }] as [string, Record<string, unknown>],
        ]),
      ),
      ['start.next>n0', ...names.slice(1).map((name, i) => `n${i}.next>${name}`)],
    );
    const { step } = begun(flow);
    expect(step.fault?.code).toBe('value_too_large');
    expect(JSON.stringify(step.snapshot).length).toBeLessThan(MAX_MEMORY);
  });
  it('a node that throws, or takes a port it does not have', () => {
    expect(fault(begun(flowOf({ a: ['broken', {}] }, ['start.next>a'])).step)).toEqual([
      'failed',
      'node_failed',
      'a',
      0,
    ]);
    expect(fault(begun(flowOf({ a: ['lost', {}] }, ['start.next>a'])).step)).toEqual([
      'failed',
      'unknown_port',
      'a',
      0,
    ]);
  });
  it('a request too large', () => {
    const asking = (length: number) => flowOf({ a: ['look', { what: 'x'.repeat(length) }] }, ['start.next>a']);
    expect(fault(begun(asking(MAX_CALL)).step)).toEqual(['failed', 'request_too_large', 'a', 0]);
    expect(begun(asking(MAX_CALL - 100)).step.status).toBe('calling');
  });
  it('a template that runs too long', () => {
    const flow = flowOf(
      { a: ['keep', { assign: { a: '{{#each l}}{{#each ../l}}x{{/each}}{{/each}}' } }] },
      ['start.next>a'],
      {
        variables: [{ name: 'l', initial: Array.from({ length: 100 }, () => 1) }],
      },
    );
    expect(fault(begun(flow).step)).toEqual(['failed', 'template_limit', 'a', 0]);
  });
  it('a timer that is no duration', () => {
    const flow = flowOf({ a: ['rest', { duration: '{{message.text}}' }] }, ['start.next>a']);
    expect(fault(begun(flow, 'soon').step)).toEqual(['failed', 'not_a_duration', 'a', 0]);
    expect(begun(flow, 'PT5M').step.status).toBe('waiting');
  });
});

describe('XState', () => {
  /** The exported `transition()`, which builds an actor and runs the initial state at every call. */
  function byTransition({ machine }: Compiled, saved: Snapshot, event: FlowEvent) {
    if (!machine) throw new Error('no machine');
    const snapshot = machine.resolveState({
      value: saved.at.startsWith('$') ? saved.at : { $main: saved.at },
      context: {},
    });
    const [after] = transition(
      machine,
      { ...snapshot, context: { ...saved.memory, out: emptyOut() } } as never,
      event as never,
    );
    const { out, ...memory } = (after as unknown as { context: Context }).context;
    return { value: (after as { value: unknown }).value, memory: memory as Memory, out };
  }
  const stateAt = (at: string) => (at.startsWith('$') ? at : { $main: at });

  it('gives by its public transition() what we get from the machine itself', () => {
    const { compiled, step } = begun(survey);
    const events: FlowEvent[] = [
      heard('stay'),
      heard('again'),
      timer(3, 'timeout'),
      { type: 'resumed', facts },
      heard('Bea'),
      { type: 'jump', target: 'name', facts },
      { type: 'interrupt', target: 'late', message: inboundText('menu'), facts },
    ];
    let at = step.snapshot;
    for (const event of events) {
      const ours = advance(compiled, frozen(at), event);
      expect(byTransition(compiled, at, event)).toEqual({
        value: stateAt(ours.snapshot.at),
        memory: ours.snapshot.memory,
        out: ours.context.out,
      });
      at = ours.snapshot;
    }
    expect(at.at).toBe('$done');
  });
  it('knows a node called flow, or 0, or like a field of a state', () => {
    for (const id of ['flow', '0', 'initial', 'states', 'on', 'main', 'done']) {
      const { compiled, step } = begun(flowOf({ [id]: ask('Well?') }, [`start.next>${id}`, `${id}.next>${id}`]));
      expect(step.snapshot.at).toBe(id);
      expect(said(after(compiled, step, heard('x')))).toEqual(['Well?']);
    }
  });
  it('is not asked about event types: ids are fields', () => {
    const { compiled, step } = begun(survey);
    for (const type of ['xstate.stop', 'xstate.error.actor.x', 'xstate.after.1000.name'])
      expect(after(compiled, step, { type, facts } as unknown as FlowEvent)).toMatchObject({
        handled: false,
        snapshot: step.snapshot,
      });
  });
});

describe('hashes', () => {
  const compiled = (flow = survey) => compileFlow(flow, talkTypes);

  it('the hash follows behaviour, not layout and name', () => {
    const moved = {
      ...survey,
      name: 'Other',
      layout: { ...survey.layout, nodes: { name: [1, 2] as [number, number] } },
    };
    expect(compiled(moved).hash).toBe(compiled().hash);
    expect(compiled({ ...survey, settings: { ...survey.settings, expireAfter: 'P2D' } }).hash).not.toBe(
      compiled().hash,
    );
  });
  it('the shape follows places, not words', () => {
    const reworded = {
      ...survey,
      nodes: survey.nodes.map((node) => (node.id === 'bye' ? { ...node, config: { text: 'Ciao' } } : node)),
    };
    expect(compiled(reworded).shape).toBe(compiled().shape);
    expect(compiled({ ...survey, nodes: survey.nodes.toReversed() }).shape).toBe(compiled().shape);
    expect(compiled(flowOf({ hello: say('x') }, [])).shape).not.toBe(compiled().shape);
  });
});
