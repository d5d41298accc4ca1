import { defineNode, type Effect, limitedText } from '@parley/runtime';
import { z } from 'zod';
import { MAX_NAME, NameList, namesOf, textOf } from '../../rendered.ts';

const MAX_USER = 254; // characters: an id, or an e-mail address (RFC 5321)

const config = z
  .strictObject({
    assignee: limitedText(MAX_USER)
      .nullable()
      .optional()
      .meta({ label: 'Who looks after it', hint: 'A user or their e-mail; null takes the assignee away.' }),
    team: limitedText(MAX_NAME).nullable().optional().meta({ label: 'Team' }),
    labels: z
      .strictObject({ add: NameList.meta({ label: 'Add' }), remove: NameList.meta({ label: 'Remove' }) })
      .prefault({})
      .meta({ label: 'Labels' }),
    priority: z
      .enum(['none', 'low', 'normal', 'high', 'urgent'])
      .optional()
      .meta({
        label: 'Priority',
        options: { none: 'None', low: 'Low', normal: 'Normal', high: 'High', urgent: 'Urgent' },
      }),
  })
  .refine(
    ({ assignee, team, labels, priority }) =>
      assignee !== undefined ||
      team !== undefined ||
      priority !== undefined ||
      labels.add.length + labels.remove.length,
    { path: ['assignee'], message: 'Choose an assignee, a team, a label or a priority.' },
  );
type Update = Omit<Extract<Effect, { type: 'conversation.update' }>, 'type'>;

/**
 * Sorts the conversation and says who looks after it. Who speaks stays as it is: people.handoff gives it to them. A name
 * that comes out empty changes nothing.
 */
export const assign = defineNode({
  type: 'people.assign',
  title: 'Assign and label',
  group: 'people',
  icon: 'user-check',
  description: 'Says who looks after the conversation, its labels and its priority; the bot goes on speaking.',
  config,
  typed: ['labels'],
  literal: ['priority'],
  ports: () => ['next'],
  run: ({ config: { assignee, team, labels, priority } }) => {
    const named = (name: string | null | undefined, limit: number, what: string) =>
      typeof name === 'string' ? textOf(name, limit, what) || undefined : name;
    const sorted = { add: namesOf(labels.add, 'label'), remove: namesOf(labels.remove, 'label') };
    const change: Update = {
      assignee: named(assignee, MAX_USER, 'assignee'),
      team: named(team, MAX_NAME, 'team'),
      labels: sorted.add.length + sorted.remove.length > 0 ? sorted : undefined,
      priority,
    };
    const said: Update = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const changes = Object.keys(said).length > 0;
    return { port: 'next', effects: changes ? [{ type: 'conversation.update', ...said }] : [] };
  },
});
