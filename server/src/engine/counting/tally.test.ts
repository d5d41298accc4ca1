import { Timestamp } from 'mongodb';
import { describe, expect, it } from 'vitest';
import type { EventRow, Run } from '../documents.ts';
import { decodeKey, encodeKey } from './count-key.ts';
import { IN, OUT, tallyRows } from './tally.ts';

const AT = new Date('2026-03-02T09:59:59.999Z');
const run = (given: Partial<Run>): Run => ({
  session: 's1',
  flow: 'flw_1',
  version: 1,
  from: 0,
  before: null,
  at: 'ask',
  handedOver: false,
  ended: null,
  ...given,
});
const visit = (node: string, port: string | null) => ({ node, visit: 1, port });

function row(runs: Run[], visited: object[], at = AT): EventRow {
  return {
    _id: 'chn:1',
    organization: 'org',
    conversation: 'cnv_1',
    kind: 'message',
    payload: { kind: 'message', messageId: 'msg_1' } as EventRow['payload'],
    arrived: new Timestamp({ t: 1, i: 1 }),
    acceptedAt: at,
    state: 'done',
    attempts: 0,
    step: {
      step: 1,
      at,
      visited,
      runs,
      effects: [],
      deeds: [],
      stale: false,
      trigger: null,
      fault: null,
      consent: null,
    },
  };
}

const sums = (...rows: EventRow[]) =>
  tallyRows(rows).hours.map(({ nodes, ports, ...rest }) => ({
    ...rest,
    nodes: Object.fromEntries(nodes),
    ports: Object.fromEntries([...ports].map(([node, taken]) => [node, Object.fromEntries(taken)])),
  }));

describe('the sums of journal rows', () => {
  const begun = row([run({})], [visit('start', null), visit('start', 'next'), visit('ask', null)]);

  it('hold who came, and by which port they left', () => {
    expect(sums(begun)).toEqual([
      {
        flow: 'flw_1',
        version: 1,
        hour: new Date('2026-03-02T09:00:00.000Z'),
        began: 1,
        ended: {},
        nodes: { start: { entered: 1 }, ask: { entered: 1 } },
        ports: { start: { next: 1 } },
      },
    ]);
  });

  it('do not count a question that is asked again as another arrival', () => {
    const again = row([run({ before: 'ask' })], [visit('ask', null)]);
    expect(sums(begun, again)[0]?.nodes.ask).toEqual({ entered: 1 });
  });

  it('count a loop that comes back by a port', () => {
    const loop = row([run({ before: 'ask' })], [visit('ask', 'invalid'), visit('ask', null)]);
    expect(sums(begun, loop)[0]?.nodes.ask).toEqual({ entered: 2 });
  });

  it('tell how and where a session ended, and what replaced it in the same event', () => {
    const replaced = run({ before: 'ask', ended: 'replaced' });
    const other = run({ session: 's2', flow: 'flw_2', at: 'bye', ended: 'done' });
    const [first, second] = sums(row([replaced, other], [visit('go', null), visit('go', 'next'), visit('bye', null)]));
    expect(first).toMatchObject({ flow: 'flw_1', began: 0, nodes: { ask: { left: { replaced: 1 } } }, ports: {} });
    expect(second).toMatchObject({ flow: 'flw_2', began: 1, ended: { done: 1 }, nodes: { go: { entered: 1 } } });
  });

  it('keep hours and versions apart', () => {
    const later = new Date('2026-03-02T10:00:00.000Z');
    expect(sums(begun, row([run({})], [], later), row([run({ version: 2 })], []))).toHaveLength(3);
  });

  it('keep the last who came by, with what they wrote', () => {
    const { passings } = tallyRows([
      ...Array.from({ length: 12 }, () => begun),
      row([run({ before: 'ask', ended: 'expired' })], []),
    ]);
    const ask = passings.find(({ node }) => node === 'ask');
    expect(ask?.ways.get(IN)).toHaveLength(10);
    expect(ask?.ways.get(OUT)).toEqual([{ conversation: 'cnv_1', message: 'msg_1', at: AT }]);
  });

  it('pass over rows of earlier releases', () => {
    const { step } = begun;
    expect(sums({ ...begun, step: step && { ...step, runs: undefined as never, at: undefined as never } })).toEqual([]);
  });
});

it.each(['a.b', '$x', '%2E', '', '__proto__', 'über "quotes"', 'a\0b'])('keeps the port %j as a field', (port) => {
  expect(encodeKey(port)).toMatch(/^[^.$\0]+$/);
  expect(decodeKey(encodeKey(port))).toBe(port);
});
