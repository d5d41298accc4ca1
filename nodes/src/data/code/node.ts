import { defineNode, type JsonObject, VariableName } from '@parley/runtime';
import { z } from 'zod';
import { MAX_SOURCE } from './limits.ts';

const config = z.strictObject({
  code: z
    .string()
    .max(MAX_SOURCE, `Shorten the code to ${MAX_SOURCE} characters.`)
    .refine((code) => code.trim() !== '', 'Write some code, such as: return variables.price * 2;')
    .meta({ label: 'JavaScript', input: 'code' }),
  saveAs: VariableName.optional().meta({ label: 'Remember what it returns as' }),
});

/**
 * Runs the body of a function that the author wrote, in JavaScript. It sees `variables`, `contact`, `message` and `now` as
 * copies (to change one changes nothing), and reaches nothing else: no network, no files, no timers. What it returns is
 * kept under `saveAs`: anything that JSON can hold; several values go into one object. Dates are in UTC and stand still at
 * `now`; `Math.random` draws the same when the step is repeated. What it throws, and a limit that it meets (100 ms,
 * 32 MB), takes `error`.
 *
 * @example { "code": "return { total: variables.items.reduce((sum, item) => sum + item.price, 0) };", "saveAs": "order" }
 */
export const code = defineNode({
  type: 'data.code',
  title: 'Run code',
  group: 'data',
  icon: 'code',
  description: 'Works out a value with JavaScript.',
  config,
  literal: ['code', 'saveAs'],
  services: ['code'],
  ports: () => ['next', 'error'],
  call: async ({ config, services, variables, contact, message, now, chance }) => {
    // Through JSON: what the code sees is a copy, and holds what JSON can
    const input = JSON.parse(JSON.stringify({ variables, contact, message, now })) as JsonObject;
    const { value } = await services.code({ source: config.code, input, chance: chance('code') });
    return { port: 'next', set: config.saveAs ? { [config.saveAs]: value } : {} };
  },
});
