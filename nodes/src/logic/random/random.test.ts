import { portsOf } from '@parley/runtime';
import { expect, it } from 'vitest';
import { contextFor } from '../../testing/context.ts';
import { random } from './node.ts';

const PEOPLE = 10_000;
/** What chance allows around a share of 10,000: four standard deviations of a fair coin. */
const TOLERANCE = 200;

/** The way of each person, by a node with this config in a flow of this id. */
function ways(config: Record<string, unknown>, flow = 'flw_1', visit = 0): string[] {
  if (random.verb.kind !== 'run') throw new Error('no run');
  const { run } = random.verb;
  const parsed = random.schema.parse(config);
  return Array.from({ length: PEOPLE }, (_, person) => {
    // Chance as the runtime gives it is tested there; here a stand-in that differs by person and visit.
    const chance = () => ((person * 7919 + visit * 104_729) % PEOPLE) / PEOPLE;
    const { contact, ...ctx } = contextFor(parsed, { flow: { id: flow, name: '', version: 1 }, chance });
    const outcome = run({ ...ctx, contact: { ...contact, id: `con_${person}` } });
    return 'port' in outcome ? outcome.port : '';
  });
}
const count = (list: string[], way: string) => list.filter((one) => one === way).length;
const branches = [
  { id: 'a', weight: 50 },
  { id: 'b', weight: 30 },
  { id: 'c', weight: 20 },
  { id: 'never', weight: 0 },
];

it.each([true, false])('10,000 people are spread by weight (sticky: %s)', (sticky) => {
  const taken = ways({ branches, sticky });
  for (const { id, weight } of branches) {
    expect(Math.abs(count(taken, id) - weight * 100)).toBeLessThan(weight === 0 ? 1 : TOLERANCE);
  }
});

it('each person keeps their way, at any visit', () =>
  expect(ways({ branches }, 'flw_1', 1)).toEqual(ways({ branches }, 'flw_1', 2)));

it('an experiment of one name is the same in every flow, one without a name is the own of its flow', () => {
  expect(ways({ branches, experiment: 'price' }, 'flw_1')).toEqual(ways({ branches, experiment: 'price' }, 'flw_2'));
  expect(ways({ branches }, 'flw_1')).not.toEqual(ways({ branches }, 'flw_2'));
});

it('two experiments do not hang together: the ways of one are spread alike over the ways of the other', () => {
  const half = [{ id: 'a' }, { id: 'b' }];
  const first = ways({ branches: half, experiment: 'price' });
  const second = ways({ branches: half, experiment: 'words' });
  const both = first.filter((way, person) => way === 'a' && second[person] === 'a').length;
  expect(Math.abs(both - PEOPLE / 4)).toBeLessThan(TOLERANCE);
});

it('weights need not add up to anything', () => {
  const taken = ways({
    branches: [
      { id: 'a', weight: 0.1 },
      { id: 'b', weight: 0.2 },
    ],
  });
  expect(Math.abs(count(taken, 'a') - PEOPLE / 3)).toBeLessThan(TOLERANCE);
  expect(count(taken, 'a') + count(taken, 'b')).toBe(PEOPLE);
});

it('has its ways as ports and no others', () =>
  expect(portsOf(random, random.schema.parse({ branches }))).toEqual(['a', 'b', 'c', 'never']));
