import { defineNode } from '@parley/runtime';
import { z } from 'zod';
import { NameList, namesOf } from '../../rendered.ts';

const config = z
  .strictObject({ add: NameList.meta({ label: 'Add' }), remove: NameList.meta({ label: 'Remove' }) })
  .refine(({ add, remove }) => add.length + remove.length > 0, {
    path: ['add'],
    message: 'Add or remove at least one tag.',
  });

/** Puts tags on the contact and takes others off; a lone {{list}} counts as its items, empty names fall away. */
export const tag = defineNode({
  type: 'contact.tag',
  title: 'Tag the contact',
  group: 'people',
  icon: 'tags',
  description: 'Adds and removes tags of the contact, for branches, schedules and campaigns.',
  config,
  typed: ['add', 'remove'],
  ports: () => ['next'],
  run: ({ config: { add, remove } }) => {
    const change = { add: namesOf(add, 'tag'), remove: namesOf(remove, 'tag') };
    const changes = change.add.length + change.remove.length > 0;
    return { port: 'next', effects: changes ? [{ type: 'contact.tag', ...change }] : [] };
  },
});
