import { type BusinessEvent, Condition, defineNode, type JsonObject, readTemplate, stringsOf } from '@parley/runtime';
import { z } from 'zod';
import { allOrAny, refuseBroken, refuseBrokenTemplates } from '../../conditions.ts';
import { renderer } from '../../render.ts';
import { SavedAs, WhenBusy } from '../when-busy.ts';

const config = z
  .strictObject({
    name: z.string().trim().min(1).max(100).meta({ label: 'Event', placeholder: 'order.paid' }),
    match: z
      .enum(['all', 'any'])
      .default('all')
      .meta({ label: 'Holds when', options: { all: 'all are true', any: 'any is true' } }),
    when: z.array(Condition).max(20).default([]).meta({ label: 'Only if' }),
    saveAs: SavedAs('event'),
    whenBusy: WhenBusy,
  })
  .superRefine(({ when, saveAs }, ctx) => {
    when.forEach((condition, index) => {
      const path = ['when', index];
      refuseBroken(condition, path, ctx);
      refuseBrokenTemplates(condition, path, ctx);
      // Without braces it would be compared as the word itself, which never is what is meant.
      if (typeof condition.left !== 'string' || !condition.left.includes('{{'))
        ctx.addIssue({
          code: 'custom',
          path: [...path, 'left'],
          message: `Write what to look at between braces, such as {{${saveAs}.total}}.`,
          params: { says: 'braces', example: `{{${saveAs}.total}}` },
        });
      const stranger = [...stringsOf(condition)]
        .flatMap(([at, text]) => (readTemplate(text).template?.reads ?? []).map((name) => ({ at, name })))
        .find(({ name }) => name !== saveAs && !name.startsWith(`${saveAs}.`));
      if (stranger)
        ctx.addIssue({
          code: 'custom',
          path: [...path, ...stranger.at],
          message: `Before the flow begins there is only the event: write {{${saveAs}.…}} in place of {{${stranger.name}}}.`,
          params: { says: 'only_event', event: `{{${saveAs}.…}}`, name: `{{${stranger.name}}}` },
        });
    });
  });
type Config = z.output<typeof config>;

/** Begins a session when something happens to a contact outside the chat; what it brought is kept under `saveAs`. */
export const eventTrigger = defineNode({
  type: 'trigger.event',
  title: 'An event happens',
  group: 'trigger',
  icon: 'bolt',
  description: 'Begins the bot when a business event of the contact arrives, such as an order that was paid.',
  config,
  literal: ['name', 'match', 'when', 'saveAs', 'whenBusy'],
  begins: 'event',
  ports: () => ['next'],
  claimsEvent: (value, event) => value.name === event.name && meets(value, event),
  run: () => ({ port: 'next' }),
});

/** Conditions see the event as the flow will see it: `{{event.total}}`, or by the name that `saveAs` gives. */
function meets({ match, when, saveAs }: Config, { data }: BusinessEvent): boolean {
  if (when.length === 0) return true;
  const scope = saveAs.split('.').reduceRight<JsonObject>((inner, name) => ({ [name]: inner }), data);
  try {
    return allOrAny(match, renderer(when)(scope));
  } catch {
    return false; // a template over its budget: an event that cannot be judged begins nothing
  }
}
