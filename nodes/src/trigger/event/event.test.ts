import type { JsonObject } from '@parley/runtime';
import { expect, it } from 'vitest';
import { eventTrigger } from './node.ts';

const claims = (config: JsonObject, data: JsonObject, name = 'order.paid'): boolean | undefined =>
  eventTrigger.claimsEvent?.(eventTrigger.schema.parse({ name: 'order.paid', ...config }), { name, data });
const over = (left: string, right = 100) => ({ left, operator: 'greaterOrEqual', right });

it.each<[string, JsonObject, JsonObject, boolean]>([
  ['without conditions', {}, {}, true],
  ['one that holds', { when: [over('{{event.total}}')] }, { total: '120' }, true],
  ['one that does not', { when: [over('{{event.total}}')] }, { total: 99 }, false],
  ['a field that is not there', { when: [over('{{event.total}}')] }, {}, false],
  ['all', { when: [over('{{event.a}}'), over('{{event.b}}')] }, { a: 100, b: 1 }, false],
  ['any', { match: 'any', when: [over('{{event.a}}'), over('{{event.b}}')] }, { a: 100, b: 1 }, true],
  ['by the name it is kept under', { saveAs: 'shop.paid', when: [over('{{shop.paid.a}}')] }, { a: 100 }, true],
  ['with a helper', { when: [over('{{multiply event.a 10}}')] }, { a: 10 }, true],
  [
    'two fields beside each other',
    { when: [{ left: '{{event.a}}', operator: 'equals', right: '{{event.b}}' }] },
    { a: 1, b: 1 },
    true,
  ],
  [
    'a template over its budget',
    { when: [over('{{#each event.a}}{{#each ../event.a}}x{{/each}}{{/each}}')] },
    { a: Array.from({ length: 100 }, () => 1) },
    false,
  ],
])('%s', (_, config, data, expected) => expect(claims(config, data)).toBe(expected));

it('another name is not claimed', () => expect(claims({}, {}, 'order.sent')).toBe(false));
it('names are as they are written', () => expect(claims({}, {}, 'Order.Paid')).toBe(false));
