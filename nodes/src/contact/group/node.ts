import { defineNode } from '@parley/runtime';
import { z } from 'zod';
import { NameList, namesOf } from '../../rendered.ts';

const config = z
  .strictObject({ add: NameList.meta({ label: 'Add' }), remove: NameList.meta({ label: 'Remove' }) })
  .refine(({ add, remove }) => add.length + remove.length > 0, {
    path: ['add'],
    message: 'Add or remove at least one group.',
  });

/** Puts the contact into groups and takes it out of others. A group that is not there is made. */
export const group = defineNode({
  type: 'contact.group',
  title: 'Add to groups',
  group: 'people',
  icon: 'users-group',
  description: 'Puts the contact into groups and takes it out of others, for schedules and campaigns.',
  config,
  typed: ['add', 'remove'],
  ports: () => ['next'],
  run: ({ config: { add, remove } }) => {
    const change = { add: namesOf(add, 'group'), remove: namesOf(remove, 'group') };
    const changes = change.add.length + change.remove.length > 0;
    return { port: 'next', effects: changes ? [{ type: 'contact.group', ...change }] : [] };
  },
});
