import { defineNode, isObject, type Json, VariableName } from '@parley/runtime';
import { z } from 'zod';

/** Turns of one loop. Longer lists are worked on by data.transform, which takes no steps of the conversation. */
const MAX_TURNS = 500;

const config = z.strictObject({
  list: z
    .union([z.string().min(1), z.array(z.json())])
    .meta({ label: 'For each of', input: 'json', placeholder: '{{order.items}}' }),
  as: VariableName.meta({ label: 'Call it' }),
  index: VariableName.optional().meta({ label: 'Keep its place as', hint: 'The first has the place 0.' }),
});

/**
 * Walks a list: `each` with the next item, `done` behind the last. An edge back into the node makes the next turn; entered
 * from elsewhere it begins anew. The list is read at every turn, so what the loop's body adds to it gets its turn too.
 */
export const loop = defineNode({
  type: 'logic.loop',
  title: 'Loop',
  group: 'logic',
  icon: 'repeat',
  description: 'Goes through a list, one item at a time. Lead the last step of the loop back into this one.',
  config,
  typed: ['list'],
  literal: ['as', 'index'],
  sets: ({ as, index }) => (index === undefined ? [as] : [as, index]),
  bounded: true,
  ports: () => ['each', 'done'],
  run: ({ config: { list, as, index }, kept, cameRound }) => {
    const items = listOf(list);
    const at = cameRound && isObject(kept) && typeof kept.next === 'number' ? kept.next : 0;
    if (at >= items.length) return { port: 'done', keep: null };
    const set = { [as]: items[at] ?? null, ...(index === undefined ? {} : { [index]: at }) };
    return { port: 'each', set, keep: { next: at + 1 } };
  },
});

/** Nothing counts as an empty list; anything else that is no list is the author's slip. */
function listOf(given: Json): Json[] {
  if (given === null || given === '') return [];
  if (!Array.isArray(given)) throw new Error(`The loop needs a list, but got ${JSON.stringify(given).slice(0, 60)}.`);
  if (given.length <= MAX_TURNS) return given;
  throw new Error(
    `The list has ${given.length} items; a loop takes at most ${MAX_TURNS}. Take fewer of them with data.transform first.`,
  );
}
