import { expect, it } from 'vitest';
import { z } from 'zod';
import { templateSendsIn } from './template-sends.ts';

const template = z.object({
  name: z.string().meta({ input: 'template' }),
  language: z.string().optional(),
  parameters: z.record(z.string(), z.string()).default({}),
});
/** As packages may have it: at the top, inside, in a list, in one of several shapes. */
const types = new Map<string, { schema: z.ZodType }>([
  ['a.plain', { schema: z.object({ greeting: z.string().meta({ input: 'template' }) }) }],
  ['a.inside', { schema: z.object({ first: template.optional(), note: z.string().optional() }) }],
  ['a.list', { schema: z.object({ steps: z.array(z.object({ template: template.nullable() })).default([]) }) }],
  [
    'a.either',
    {
      schema: z.object({
        send: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('text'), text: z.string() }),
          template.extend({ kind: z.literal('template') }),
        ]),
      }),
    },
  ],
]);
const sendsOf = (type: string, config: Record<string, unknown>) =>
  templateSendsIn({ nodes: [{ id: 'one', type, config }] }, types).map(
    ({ at, field, name, languages, content }) => [at + field, name, languages[0]?.code, content?.parameters] as const,
  );
const VISIT = { name: 'visit', language: 'en', parameters: { 1: 'a' } };

it.each<[string, Record<string, unknown>, unknown[]]>([
  ['a.plain', { greeting: 'visit' }, [['/nodes/0/config/greeting', 'visit', null, undefined]]],
  ['a.inside', { first: VISIT }, [['/nodes/0/config/first/name', 'visit', 'en', { 1: 'a' }]]],
  ['a.inside', {}, []],
  [
    'a.list',
    { steps: [{ template: null }, { template: VISIT }, 5, { template: { name: 'bye' } }] },
    [
      ['/nodes/0/config/steps/1/template/name', 'visit', 'en', { 1: 'a' }],
      ['/nodes/0/config/steps/3/template/name', 'bye', null, {}],
    ],
  ],
  ['a.either', { send: { kind: 'template', ...VISIT } }, [['/nodes/0/config/send/name', 'visit', 'en', { 1: 'a' }]]],
  ['a.either', { send: { kind: 'text', text: 'Hi' } }, []],
  ['a.gone', { name: 'visit' }, []],
])('%s names %j', (type, config, sends) => expect(sendsOf(type, config)).toEqual(sends));
